"""What readers and the operator are told about the watch itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watcher.model.alert import Event
from watcher.model.finding import Change

Topic = Literal["held", "reading", "listed", "quarantined", "selectors", "failing", "moved", "letters", "hub"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A finding that was marked wrong. `note` says why, in the operator's words; `event` is as it was told."""

    id: str
    event: Event
    change: Change
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Outage:
    """A platform of which nothing could be read `since`; `back_at` is None while that lasts."""

    id: str
    service: str
    since: datetime
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the operator should know, told once under its `topic` and `key`.

    `about` names it ("Wavecrest Terms of Use"). `reason` is a stable word of a record, `detail` a sentence, `commands`
    are what to type. `count` is how many readers an alert that is held would have, or how many letters were given up;
    `at` is when it goes out.
    """

    topic: Topic
    key: str
    about: str
    reason: str = ""
    detail: str = ""
    commands: tuple[str, ...] = ()
    count: int = 0
    at: datetime | None = None
