"""Two texts of one document, clause by clause."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.text import Clause, DocumentText

PairKind = Literal["unchanged", "moved", "reworded", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a reworded clause: `equal` stands in both, `insert` only in the new, `delete` only in the old."""

    op: Literal["equal", "insert", "delete"]
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause on both sides, or on one. `old_at` and `new_at` are its places in the clause lists, from 0.

    `segments` mark the words of a `reworded` clause; empty otherwise. A reworded clause may have moved as well.
    """

    kind: PairKind
    old: Clause | None
    new: Clause | None
    old_at: int | None = None
    new_at: int | None = None
    segments: tuple[Segment, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs in the order of the new text; a removed clause stands where it would have come."""

    old: DocumentText
    new: DocumentText
    pairs: tuple[Pair, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The pairs whose words differ: reworded, added, removed."""
        return tuple(p for p in self.pairs if p.kind in ("reworded", "added", "removed"))
