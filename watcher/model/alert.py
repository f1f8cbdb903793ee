"""Who is told what."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Literal

from watcher.model.finding import Change, Severity
from watcher.model.folding import digest
from watcher.model.source import Document

Rhythm = Literal["at_once", "daily", "weekly"]
LetterKind = Literal["alert", "digest", "confirm", "notice", "correction", "operator"]
NoticeKind = Literal["event", "correction", "silent", "back"]

CHANNEL = "channel:"
"""What begins the id of a reader, and the way of a letter, that is a channel of the config and no person."""


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
class Notice:
    """That one subscriber is to be told one thing, written down with the thing itself; a letter made of it comes later.

    `subscriber` is an id, or "channel:" and a channel's name. `about` is the id of an event, a withdrawal (kind
    "correction") or an outage ("silent" and "back"). An operator may look at it until `held_until`, then it is due.
    """

    subscriber: str
    about: str
    at: datetime
    kind: NoticeKind = "event"
    held_until: datetime | None = None

    @property
    def ready_at(self) -> datetime:
        """From when a letter may be made of it."""
        return self.held_until or self.at


# Where a shared body leaves room for a subscriber's own links. The direction marks around a name are taken out of
# everything that comes from elsewhere (`watcher.voice.passage.harmless`), so no clause can hold one.
UNSUBSCRIBE = "\u2066unsubscribe\u2069"
PREFERENCES = "\u2066preferences\u2069"


@dataclass(frozen=True)
class Body:
    """What many letters have in common, rendered once; `UNSUBSCRIBE` and `PREFERENCES` stand for their own links."""

    subject: str
    text: str
    html: str
    language: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return digest("\0".join((self.language, self.subject, self.text, self.html)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go, as the outbox keeps it. `message_id` is stable for one subscriber and what it tells.

    `event` is the id of the event that an alert tells, None for one of several and for any other kind. `unsubscribe`
    is where a POST ends the subscription at once (RFC 8058), empty where there is none to end. `way` is "mail", or
    "channel:" and a channel's name. `body` is the digest of a kept `Body` that text and HTML come from; both are
    empty while the letter is written and filled when it is read.
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
    preferences: str = ""
    way: str = "mail"
    body: str = ""


def filled(letter: Letter, body: Body) -> Letter:
    """The letter with the text and HTML of its body, and its own links in them."""
    links = {UNSUBSCRIBE: letter.unsubscribe, PREFERENCES: letter.preferences}
    text, html = body.text, body.html
    for room, link in links.items():
        text, html = text.replace(room, link), html.replace(room, escape(link))
    return replace(letter, text=text, html=html)


def message_id(about: str, address: str, domain: str) -> str:
    """A Message-ID (RFC 5322, section 3.6.4) that is the same whenever the same address is told the same thing."""
    return f"<{about}.{digest(address.strip().lower())[:16]}@{domain}>"
