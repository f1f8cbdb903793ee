"""Answers to one document of signals: what they say, what cannot be read, and what a later fetch must confirm."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from watcher.errors import ReadError
from watcher.model.fetched import GONE, Fetched
from watcher.model.signal import Crawler, PageHead, Signal
from watcher.model.source import FILES, Document
from watcher.model.text import Clause, DocumentText
from watcher.model.version import HEALTHY, Doubt, Reading, Verdict
from watcher.signals import aitxt, robots, rsl, tags, tdm
from watcher.signals.clause import clause, heading, unclear
from watcher.signals.groups import LICENCE, scan
from watcher.signals.lists import shipped_lists

LARGEST = 500 * 1024
"""Bytes that a crawler is bound to read of a robots.txt (RFC 9309, section 2.5); no signal needs more."""

_MOST_LICENCES = 5
_HTML = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<!--")


def licences(document: Document, answer: Fetched, head: PageHead) -> tuple[str, ...]:
    """The addresses of the RSL licences that a robots.txt or a page names, five at most."""
    here = answer.final_url or answer.url
    if document.kind == "robots":
        try:
            groups = scan(_text(answer), robots.FILE)
        except ReadError:
            return ()
        lines = [*groups.loose, *(line for group in groups.groups for line in group.lines)]
        found = [value for name, value in lines if name == LICENCE]
    else:
        found = [*tags.links(answer), *head.licences]
    absolute = (urljoin(here, address) for address in found)
    web = (address for address in absolute if address.startswith(("https://", "http://")))
    return tuple(dict.fromkeys(web))[:_MOST_LICENCES]


def read(
    document: Document, fetched: Sequence[Fetched], heads: Sequence[PageHead], standing: DocumentText | None
) -> Reading:
    """See `watcher.signals.read`."""
    try:
        text = _read(document, fetched, heads, standing)
    except ReadError as error:
        return Reading(None, Verdict(Doubt.UNREADABLE, f"{fetched[0].url}: {error.what}."))
    return Reading(text, _confirmed(document, fetched[0], text, standing))


def reread(document: Document, fetched: Sequence[Fetched], heads: Sequence[PageHead]) -> DocumentText:
    """See `watcher.signals.reread`."""
    return _read(document, fetched, heads, None)


def _read(
    document: Document, fetched: Sequence[Fetched], heads: Sequence[PageHead], standing: DocumentText | None
) -> DocumentText:
    first, crawlers = fetched[0], shipped_lists().known(document.crawlers)
    title = f"{document.name} ({document.variant})" if document.variant else document.name
    clauses = [heading(title), *_first(document, first, heads[0], crawlers)]
    for answer in fetched[1:]:
        clauses += _licence(answer, standing)
    return DocumentText(title, "und", tuple(clauses), document.kind)


def _first(
    document: Document, answer: Fetched, head: PageHead, crawlers: Mapping[str, Crawler]
) -> Iterator[Clause]:
    if not same_site(answer.url, answer.final_url):
        raise ReadError(f"it redirects to another host, {answer.final_url}")
    if answer.status in GONE:
        signal = Signal(document.name, where=())
        yield clause(signal, f"{answer.status}: there is no {document.name}", under=document.name)
        return
    if document.kind == "tags":
        yield from tags.read(answer, head, crawlers)
        return
    text = _file(answer)
    match document.kind:
        case "robots":
            yield from robots.read(text, crawlers)
        case "ai-txt":
            yield from aitxt.read(text, crawlers)
        case _:
            yield from tdm.read(text)


def _licence(answer: Fetched, standing: DocumentText | None) -> list[Clause]:
    """A licence that the document names. One that cannot be read holds up the rest only if it could be read before."""
    under = f"RSL licence {answer.url}"
    try:
        if answer.status != 200:
            raise ReadError(f"the server answers {answer.status}" if answer.status else "it cannot be had")
        if len(answer.body) > LARGEST:
            raise ReadError(f"it is larger than {LARGEST:,} bytes")
        return list(rsl.read(answer.body, under))
    except ReadError as error:
        stood = [c for c in standing.clauses if c.path == (under,)] if standing else []
        if any(isinstance(c.said, Signal) and not c.said.unclear for c in stood):
            raise ReadError(f"its RSL licence {answer.url} cannot be read any more: {error.what}") from None
        return [unclear("rsl", error.what, f"License: {answer.url}", under=under)]


def _file(answer: Fetched) -> str:
    """A file's text. Raises ReadError for a page in its place, and for one that is too large to be one."""
    if len(answer.body) > LARGEST:
        raise ReadError(f"it is larger than {LARGEST:,} bytes")
    start = answer.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    media = (answer.header("content-type") or "").lower()
    if start.startswith(_HTML) or (b"<html" in start) or ("html" in media and start.startswith(b"<")):
        raise ReadError("an HTML page stands in its place")
    return _text(answer)


def _text(answer: Fetched) -> str:
    return answer.body.decode("utf-8-sig", "replace")


def _confirmed(
    document: Document, answer: Fetched, text: DocumentText, standing: DocumentText | None
) -> Verdict:
    """Files vanish for an hour when a site is updated, and tags when a page is rebuilt: what is gone, is seen twice."""
    if standing is None or text.loose_digest == standing.loose_digest:
        return HEALTHY
    lost = _judged(standing) - _judged(text)
    if lost and (document.kind not in FILES or answer.status in GONE or not answer.body.strip()):
        what = f"{len(lost)} of its statements about AI are gone"
        return Verdict(Doubt.DRASTIC, f"{what}; a later fetch must show it again.", waits=True)
    return HEALTHY


def _judged(text: DocumentText) -> set[tuple[str, ...]]:
    said = (c.said for c in text.clauses)
    return {(one.rule, *one.key) for one in said if isinstance(one, Signal) and one.rule}


def same_site(asked: str, answered: str) -> bool:
    """Whether a redirect stays with the same site: the same host, or one that differs in a leading "www." only."""
    here, there = (urlsplit(url).hostname or "" for url in (asked, answered or asked))
    return here.removeprefix("www.") == there.removeprefix("www.")
