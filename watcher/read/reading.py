"""Raw pages to one document: every page in its format, combined in order, and judged."""

from collections.abc import Sequence

from watcher.errors import ReadError, SelectorError
from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Reading, Verdict
from watcher.read.charset import decode, media_type
from watcher.read.health import judge
from watcher.read.html import PageText, read_page
from watcher.read.look import Look, combine
from watcher.read.pdf import read_pdf
from watcher.read.plain import read_plain

_HTML = frozenset(
    ["", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream"]
)
_PLAIN = frozenset(["text/plain", "text/markdown", "text/x-markdown"])


def read_document(document: Document, fetched: Sequence[Fetched], standing: DocumentText | None) -> Reading:
    """The pages as a document, with the verdict whether they are the document. Never raises for what pages hold."""
    looks: list[Look] = []
    for page, answer in zip(document.pages, fetched, strict=True):
        try:
            looks.append(_look(page, answer))
        except ReadError as error:
            return Reading(None, Verdict(Doubt.UNREADABLE, str(error)))
    text = combine([look.text for look in looks])
    return Reading(text, judge(document, looks, text, standing))


def reread(document: Document, fetched: Sequence[Fetched]) -> DocumentText:
    """The same reading of kept pages with today's extractor and selectors, without judgement.

    Raises SelectorError when selectors match nothing, ReadError when a page cannot be read at all.
    """
    looks = [_look(page, answer) for page, answer in zip(document.pages, fetched, strict=True)]
    for look in looks:
        if look.missed:
            raise SelectorError(look.missed, where=look.fetched.url)
    return combine([look.text for look in looks])


def read_body(
    body: bytes,
    *,
    url: str = "",
    select: Sequence[str] = (),
    remove: Sequence[str] = (),
    content_type: str | None = None,
) -> DocumentText:
    """One page as a document, HTML or PDF.

    Raises SelectorError when `select` matches nothing, ReadError for a bad PDF.
    """
    if _is_pdf(body):
        return combine([read_pdf(body, url)])
    return combine([read_page(decode(body, content_type), url=url, select=select, remove=remove)])


def as_document(text: PageText) -> DocumentText:
    """A single page's text as a document."""
    return combine([text])


def _look(page: Page, answer: Fetched) -> Look:
    told = answer.header("content-type")
    media = media_type(told)
    body = answer.body
    if _is_pdf(body):
        return Look(answer, "", read_pdf(body, answer.url))
    if media == "application/pdf":
        raise ReadError("the server says PDF, but the file is none", where=answer.url)
    if media in _PLAIN and not body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return Look(answer, "", read_plain(decode(body, told), answer.final_url or answer.url))
    if media not in _HTML:
        raise ReadError(f"the page is {media}, neither HTML nor PDF nor plain text", where=answer.url)
    if b"\x00" in body[:1024] and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadError("the page is binary data, not HTML", where=answer.url)
    html = decode(body, told)
    url = answer.final_url or answer.url
    try:
        return Look(answer, html, read_page(html, url=url, select=page.select, remove=page.remove))
    except SelectorError as error:
        return Look(answer, html, read_page(html, url=url, remove=page.remove), missed=error.selectors)


def _is_pdf(body: bytes) -> bool:
    # Readers accept the header anywhere in the first 1024 bytes (PDF 1.7, annex H.3.4.1).
    return body[:1024].lstrip().startswith(b"%PDF-")
