"""A comparison as the rows of a page: what changed stands open, what did not is folded, and size is bounded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from watcher.model.comparison import Comparison, Pair, Segment
from watcher.model.finding import Change, Finding
from watcher.model.text import Clause, DocumentText
from watcher.site.marking import Piece, Remark, cued, remarks, shortened

RowKind = Literal["reworded", "added", "removed", "moved", "cosmetic", "unchanged"]

# A page stays readable, and opens on a phone: about 1 MB of marked text, and 20 clauses on each side of a fold.
_MOST_ROWS = 2_500
_MOST_CHARACTERS = 600_000
_FOLD_ENDS = 20
_CHANGED = ("reworded", "added", "removed")


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of the comparison. `segments` mark its words; `notes` are the numbers of the changes it led to.

    `path` are the headings above, `came_from` the innermost heading that a moved clause stood under before.
    `remarks` are what the clause says, or said before it was removed. `number` counts the changed clauses from 1, 0
    for others. `omitted` counts the characters of an endless clause that are not shown.
    """

    kind: RowKind
    anchor: str
    path: tuple[str, ...]
    clause: Clause
    segments: tuple[Piece, ...]
    moved: bool = False
    came_from: str = ""
    notes: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    number: int = 0
    omitted: int = 0

    @property
    def marked(self) -> bool:
        """Whether some words differ and others do not, so that both sides are worth showing."""
        return len({segment.op for segment in self.segments}) > 1

    def mark_of(self, change: Change) -> int:
        """The mark of the finding that a change tells of; 0 when its words are not marked here."""
        told = change.before if self.kind == "removed" else change.now
        said = (told.category, told.quote) if told else None
        marks = (one.mark for one in self.remarks if (one.finding.category, one.finding.quote) == said)
        return next(marks, 0)

    @property
    def clause_now(self) -> str:
        """The words as they stand, without marks."""
        return "".join(segment.text for segment in self.new_side)

    @property
    def old_side(self) -> tuple[Piece, ...]:
        """What stood before."""
        return tuple(s for s in self.segments if s.op != "insert")

    @property
    def new_side(self) -> tuple[Piece, ...]:
        """What stands now."""
        return tuple(s for s in self.segments if s.op != "delete")

    @staticmethod
    def runs(pieces: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
        """Neighbours of one kind together, so that a mark goes through the words that led to a finding."""
        return [(op, list(run)) for op, run in groupby(pieces, key=lambda piece: piece.op)]


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch in which nothing changed: its first and last rows, and how many between them are not on the page."""

    first: tuple[Row, ...]
    omitted: int
    last: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many clauses it stands for."""
        return len(self.first) + self.omitted + len(self.last)


@dataclass(frozen=True, slots=True)
class Table:
    """A whole comparison: `blocks` in reading order, `counts` by kind, `omitted` changed clauses beyond the bound."""

    blocks: tuple[Row | Fold, ...]
    counts: Mapping[str, int]
    omitted: int
    anchors: Mapping[int, str] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many clauses have other words than before."""
        return sum(self.counts.get(kind, 0) for kind in _CHANGED)


Findings = Mapping[str, Sequence[Finding]]
"""What clauses say, by their keys."""


def table(
    comparison: Comparison,
    noted: Mapping[int, tuple[str, str]] | None = None,
    *,
    says: Findings | None = None,
    said: Findings | None = None,
) -> Table:
    """Lay a comparison out.

    `noted` gives for each change its clause's key now and before (either may be empty); `says` and `said` what the
    clauses of the new text say and those of the old one said.
    """
    kinds = [_kind(pair) for pair in comparison.pairs]
    counts: dict[str, int] = dict(Counter(kinds))
    real = any(kind in _CHANGED for kind in kinds)
    folded = {"unchanged", "cosmetic"} if real else {"unchanged"}
    rows = _rows(comparison.pairs, kinds, _notes(comparison.pairs, noted or {}), says or {}, said or {})
    blocks, omitted = _bounded(_blocks(rows, folded))
    anchors = {note: row.anchor for row in _open(blocks) for note in reversed(row.notes)}
    return Table(tuple(blocks), counts, omitted, anchors)


def whole(text: DocumentText, says: Findings) -> Table:
    """A text as it stands, nothing folded, with what its clauses say."""
    pairs = [Pair("unchanged", clause, clause, at, at) for at, clause in enumerate(text.clauses)]
    kinds: list[RowKind] = ["unchanged"] * len(pairs)
    blocks, omitted = _bounded(_rows(pairs, kinds, {}, says, {}))
    return Table(tuple(blocks), {"unchanged": len(pairs)}, omitted)


def by_clause(findings: Iterable[Finding]) -> Findings:
    """Findings by the key of their clause."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.clause, []).append(finding)
    return found


def _kind(pair: Pair) -> RowKind:
    if pair.kind == "unchanged" and pair.old and pair.new and pair.old.text != pair.new.text:
        return "cosmetic"
    return pair.kind


def _notes(pairs: Sequence[Pair], noted: Mapping[int, tuple[str, str]]) -> dict[int, tuple[int, ...]]:
    """Which pair each change belongs to: the clause as it stands, or else as it stood."""
    by_new = {pair.new.key: at for at, pair in reversed(list(enumerate(pairs))) if pair.new}
    by_old = {pair.old.key: at for at, pair in reversed(list(enumerate(pairs))) if pair.old}
    notes: dict[int, tuple[int, ...]] = {}
    for number, (now, before) in noted.items():
        at = by_new.get(now, by_old.get(before))
        if at is not None:
            notes[at] = (*notes.get(at, ()), number)
    return notes


def _rows(
    pairs: Sequence[Pair],
    kinds: Sequence[RowKind],
    notes: Mapping[int, tuple[int, ...]],
    says: Findings,
    said: Findings,
) -> Iterator[Row]:
    taken: Counter[str] = Counter()
    number = 0
    for at, (pair, kind) in enumerate(zip(pairs, kinds, strict=True)):
        clause = pair.new or pair.old
        if clause is None:
            continue
        taken[clause.key] += 1
        again = f"-{taken[clause.key]}" if taken[clause.key] > 1 else ""
        findings = (said if pair.new is None else says).get(clause.key, ())
        pieces, marks = cued(_segments(pair, clause), findings, gone=pair.new is None)
        segments, omitted = shortened(pieces)
        number += kind in _CHANGED
        yield Row(
            kind=kind,
            anchor=f"c-{clause.key}{again}",
            path=clause.path,
            clause=clause,
            segments=segments,
            moved=pair.moved,
            came_from=_came_from(pair),
            notes=notes.get(at, ()),
            remarks=remarks(findings, marks),
            number=number if kind in _CHANGED else 0,
            omitted=omitted,
        )


def _came_from(pair: Pair) -> str:
    """The heading that a moved clause stood under, unless it is the one that it stands under now."""
    if not (pair.moved and pair.old and pair.new and pair.old.path):
        return ""
    return pair.old.path[-1] if pair.old.path[-1:] != pair.new.path[-1:] else ""


def _segments(pair: Pair, clause: Clause) -> tuple[Segment, ...]:
    if pair.segments:
        return pair.segments
    if pair.old is None:
        return (Segment("insert", clause.text),)
    return (Segment("delete" if pair.new is None else "equal", clause.text),)


def _blocks(rows: Iterable[Row], folded: set[str]) -> Iterator[Row | list[Row]]:
    stretch: list[Row] = []
    for row in rows:
        if row.kind in folded and not row.notes:
            stretch.append(row)
            continue
        if stretch:
            yield stretch
            stretch = []
        yield row
    if stretch:
        yield stretch


def _bounded(blocks: Iterable[Row | list[Row]]) -> tuple[list[Row | Fold], int]:
    kept: list[Row | Fold] = []
    rows = characters = omitted = 0
    for block in blocks:
        if isinstance(block, Row):
            if rows >= _MOST_ROWS or characters >= _MOST_CHARACTERS:
                omitted += 1
                continue
            kept.append(block)
            rows, characters = rows + 1, characters + _size(block)
            continue
        if omitted:
            continue
        ends = _FOLD_ENDS if rows < _MOST_ROWS and characters < _MOST_CHARACTERS else 0
        fold = _fold(block, ends)
        kept.append(fold)
        shown = (*fold.first, *fold.last)
        rows, characters = rows + len(shown), characters + sum(map(_size, shown))
    return kept, omitted


def _fold(stretch: list[Row], ends: int) -> Fold:
    if len(stretch) <= 2 * ends:
        return Fold(tuple(stretch), 0, ())
    return Fold(tuple(stretch[:ends]), len(stretch) - 2 * ends, tuple(stretch[len(stretch) - ends :]))


def _size(row: Row) -> int:
    return sum(len(segment.text) + 8 for segment in row.segments)


def _open(blocks: Iterable[Row | Fold]) -> Iterator[Row]:
    return (block for block in blocks if isinstance(block, Row))
