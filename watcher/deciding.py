"""What an operator decides by hand: accepting or rejecting refused pages, and adding pages that a person saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path

from watcher.errors import InputError, ReadError
from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.model.version import Quarantined, QuarantineState
from watcher.pipeline import Checked, Desk, take
from watcher.pipeline.kinds import reread
from watcher.pipeline.pages import as_kept, with_licences
from watcher.read import problem
from watcher.store import Archive


class NoPages:
    """Where pages come from when an operator decides: from nowhere, they are at hand."""

    async def fetch(self, page: Page, **_: object) -> Fetched:
        """Never asked."""
        raise InputError("pages are not fetched while an operator decides", where=page.url)


def entry(archive: Archive, number: int) -> Quarantined:
    """A refused page by the number that `watcher quarantine list` shows; raises `InputError`."""
    try:
        return archive.quarantine_entry(number)
    except KeyError as error:
        raise InputError(
            "nothing in quarantine has this number",
            where=str(number),
            remedy="`watcher quarantine list` shows them.",
        ) from error


def accept(number: int, documents: Sequence[Document], desk: Desk) -> Checked:
    """Take a refused page for the document after all; subscribers are told as of any new version.

    Raises `InputError` when the document was seen well since then, is watched no more, or cannot be read.
    """
    archive = desk.store.archive
    quarantined = entry(archive, number)
    document = next((one for one in documents if one.key == quarantined.document), None)
    if document is None:
        raise InputError("this document is watched no more", where=quarantined.document)
    last_good = next(
        (s.last_good for s in desk.store.reports.statuses() if s.document.key == document.key), None
    )
    if last_good is not None and last_good > quarantined.at:
        raise InputError(
            f"the document was seen well since then, on {last_good:%Y-%m-%d %H:%M} UTC",
            where=document.title,
            remedy="History only grows at its end.",
        )
    document = with_licences(document, quarantined.evidence)
    if len(quarantined.evidence) != len(document.pages):
        raise InputError(
            f"it was {len(quarantined.evidence)} pages then, and the config names {len(document.pages)} now",
            where=document.title,
        )
    raw = as_kept(quarantined.evidence, archive)
    taken = _take(document, raw, desk, seen_at=quarantined.at)
    archive.decide(number, QuarantineState.ACCEPTED)
    return taken


def reject(number: int, archive: Archive) -> Quarantined:
    """Decide that a page is not the document: its text, should it come again, never waits for confirmation."""
    quarantined = entry(archive, number)
    archive.decide(number, QuarantineState.REJECTED)
    return replace(quarantined, state=QuarantineState.REJECTED)


def add_version(
    document: Document, files: Sequence[Path], desk: Desk, *, at: datetime, url: str | None = None
) -> Checked:
    """Take pages that a person saved, one file for each page of the document; every report says who saved them.

    `at` is when they were saved. Raises `InputError` when a newer version is known, or a file cannot be read.
    """
    if len(files) != len(document.pages):
        raise InputError(
            f"{document.title} stands on {len(document.pages)} pages, and {len(files)} files were given",
            remedy="Give one file for each page, in the order of the config.",
        )
    _must_be_newer(desk.store.archive, document, at)
    if at > desk.now():
        raise InputError("this time has not come yet", where=f"{at:%Y-%m-%d %H:%M} UTC")
    raw = []
    for page, file in zip(document.pages, files, strict=True):
        try:
            body = file.read_bytes()
        except OSError as error:
            raise InputError(f"this file cannot be read ({error.strerror})", where=str(file)) from error
        kind = guess_type(file.name)[0] or "text/html"
        address = url or page.url
        raw.append(Fetched(page.url, address, 200, (("content-type", kind),), body, at, answered=False))
    return _take(document, tuple(raw), desk, seen_at=at, saved_by_person=True)


def _take(
    document: Document,
    raw: tuple[Fetched, ...],
    desk: Desk,
    *,
    seen_at: datetime,
    saved_by_person: bool = False,
) -> Checked:
    try:
        text = reread(document, raw)
    except ReadError as error:
        raise InputError(error.what, where=document.title, remedy=error.remedy) from error
    if document.kind == "terms" and not text.words:
        raise InputError("there are no words on it", where=document.title)
    if saved_by_person and document.kind == "terms" and (verdict := problem(text)).doubt:
        raise InputError(
            f"this is no document ({verdict.doubt.value}): {verdict.detail}",
            where=document.title,
            remedy="Save the page once the browser shows the terms.",
        )
    standing = desk.store.archive.latest(document.key)
    if standing is not None and standing.text == text.digest:
        raise InputError(f"this is version {standing.number}, which stands already", where=document.title)
    return take(document, text, raw, desk, at=desk.now(), seen_at=seen_at, saved_by_person=saved_by_person)


def _must_be_newer(archive: Archive, document: Document, at: datetime) -> None:
    standing = archive.latest(document.key)
    if standing is not None and standing.seen_at >= at:
        raise InputError(
            f"version {standing.number} was seen on {standing.seen_at:%Y-%m-%d %H:%M} UTC, not before this page",
            where=document.title,
            remedy="History only grows at its end.",
        )
