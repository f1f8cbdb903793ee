"""Turns raw pages into documents, and says when a page is not the document: the only room that knows HTML and PDF.

Importing this is cheap: parsers are loaded by the first function that needs them.
"""

from collections.abc import Sequence
from pathlib import Path

from watcher.model.fetched import Fetched
from watcher.model.signal import Link, PageHead
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Reading, Verdict

EXTRACTOR = "2"
"""Version of the extractor: raised whenever the same page could give another text than before."""

__all__ = [
    "EXTRACTOR",
    "canonical",
    "detect_language",
    "glance",
    "page_head",
    "page_links",
    "problem",
    "read_document",
    "read_file",
    "read_html",
    "reread",
]


def glance(fetched: Fetched) -> str:
    """A digest of what a page shows, quickly: equal digests mean equal document text, the reverse need not hold."""
    from watcher.read.glance import glance as run

    return run(fetched)


def read_document(document: Document, fetched: Sequence[Fetched], standing: DocumentText | None) -> Reading:
    """The pages of a document, read, combined in order and judged against `standing`, the last good text.

    `fetched[i]` answers `document.pages[i]`. Never raises for what pages hold: a page that is not the document gives
    a Reading whose verdict has a doubt. Where selectors match nothing, the text is what is found without them.
    """
    from watcher.read.reading import read_document as run

    return run(document, fetched, standing)


def reread(document: Document, fetched: Sequence[Fetched]) -> DocumentText:
    """Kept raw pages read with today's extractor and selectors, without judgement.

    Raises SelectorError when selectors match nothing and ReadError when a page cannot be read.
    """
    from watcher.read.reading import reread as run

    return run(document, fetched)


def read_file(path: Path) -> DocumentText:
    """A .md, .txt, .html or .pdf file as a document. Raises InputError when it cannot be read."""
    from watcher.read.files import read_file as run

    return run(path)


def read_html(
    body: bytes,
    *,
    url: str = "",
    select: Sequence[str] = (),
    remove: Sequence[str] = (),
    content_type: str | None = None,
) -> DocumentText:
    """A page's bytes (HTML, or PDF by its first bytes) as a document, without judgement.

    Raises SelectorError when `select` matches nothing and ReadError for a broken PDF.
    """
    from watcher.read.reading import read_body as run

    return run(body, url=url, select=select, remove=remove, content_type=content_type)


def problem(
    text: DocumentText, beside: DocumentText | None = None, earlier: DocumentText | None = None
) -> Verdict:
    """Is a text from a file no document at all (error page, bot wall, shell, empty)? Healthy when it is one.

    `beside`, the text it is compared with, also shows scraps: a few words of what is long on the other side;
    `earlier`, what stood before it, shows pages that were saved before they were whole.
    """
    from watcher.read.health import judge_text as run

    return run(text, beside, earlier)


def detect_language(text: str) -> str:
    """The language of a text as BCP 47 ("en"), "und" when the text is too short to say."""
    from watcher.read.language import detect_language as run

    return run(text)


def page_head(fetched: Fetched) -> PageHead:
    """What a page says to machines: its metas, and the RSL licences that it names or holds. Never raises."""
    from watcher.read.head import page_head as run

    return run(fetched)


def page_links(fetched: Fetched, select: Sequence[str] = ()) -> tuple[Link, ...]:
    """The links that a page shows, in order; those that `select` reaches are marked as inside. Never raises."""
    from watcher.read.head import page_links as run

    return run(fetched, select)


def canonical(fetched: Fetched) -> str:
    """The address that a page calls its own (RFC 6596), empty when it names none. Never raises."""
    from watcher.read.head import canonical as run

    return run(fetched)
