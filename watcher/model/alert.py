"""Who is told what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watcher.model.finding import Change, Severity
from watcher.model.folding import digest
from watcher.model.source import Document

Rhythm = Literal["at_once", "daily", "weekly"]
LetterKind = Literal["alert", "digest", "confirm", "notice", "correction", "operator"]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person who wants to hear. Empty `services`, `groups` or `categories` mean no limit of that kind.

    `services` holds service names, `groups` such as "music"; one match of either is enough when any is given.
    `rhythm` is at once, or a digest each day or week (on Mondays) at `hour` (0 to 23) in `timezone`, an IANA name.
    `id` is random, and what signed links name instead of the address; empty before the store has given one. `since`
    is when the address was confirmed.
    """

    address: str
    language: str = "en"
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: Severity = "low"
    since: datetime | None = None
    rhythm: Rhythm = "at_once"
    hour: int = 8
    timezone: str = "UTC"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A new version of a document with changes that matter: what one mail tells.

    `old` and `new` are version numbers, `old_text` and `new_text` digests of the kept texts. `seen_at` is when the
    new text was first seen.
    """

    document: Document
    old: int
    new: int
    old_text: str
    new_text: str
    seen_at: datetime
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """16 hexadecimal digits that depend on the document and both texts only, so a repeated run gives the same."""
        return digest(f"{self.document.key}\n{self.old}:{self.old_text}\n{self.new}:{self.new_text}")[:16]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go, as the outbox keeps it. `message_id` is stable for one subscriber and event.

    `event` is the id of the event that an alert tells, None for any other kind. `unsubscribe` is where a POST ends the
    subscription at once (RFC 8058), empty where there is none to end.
    """

    message_id: str
    event: str | None
    address: str
    subject: str
    text: str
    html: str
    language: str
    written_at: datetime
    kind: LetterKind = "alert"
    unsubscribe: str = ""


def message_id(event: str, address: str, domain: str) -> str:
    """A Message-ID (RFC 5322, section 3.6.4) that is the same whenever the same event is told to the same address."""
    return f"<{event}.{digest(address.strip().lower())[:16]}@{domain}>"
