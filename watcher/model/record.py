"""What the store hands out one by one, to whoever walks through all of it: changes and findings with their places."""

from dataclasses import dataclass
from datetime import datetime

from watcher.model.finding import Change, Finding
from watcher.model.source import Document
from watcher.model.standing import Stand, Step

ChangePlace = tuple[datetime, str, int]
"""Where a change stands among all, the latest first: when its event was seen, the event's id, its place in it."""
FindingPlace = tuple[datetime, str, int, int]
"""Where a finding stands among all ever read, the latest first: when its version was seen, document, number, place."""
StandPlace = tuple[str, int]
"""Where a finding stands among those that hold: document, place in its text."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a reading was withdrawn, and why, in the operator's words."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change of an event, without the event's other changes.

    `old` and `new` are version numbers, `old_text` and `new_text` the digests of their texts; `position` counts from 0
    within the event. `updated` is when it came to be told as it is.
    """

    event: str
    position: int
    document: Document
    old: int
    new: int
    old_text: str
    new_text: str
    seen_at: datetime
    updated: datetime
    change: Change
    withdrawn: TakenBack | None = None

    @property
    def place(self) -> ChangePlace:
        """Where it stands among all."""
        return self.seen_at, self.event, self.position


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A finding of a version, `position` counting from 0 in its text.

    `current`: it is in the version that stands today, or stood at the moment that was asked about. `stand` tells since
    when, where that was asked.
    """

    document: Document
    version: Step
    position: int
    finding: Finding
    current: bool
    stand: Stand | None = None

    @property
    def place(self) -> FindingPlace:
        """Where it stands among all ever read."""
        return self.version.seen_at, self.document.key, self.version.number, self.position

    @property
    def standing_place(self) -> StandPlace:
        """Where it stands among those that hold."""
        return self.document.key, self.position
