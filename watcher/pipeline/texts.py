"""A new text beside those that the archive knows."""

from collections.abc import Callable, Sequence
from datetime import datetime

from watcher.errors import ReadError
from watcher.model.fetched import Fetched
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Reading, Version, VersionKind
from watcher.pipeline.kinds import fingerprint, reader, reread
from watcher.pipeline.pages import as_kept, evidence
from watcher.store import Archive


def reading_of(document: Document) -> str:
    """How the document is read today: by which extractor, and as `fingerprint` says."""
    return f"{reader(document)} {fingerprint(document)}"


def other_pages(document: Document, standing: Version, archive: Archive) -> bool:
    """Whether pages came to the document or left it in the config, while others stayed.

    Signals have one page of their own; the others are licences that it names, and a new one is news. A page that moved
    is the same page.
    """
    if document.kind != "terms":
        return False
    at = archive.addresses(document.key)
    before = {at.get(one.url, one.url) for one in standing.evidence}
    now = {at.get(page.url, page.url) for page in document.pages}
    return before != now and bool(before & now)


def standing_text(document: Document, standing: Version, archive: Archive) -> DocumentText:
    """The text that stands, read anew from its raw pages when it was read by other means than today's.

    So no upgrade of the extractor, of selectors or of the order of pages ever looks like a change of terms.
    """
    kept = archive.text(standing.text)
    if f"{standing.extractor} {standing.selectors}" == reading_of(document):
        return kept
    if other_pages(document, standing, archive) or len(standing.evidence) != len(document.pages):
        return kept
    if document.kind != "terms" and [one.url for one in standing.evidence] != [p.url for p in document.pages]:
        return kept
    places = {one.url: one for one in standing.evidence}
    raw = as_kept(
        (places.get(page.url, at) for page, at in zip(document.pages, standing.evidence, strict=True)),
        archive,
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
        if one.text and _alike(archive.text(one.text), reading.text)
    ]
    return min(seen, default=None)


def _alike(one: DocumentText, other: DocumentText) -> bool:
    """Whether two texts are the same but for a line or two, such as a counter of visitors."""
    keys = {clause.key for clause in one.clauses}, {clause.key for clause in other.clauses}
    return one.loose_digest == other.loose_digest or len(keys[0] & keys[1]) >= 0.9 * len(keys[0] | keys[1])


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
    elif other_pages(document, standing, archive):
        kind = VersionKind.TECHNICAL
    else:
        kind = VersionKind.RETURN if earlier else VersionKind.CHANGED
    return Version(
        document=document.key,
        number=standing.number + 1 if standing else 1,
        kind=kind,
        seen_at=fetched[0].fetched_at,
        text=text.digest,
        extractor=reader(document),
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
