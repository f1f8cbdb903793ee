"""What a check works with, and how it ended."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from watcher.model.alert import Event, Notice
from watcher.model.comparison import Comparison
from watcher.model.fetched import Attempt, Fetched, Validators
from watcher.model.finding import Judgement
from watcher.model.sighting import Sighting
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.text import DocumentText
from watcher.model.version import Reading, Version
from watcher.pipeline.kinds import read_document
from watcher.store import Store

Read = Callable[[Document, Sequence[Fetched], DocumentText | None], Awaitable[Reading]]
"""Reads as `watcher.pipeline.kinds.read_document` does, wherever there is a processor for it."""


class Pages(Protocol):
    """Where pages come from: the network, or a recorded history."""

    async def fetch(
        self,
        page: Page,
        *,
        validators: Validators,
        language: str,
        obey_robots: bool,
        record: Callable[[Attempt], None],
    ) -> Fetched:
        """One page, or a `FetchError`; every try is told to `record`."""


class Judge(Protocol):
    """Says what a comparison means."""

    def __call__(self, comparison: Comparison, *, service: str, known: Callable[[str], bool]) -> Judgement:
        """`known` tells whether folded words stood in an earlier version, so that they are no news."""


class Reader(Protocol):
    """Says what a whole text says."""

    def __call__(self, text: DocumentText, *, service: str) -> Says:
        """`service` is who publishes it."""


async def read_here(document: Document, fetched: Sequence[Fetched], standing: DocumentText | None) -> Reading:
    """Read in this process, at once."""
    return read_document(document, fetched, standing)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a check works with. `announce` says who is to hear of an event; `now` is the clock, in UTC.

    `says` tells what a new version says as a whole; without it that is left for later, see `watcher.standing`.
    `browser` is where pages come from that need one; without it, `no_browser` may say what to install.
    """

    store: Store
    pages: Pages
    judge: Judge
    announce: Callable[[Event], Sequence[Notice]]
    now: Callable[[], datetime]
    read: Read = read_here
    says: Reader | None = None
    browser: Pages | None = None
    no_browser: str = ""


class Outcome(StrEnum):
    """How a check ended."""

    FIRST = "first"
    CHANGED = "changed"
    COSMETIC = "cosmetic"
    RETURN = "return"
    TECHNICAL = "technical"
    ABSENT = "absent"
    UNCHANGED = "unchanged"
    WAITING = "waiting"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def well(self) -> bool:
        """Whether the document was seen, changed or not."""
        return self not in (Outcome.WAITING, Outcome.REFUSED, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of one check. `reason` is a stable word and `detail` a sentence when it did not go well.

    `unjudged` says why a changed text could not be judged. `sightings` are what the operator should hear.
    """

    document: Document
    outcome: Outcome
    version: Version | None = None
    event: Event | None = None
    reason: str = ""
    detail: str = ""
    retry: bool = False
    unjudged: str | None = None
    sightings: tuple[Sighting, ...] = ()
