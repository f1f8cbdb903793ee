"""Reading and judging by a document's kind: terms by the rooms `read` and `clauses`, signals and hubs by `signals`."""

from collections.abc import Sequence

from watcher import signals
from watcher.errors import ReadError
from watcher.model.fetched import Fetched
from watcher.model.folding import digest
from watcher.model.signal import PageHead
from watcher.model.source import SIGNALS, Document
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Reading, Verdict
from watcher.read import EXTRACTOR, page_head, page_links, problem, read_html
from watcher.read import glance as glance_at
from watcher.read import read_document as read_terms
from watcher.read import reread as reread_terms

_NOBODY = PageHead()
# A page that stands in place of another; a page of content may well hold no words, or ask to log in for more.
_WALLS = frozenset({Doubt.BOT_WALL, Doubt.CONSENT_WALL, Doubt.NOT_FOUND, Doubt.ERROR_PAGE})


def read_document(document: Document, fetched: Sequence[Fetched], standing: DocumentText | None) -> Reading:
    """The pages as a document, with the verdict whether they are it. Never raises for what pages hold."""
    if document.kind == "terms":
        return read_terms(document, fetched, standing)
    if document.kind == "hub":
        wall = _wall(fetched[0])
        if wall.doubt:
            return Reading(None, wall)
        return signals.read_hub(document, page_links(fetched[0], document.pages[0].select), standing)
    if document.kind == "tags" and (wall := _wall(fetched[0])).doubt:
        return Reading(None, wall)
    return signals.read(document, fetched, _heads(document, fetched), standing)


def reread(document: Document, fetched: Sequence[Fetched]) -> DocumentText:
    """Kept answers read with today's means, without judgement. Raises ReadError."""
    if document.kind == "terms":
        return reread_terms(document, fetched)
    if document.kind in SIGNALS:
        return signals.reread(document, fetched, _heads(document, fetched))
    text = read_document(document, fetched, None).text
    if text is None:
        raise ReadError("the page holds no link to a legal document", where=fetched[0].url)
    return text


def glance(document: Document, fetched: Fetched) -> str:
    """A digest of what counts of an answer: equal digests mean equal text."""
    if document.kind == "terms":
        return glance_at(fetched)
    return digest(f"{fetched.sha256} {fetched.status} {fetched.final_url} {fetched.speaking}")


def reader(document: Document) -> str:
    """By what a document is read today."""
    return EXTRACTOR if document.kind == "terms" else signals.READER


def fingerprint(document: Document) -> str:
    """A digest of how the document's pages are read: which pages, in which order, with which selectors and lists."""
    pages = "\n".join(f"{page.url} {page.select} {page.remove}" for page in document.pages)
    if document.kind == "terms":
        return digest(pages)
    return digest(f"{pages}\n{document.kind} {signals.lists_version()} {document.crawlers}")


def licences(document: Document, answer: Fetched) -> tuple[str, ...]:
    """The licences for machines that an answer names; they are fetched and read with it."""
    if document.kind not in ("robots", "tags") or answer.not_modified:
        return ()
    return signals.licences(document, answer, _heads(document, [answer])[0])


def _heads(document: Document, fetched: Sequence[Fetched]) -> list[PageHead]:
    return [page_head(one) if document.kind == "tags" else _NOBODY for one in fetched]


def _wall(answer: Fetched) -> Verdict:
    """Whether another page stands in the page's place."""
    try:
        verdict = problem(read_html(answer.body, content_type=answer.header("content-type")))
    except ReadError as error:
        return Verdict(Doubt.UNREADABLE, f"{answer.url}: {error.what}.")
    return verdict if verdict.doubt in _WALLS else Verdict()
