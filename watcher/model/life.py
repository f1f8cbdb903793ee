"""The life of a clause: when it stood in a document, and when it did not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.model.text import Clause, DocumentText
from watcher.model.version import Version


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in which a clause stood: from the version that first showed it until one came without it.

    `until` is when that one was seen, None while the clause still stands.
    """

    version: int
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClauseLife:
    """A clause, as last worded, with its stays in order; between two of them it was absent."""

    clause: Clause
    stays: tuple[Stay, ...]

    @property
    def first_seen(self) -> datetime:
        """When it was first there."""
        return self.stays[0].since

    @property
    def stands(self) -> bool:
        """Whether it stands in the newest version."""
        return self.stays[-1].until is None


def lives(versions: Sequence[Version], text_of: Callable[[str], DocumentText]) -> tuple[ClauseLife, ...]:
    """The life of every clause that ever stood in a document, in the order in which they came.

    A clause is itself whatever its place, numbering and punctuation; other words make another clause.
    """
    clauses: dict[str, Clause] = {}
    stays: dict[str, list[Stay]] = {}
    for version in versions:
        here = {clause.key: clause for clause in text_of(version.text).clauses if clause.folded}
        for key in _ended(stays, here):
            last = stays[key][-1]
            stays[key][-1] = Stay(last.version, last.since, version.seen_at)
        for key, clause in here.items():
            clauses[key] = clause
            mine = stays.setdefault(key, [])
            if not mine or mine[-1].until is not None:
                mine.append(Stay(version.number, version.seen_at))
    return tuple(ClauseLife(clauses[key], tuple(mine)) for key, mine in stays.items())


def _ended(stays: dict[str, list[Stay]], here: Iterable[str]) -> list[str]:
    present = set(here)
    return [key for key, mine in stays.items() if mine[-1].until is None and key not in present]
