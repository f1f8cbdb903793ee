"""What a text says, whole, and since when each document says it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from watcher.model.finding import Finding

_Names = frozenset[object]
_Spells = dict[object, tuple[datetime, datetime]]


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


class Entry(NamedTuple):
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
    says nothing; `unjudged` why a text was not. `withdrawn` are readings that proved wrong: document, clause, category.
    """

    steps: tuple[Step, ...] = ()
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    unjudged: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[tuple[str, str, str]] = frozenset()

    def grown(
        self,
        steps: Sequence[Step],
        entries: Mapping[str, tuple[Entry, ...]],
        unjudged: Mapping[str, str],
        withdrawn: frozenset[tuple[str, str, str]],
    ) -> "Ledger":
        """A ledger with more versions and texts, and `withdrawn` as it stands now; what still holds is kept in mind."""
        every = tuple(sorted((*self.steps, *steps), key=lambda step: (step.document, step.number)))
        made = Ledger(every, {**self.entries, **entries}, {**self.unjudged, **unjudged}, withdrawn)
        made._said.update(self._said)
        if withdrawn == self.withdrawn:
            touched = {step.document for step in every if step.text in entries}
            touched.update(step.document for step in steps)
            made._stood.update(
                (place, said) for place, said in self._stood.items() if place[0] not in touched
            )
        return made

    @cached_property
    def _lives(self) -> Mapping[str, tuple[Step, ...]]:
        lives: dict[str, list[Step]] = {}
        for step in self.steps:
            lives.setdefault(step.document, []).append(step)
        return {document: tuple(mine) for document, mine in lives.items()}

    def life(self, document: str) -> tuple[Step, ...]:
        """The versions of a document, oldest first."""
        return self._lives.get(document, ())

    def last(self, document: str) -> int:
        """The number of a document's newest version, 0 before the first."""
        life = self._lives.get(document)
        return life[-1].number if life else 0

    def version(self, document: str, at: datetime | None = None) -> Step | None:
        """The version of a document that stands, or stood at a time; None before the first."""
        until = self._until(document, at)
        return until[-1] if until else None

    def stands(self, document: str, at: datetime | None = None) -> tuple[Stand, ...]:
        """What a document says now, or said at a time, in reading order."""
        until = self._until(document, at)
        if not until:
            return ()
        known = self._stood.get((document, len(until)))
        if known is None:
            known = self._stood[document, len(until)] = self._stand(document, until)
        return known

    @cached_property
    def _stood(self) -> dict[tuple[str, int], tuple[Stand, ...]]:
        return {}

    def _stand(self, document: str, until: Sequence[Step]) -> tuple[Stand, ...]:
        last = until[-1]
        clauses, categories = self._spells(until)
        return tuple(
            Stand(
                document,
                last.number,
                last.text,
                entry,
                *clauses[entry.clause, entry.category],
                categories[entry.category][0],
            )
            for entry in self.entries.get(last.text, ())
            if (document, entry.clause, entry.category) not in self.withdrawn
        )

    def why_unjudged(self, document: str, at: datetime | None = None) -> str | None:
        """Why nothing is known of what a document says; None when it was judged.

        An empty string when nobody has judged it yet.
        """
        step = self.version(document, at)
        if step is None or step.text in self.entries:
            return None
        return self.unjudged.get(step.text, "")

    def knows(self, document: str, at: datetime | None = None) -> bool:
        """Whether it is known what a document says, or said at a time, be it nothing: a text of it was judged."""
        return self.version(document, at) is not None and self.why_unjudged(document, at) is None

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of all documents that have a version."""
        return tuple(self._lives)

    @cached_property
    def _said(self) -> dict[str, tuple[_Names, _Names]]:
        return {}

    def _names(self, text: str) -> tuple[_Names, _Names]:
        """The clauses, each with its category, and the categories that a text speaks of."""
        known = self._said.get(text)
        if known is None:
            entries = self.entries[text]
            clauses = frozenset((entry.clause, entry.category) for entry in entries)
            known = self._said[text] = clauses, frozenset(entry.category for entry in entries)
        return known

    def _spells(self, steps: Sequence[Step]) -> tuple[_Spells, _Spells]:
        """Since when everything that the last step says was said without a break up to it, and when first."""
        spells: tuple[_Spells, _Spells] = ({}, {})
        firsts: tuple[dict[object, datetime], dict[object, datetime]] = ({}, {})
        before = ""
        for step in steps:
            # A text that nobody judged says nothing about breaks: it is passed over.
            if step.text == before or step.text not in self.entries:
                continue
            before, at = step.text, step.seen_at
            clauses, categories = self._names(step.text)
            spells = (
                _continued(spells[0], firsts[0], clauses, at),
                _continued(spells[1], firsts[1], categories, at),
            )
        return spells

    def _until(self, document: str, at: datetime | None) -> Sequence[Step]:
        life = self._lives.get(document, ())
        if at is None:
            return life
        return life[: bisect_right([step.seen_at for step in life], at)]


def _continued(spells: _Spells, firsts: dict[object, datetime], there: _Names, at: datetime) -> _Spells:
    return {one: spells.get(one) or (at, firsts.setdefault(one, at)) for one in there}
