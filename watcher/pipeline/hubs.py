"""News of a legal hub, and the first version of a document that is new on it."""

from datetime import datetime

from watcher import signals
from watcher.model.sighting import Move, Sighting, SightingKind
from watcher.model.signal import Link, place
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Version, VersionKind
from watcher.pipeline.desk import Desk
from watcher.pipeline.kinds import fingerprint, reader


def hub_news(
    document: Document, before: DocumentText, text: DocumentText, desk: Desk, at: datetime
) -> tuple[tuple[Sighting, ...], tuple[Move, ...]]:
    """What the operator should hear of a new list of links, and where followed pages may stand now.

    What was told of this hub before is not told again: some pages show two lists in turn.
    """
    changed = signals.hub_moves(before, text)
    told = {
        (one.kind, one.url, one.before) for one in desk.store.sightings.all() if one.document == document.key
    }

    def sighting(kind: SightingKind, link: Link, was: str = "") -> Sighting:
        about = signals.concerns(link)
        return Sighting(
            kind, document.service, document.key, link.label, link.url, at, before=was, concerns=about
        )

    sightings = [sighting("document_appeared", link) for link in changed.appeared]
    sightings += [sighting("document_moved", now, was.url) for was, now in changed.moved]
    sightings += [sighting("document_gone", link) for link in changed.gone]
    moves = [
        Move(followed.key, page.url, now.url, "hub", at)
        for was, now in changed.moved
        for followed in desk.store.signals.documents(document.service)
        for page in followed.pages
        if followed.kind == "terms" and place(page.url) == place(was.url)
    ]
    return tuple(one for one in sightings if (one.kind, one.url, one.before) not in told), tuple(moves)


def not_there_before(document: Document, desk: Desk) -> Version | None:
    """The version in which a document was not there, recorded when the service's hub showed it as a new one.

    So its first text is judged as what it introduces, and is no silent baseline.
    """
    if document.kind != "terms":
        return None
    pages = {place(page.url) for page in document.pages}
    seen = next((n for n in desk.store.sightings.appeared(document.service) if place(n.url) in pages), None)
    if seen is None:
        return None
    archive = desk.store.archive
    before = [one for one in archive.versions(seen.document) if one.seen_at < seen.at]
    text = DocumentText("", "und", ())
    version = Version(
        document=document.key,
        number=1,
        kind=VersionKind.ABSENT,
        seen_at=before[-1].seen_at if before else seen.at,
        text=text.digest,
        extractor=reader(document),
        selectors=fingerprint(document),
        evidence=(),
    )
    archive.record(version, at=desk.now(), text=text, before=None, pages=(), fetched=())
    return version
