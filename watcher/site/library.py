"""What pages ask of the store, and what other rooms do for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watcher.model.alert import Event
from watcher.model.comparison import Comparison, Segment
from watcher.model.finding import Finding, RuleText
from watcher.model.note import Withdrawal
from watcher.model.report import DocumentStatus, Glimpse
from watcher.model.search import Told
from watcher.model.source import Document
from watcher.model.standing import Ledger, Says, Stand
from watcher.model.text import DocumentText
from watcher.model.version import Quarantined, Version
from watcher.site.frame import Frame
from watcher.voice import Voice


class Library(Protocol):
    """Narrow questions, as `watcher.store.library.Library` answers them."""

    def documents(self) -> Mapping[str, Document]:
        """Every document by its key."""

    def statuses(self, keys: Sequence[str] = ()) -> tuple[DocumentStatus, ...]:
        """Every document, or some, and how its tracking goes."""

    def latest_check(self) -> datetime | None:
        """When anything was looked at last."""

    def status(self, document: str) -> DocumentStatus | None:
        """One document."""

    def versions(self, document: str) -> tuple[Version, ...]:
        """Its versions, oldest first."""

    def refused(self, document: str, most: int) -> tuple[tuple[Quarantined, ...], int]:
        """The latest refused pages, and how many there are."""

    def text(self, digest: str) -> DocumentText:
        """A kept text, or `KeyError`."""

    def says(self, text: str) -> Says | None:
        """What a text says."""

    def stands(self, document: str, at: datetime | None = None) -> tuple[tuple[Stand, Finding], ...]:
        """What a document says, with the words."""

    def ledger(self) -> Ledger:
        """Who says what since when."""

    def same_clause(self, clause: str) -> tuple[str, ...]:
        """Texts that share a clause."""

    def withdrawn(self, event: str) -> tuple[Withdrawal, ...]:
        """What was taken back of an event."""

    def event(self, event: str) -> Event | None:
        """An event."""

    def count_changes(self, event: str) -> int:
        """How many changes an event has."""

    def event_between(self, document: str, old: int, new: int) -> str | None:
        """The event that tells of two versions."""

    def steps(self, document: str) -> tuple[Glimpse, ...]:
        """A document's events without their words."""

    def glimpses(self, since: datetime) -> tuple[Glimpse, ...]:
        """Events since a time without their words."""

    def events(
        self, *, documents: Sequence[str] = (), most: int, skip: int = 0
    ) -> tuple[tuple[Event, ...], int]:
        """Events that matter, the latest first, and how many there are."""

    def latest_by_document(self) -> dict[str, Glimpse]:
        """The latest event of each document."""

    def event_ids(self) -> tuple[tuple[str, str, int, int], ...]:
        """Every event: id, document, old and new version."""

    def clauses(self) -> tuple[tuple[str, str], ...]:
        """Every clause about AI: document and key."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What other rooms do for pages.

    `text_of` gives a kept text by its digest, `compare` aligns two texts, `mark` marks the words of two wordings,
    `explain` gives a rule's words in a language.
    """

    text_of: Callable[[str], DocumentText]
    compare: Callable[[DocumentText, DocumentText], Comparison]
    mark: Callable[[str, str], Sequence[Segment]]
    explain: Callable[[str, str], RuleText]


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is wanted: its path within its language, the voice, the time, and what the address asks besides."""

    path: str
    voice: Voice
    now: datetime
    query: Mapping[str, str]

    def option(self, name: str) -> str:
        """What the address asks by a name; empty when it does not."""
        return self.query.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Room:
    """Where pages are made: the library, the tools, and the frame around every page.

    `feeds` gives the latest events of a platform, or of all for "".
    """

    library: Library
    tools: Tools
    frame: Frame
    feeds: Callable[[str], Sequence[Told]] = lambda _: ()

    def print(self, asked: Asked, template: str, /, **context: object) -> str:
        """The page, from a template below `site/`."""
        return self.frame.render(asked.path, asked.voice.language, template, asked.query, **context)
