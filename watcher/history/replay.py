"""A recorded history through the very pipeline that `watcher run` uses, with the recorded times as the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from watcher.errors import PermanentFetchError, TransientFetchError
from watcher.history.recording import RecordedFetch, Recording
from watcher.model.fetched import Attempt, Fetched, Validators
from watcher.model.finding import Change
from watcher.model.source import Document, Page
from watcher.model.version import Quarantined, Version
from watcher.pipeline import Checked, Desk, Judge, Reader, check
from watcher.store import Store


@dataclass(frozen=True, slots=True)
class ReplayedVersion:
    """A version and the recorded file that first showed it."""

    version: Version
    file: str


@dataclass(frozen=True, slots=True)
class ReplayedAlert:
    """A change that subscribers would have been told, and the file that first showed it."""

    at: datetime
    file: str
    change: Change


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the pipeline made of a recording."""

    document: Document
    fetches: int
    versions: tuple[ReplayedVersion, ...]
    quarantined: tuple[tuple[Quarantined, str], ...]
    alerts: tuple[ReplayedAlert, ...]


class RecordedPages:
    """The recording as the pipeline's source of pages; `turn_to` sets what the next fetch answers."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._at: RecordedFetch | None = None

    def turn_to(self, fetch: RecordedFetch) -> None:
        """From now on this fetch is the answer and its time the clock."""
        self._at = fetch

    @property
    def fetch_now(self) -> RecordedFetch:
        """The fetch that was turned to."""
        if self._at is None:
            raise LookupError("no fetch was turned to yet")
        return self._at

    def now(self) -> datetime:
        """The recorded time."""
        return self.fetch_now.fetched_at

    async def fetch(
        self,
        page: Page,
        *,
        validators: Validators,
        language: str,
        obey_robots: bool,
        record: Callable[[Attempt], None],
    ) -> Fetched:
        """The recorded answer; error statuses raise what the network would have raised."""
        at = self.fetch_now
        final_url = at.final_url or page.url
        headers = tuple((name.lower(), value) for name, value in at.headers.items())
        reason = f"http-{at.status}"
        if at.status >= 400:
            record(Attempt(page.url, at.fetched_at, "failed", at.status, final_url, headers, reason=reason))
            kind = (
                TransientFetchError
                if at.status >= 500 or at.status in (408, 425, 429)
                else PermanentFetchError
            )
            raise kind(f"the server answered {at.status}", where=page.url, reason=reason, status=at.status)
        body = b"" if at.status == 304 else self._recording.body(at)
        answer = Fetched(page.url, final_url, at.status, headers, body, at.fetched_at)
        record(
            Attempt(
                page.url,
                at.fetched_at,
                "unchanged" if answer.not_modified else "fetched",
                at.status,
                final_url,
                headers,
                len(body),
                answer.sha256,
            )
        )
        return answer


async def replay(
    recording: Recording,
    document: Document,
    store: Store,
    judge: Judge,
    *,
    told: Callable[[Checked], None],
    says: Reader | None = None,
) -> Replayed:
    """Check the document once for each recorded fetch, in the recorded order; `told` hears of each check.

    `says` reads what each version says as a whole; a replay that keeps no store needs none.
    """
    pages = RecordedPages(recording)
    desk = Desk(store=store, pages=pages, judge=judge, announce=lambda _: (), now=pages.now, says=says)
    store.archive.remember([document])
    for fetch in recording.fetches:
        pages.turn_to(fetch)
        told(await check(document, desk))
    return _report(recording, document, store)


def _report(recording: Recording, document: Document, store: Store) -> Replayed:
    files = {fetch.fetched_at: fetch.file for fetch in reversed(recording.fetches)}
    history = next(h for h in store.reports.histories() if h.document.key == document.key)
    return Replayed(
        document=document,
        fetches=len(recording.fetches),
        versions=tuple(ReplayedVersion(v, files[v.seen_at]) for v in history.versions),
        quarantined=tuple((q, files[q.at]) for q in history.quarantined),
        alerts=tuple(
            ReplayedAlert(event.seen_at, files[event.seen_at], change)
            for event in history.events
            for change in event.changes
            if change.change.matters
        ),
    )
