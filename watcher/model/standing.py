"""What a text says, whole, and since when each document says it."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from watcher.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Says:
    """What a text says: every finding in reading order, as read by the rules of version `rules`.

    `unjudged` says why nothing was read ("no pack for nl"), empty when all of it was.
    """

    findings: tuple[Finding, ...] = ()
    rules: str = ""
    unjudged: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A version as the ledger needs it; `text` is the digest of its text."""

    document: str
    number: int
    seen_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of a text, `position` counting from 0 in it, without its words; `clause` is the clause's key."""

    position: int
    category: str
    rule: str
    clause: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A finding that stands in a document: in `version`, whose text is `text`.

    `since` is when its clause came to say so without a break up to that version, `first_seen` when it said so first;
    the two differ where the clause had left and came back. `category_since` is when the document came to say
    anything in the category, without a break.
    """

    document: str
    version: int
    text: str
    entry: Entry
    since: datetime
    first_seen: datetime
    category_since: datetime


@dataclass(frozen=True)
class Ledger:
    """Who says what, since when, at any time: the versions of every document and what their texts say.

    `steps` are ordered by document and number. `entries` hold an item for each text that was judged, also when it
    says nothing; `unjudged` why a text was not.
    """

    steps: tuple[Step, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    unjudged: Mapping[str, str]

    @cached_property
    def _lives(self) -> Mapping[str, tuple[Step, ...]]:
        lives: dict[str, list[Step]] = {}
        for step in self.steps:
            lives.setdefault(step.document, []).append(step)
        return {document: tuple(mine) for document, mine in lives.items()}

    def version(self, document: str, at: datetime | None = None) -> Step | None:
        """The version of a document that stands, or stood at a time; None before the first."""
        until = self._until(document, at)
        return until[-1] if until else None

    def stands(self, document: str, at: datetime | None = None) -> tuple[Stand, ...]:
        """What a document says now, or said at a time, in reading order."""
        until = self._until(document, at)
        if not until:
            return ()
        last = until[-1]
        here = self.entries.get(last.text, ())
        clauses = _since(until, self.entries, _clause)
        categories = _since(until, self.entries, _category)
        return tuple(
            Stand(
                document,
                last.number,
                last.text,
                entry,
                clauses[_clause(entry)].since,
                clauses[_clause(entry)].first,
                categories[entry.category].since,
            )
            for entry in here
        )

    def why_unjudged(self, document: str, at: datetime | None = None) -> str | None:
        """Why nothing is known of what a document says; None when it was judged.

        An empty string when nobody has judged it yet.
        """
        step = self.version(document, at)
        if step is None or step.text in self.entries:
            return None
        return self.unjudged.get(step.text, "")

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of all documents that have a version."""
        return tuple(self._lives)

    def _until(self, document: str, at: datetime | None) -> Sequence[Step]:
        life = self._lives.get(document, ())
        if at is None:
            return life
        return life[: bisect_right([step.seen_at for step in life], at)]


@dataclass(frozen=True, slots=True)
class _Spell:
    since: datetime
    first: datetime


def _clause(entry: Entry) -> str:
    return f"{entry.clause} {entry.category}"


def _category(entry: Entry) -> str:
    return entry.category


def _since(
    steps: Sequence[Step], entries: Mapping[str, tuple[Entry, ...]], name: Callable[[Entry], str]
) -> dict[str, _Spell]:
    """Since when everything that the last step says was said, without a break up to it, and when first."""
    spells: dict[str, _Spell] = {}
    first: dict[str, datetime] = {}
    before: str | None = None
    for step in steps:
        # A text that nobody judged says nothing about breaks: it is passed over.
        if step.text == before or step.text not in entries:
            continue
        before = step.text
        there = {name(entry) for entry in entries[step.text]}
        spells = {
            one: spells.get(one) or _Spell(step.seen_at, first.setdefault(one, step.seen_at)) for one in there
        }
    return spells
