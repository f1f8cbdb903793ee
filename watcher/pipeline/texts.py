"""A new text beside those that the archive knows."""

from collections.abc import Callable, Sequence
from datetime import datetime

from watcher.errors import ReadError
from watcher.model.fetched import Fetched
from watcher.model.folding import digest
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Reading, Version, VersionKind
from watcher.pipeline.pages import evidence
from watcher.read import EXTRACTOR, reread
from watcher.store import Archive


def fingerprint(document: Document) -> str:
    """A digest of how the document's pages are read: which pages, in which order, with which selectors."""
    return digest("\n".join(f"{page.select} {page.remove}" for page in document.pages))


def standing_text(document: Document, standing: Version, archive: Archive) -> DocumentText:
    """The text that stands, read anew from its raw pages when it was read by other means than today's.

    So no upgrade of the extractor or of selectors ever looks like a change of terms.
    """
    kept = archive.text(standing.text)
    if (standing.extractor, standing.selectors) == (EXTRACTOR, fingerprint(document)):
        return kept
    if len(standing.evidence) != len(document.pages):
        return kept
    raw = tuple(
        Fetched(
            one.url,
            one.final_url,
            200,
            (("content-type", one.content_type),) if one.content_type else (),
            archive.raw(one.sha256),
            one.fetched_at,
        )
        for one in standing.evidence
    )
    try:
        return reread(document, raw)
    except ReadError:
        return kept


def first_seen(document: Document, reading: Reading, archive: Archive) -> datetime | None:
    """When a text that waits for confirmation was first seen, if a fetch before showed the same."""
    if reading.text is None or archive.rejected(document.key, reading.text.loose_digest):
        return None
    seen = [
        one.at
        for one in archive.waiting(document.key)
        if one.text and archive.text(one.text).loose_digest == reading.text.loose_digest
    ]
    return min(seen, default=None)


def next_version(
    document: Document,
    text: DocumentText,
    fetched: Sequence[Fetched],
    archive: Archive,
    *,
    standing: Version | None,
    before: DocumentText | None,
) -> Version:
    """The version that `text` makes after the `standing` one, whose text as read today is `before`."""
    earlier = archive.version_like(document.key, text.loose_digest) if standing else None
    if standing is None or before is None:
        kind = VersionKind.FIRST
    elif text.loose_digest == before.loose_digest:
        kind = VersionKind.COSMETIC
    else:
        kind = VersionKind.RETURN if earlier else VersionKind.CHANGED
    return Version(
        document=document.key,
        number=standing.number + 1 if standing else 1,
        kind=kind,
        seen_at=fetched[0].fetched_at,
        text=text.digest,
        extractor=EXTRACTOR,
        selectors=fingerprint(document),
        evidence=evidence(fetched),
        returns_to=earlier.number if earlier and kind is VersionKind.RETURN else None,
    )


def heard_before(document: Document, standing: Version, archive: Archive) -> Callable[[str], bool]:
    """Whether words stood in a version before the one that stands; texts are loaded when first asked for."""
    texts: list[str] = []

    def heard(words: str) -> bool:
        if not texts:
            earlier = {one.text for one in archive.versions(document.key)} - {standing.text}
            texts.extend("\n".join(c.folded for c in archive.text(one).clauses) for one in sorted(earlier))
            texts.append("")
        return any(words in text for text in texts)

    return heard
