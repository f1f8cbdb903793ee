"""What readers ask of the site: to subscribe, to watch another platform, to look at a reading again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watcher.model.alert import Subscriber


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked to subscribe an address; nothing else is known until its mailbox confirms.

    `id` is random, and becomes the subscriber's own.
    """

    id: str
    wishes: Subscriber
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A platform that a reader would like to see watched. `number` is 0 before the store has given one."""

    platform: str
    url: str
    note: str
    at: datetime
    number: int = 0


WrongState = Literal["open", "dismissed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class WrongReading:
    """A reader says that an event was read wrongly.

    `position` is the change within the event (from 0, as the store keeps them), None when all of it is meant.
    `address` is where to answer, empty when none was given. `number` is 0 before the store has given one.
    """

    event: str
    position: int | None
    note: str
    address: str
    language: str
    at: datetime
    state: WrongState = "open"
    number: int = 0
