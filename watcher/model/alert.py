"""Who is told what."""

from dataclasses import dataclass
from datetime import datetime

from watcher.model.finding import Change, Severity
from watcher.model.folding import digest
from watcher.model.source import Document


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person who wants to hear. Empty `services`, `groups` or `categories` mean no limit of that kind.

    `services` holds service names, `groups` such as "music"; one match of either is enough when any is given.
    """

    address: str
    language: str = "en"
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: Severity = "low"
    since: datetime | None = None


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
    """A mail ready to go, as the outbox keeps it. `message_id` is stable for one subscriber and event."""

    message_id: str
    event: str
    address: str
    subject: str
    text: str
    html: str
    language: str
    written_at: datetime


def message_id(event: str, address: str, domain: str) -> str:
    """A Message-ID (RFC 5322, section 3.6.4) that is the same whenever the same event is told to the same address."""
    return f"<{event}.{digest(address.strip().lower())[:16]}@{domain}>"
