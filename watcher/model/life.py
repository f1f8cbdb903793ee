"""The life of a clause: when it stood in a document, and when it did not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.model.comparison import Comparison, Pair, Segment
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


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it was worded from `version` on; `segments` mark what differs from the wording before, if any.

    `until` is when a version came without it, in this or another wording; None while it stands. `again` says that it
    had left and came back.
    """

    clause: Clause
    version: Version
    segments: tuple[Segment, ...] = ()
    until: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """One clause through all its wordings, oldest first. `original` says that it stood in the first version kept."""

    wordings: tuple[Wording, ...]
    original: bool

    @property
    def stands(self) -> bool:
        """Whether it stands in the newest version."""
        return self.wordings[-1].until is None


def lineage(
    versions: Sequence[Version],
    key: str,
    text_of: Callable[[str], DocumentText],
    compare: Callable[[DocumentText, DocumentText], Comparison],
) -> Lineage | None:
    """The life of the clause that had the key in some version, followed back and on through rewordings.

    Only versions between which it changed are compared. None when no version has it.
    """
    at = next((i for i, version in enumerate(versions) if _has(text_of(version.text), key)), None)
    if at is None:
        return None
    asked, first = key, at
    while first > 0:
        before = _ancestor(text_of(versions[first - 1].text), text_of(versions[first].text), key, compare)
        if before is None:
            break
        key = before
        first = next(i for i in range(first) if _has(text_of(versions[i].text), key))
    wordings = tuple(_wordings(versions[first:], key, text_of, compare))
    if any(wording.clause.key == asked for wording in wordings):
        return Lineage(wordings, first == 0)
    # Its ancestor lives on under other words, so it was split off.
    return Lineage(tuple(_wordings(versions[at:], asked, text_of, compare)), at == 0)


def _wordings(
    versions: Sequence[Version],
    key: str,
    text_of: Callable[[str], DocumentText],
    compare: Callable[[DocumentText, DocumentText], Comparison],
) -> Iterator[Wording]:
    current: Wording | None = None
    left = False
    before: Version | None = None
    for version in versions:
        if before is not None and version.text == before.text:
            continue
        text = text_of(version.text)
        if _has(text, key):
            if current is None:
                current = Wording(_clause(text, key), version, again=left)
        elif current is not None and before is not None:
            yield replace(current, until=version.seen_at)
            pair = _pair(compare(text_of(before.text), text), old=key)
            if pair is not None and pair.new is not None and pair.kind == "reworded":
                key = pair.new.key
                current = Wording(pair.new, version, pair.segments)
            else:
                current, left = None, True
        before = version
    if current is not None:
        yield current


def _ancestor(
    old: DocumentText,
    new: DocumentText,
    key: str,
    compare: Callable[[DocumentText, DocumentText], Comparison],
) -> str | None:
    pair = _pair(compare(old, new), new=key)
    return pair.old.key if pair is not None and pair.old is not None and pair.kind == "reworded" else None


def _pair(comparison: Comparison, *, old: str = "", new: str = "") -> Pair | None:
    return next(
        (
            pair
            for pair in comparison.pairs
            if (old and pair.old is not None and pair.old.key == old)
            or (new and pair.new is not None and pair.new.key == new)
        ),
        None,
    )


def _has(text: DocumentText, key: str) -> bool:
    return any(clause.key == key for clause in text.clauses)


def _clause(text: DocumentText, key: str) -> Clause:
    return next(clause for clause in text.clauses if clause.key == key)
