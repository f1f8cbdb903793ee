"""Which clause of the old text is which clause of the new one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from watcher.diff.sequence import difference
from watcher.diff.similar import Similarity
from watcher.diff.words import mark
from watcher.model.comparison import Comparison, Pair
from watcher.model.text import Clause, DocumentText

# How alike two clauses must be (0 to 1) to be one that was reworded: less is asked of neighbours than across the text.
_NEARBY = 0.5
_ANYWHERE = 0.7


def compare(old: DocumentText, new: DocumentText) -> Comparison:
    """Align both texts: unchanged, moved, reworded, added, removed.

    A clause whose words stand on both sides is unchanged or moved, never added and removed, whatever its numbering
    or punctuation. Time is bounded by the clauses that share no words with the other side.
    """
    partners = _Partners(old.clauses, new.clauses)
    partners.same_place()
    partners.same_words()
    partners.alike_nearby()
    partners.alike_anywhere()
    return Comparison(old, new, tuple(partners.pairs()))


class _Partners:
    """The growing match between places in the old and the new clause list."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.old, self.new = old, new
        self.to_old: dict[int, int] = {}
        self.to_new: dict[int, int] = {}
        self.in_place: set[int] = set()

    def join(self, old_at: int, new_at: int, *, in_place: bool) -> None:
        self.to_old[new_at], self.to_new[old_at] = old_at, new_at
        if in_place:
            self.in_place.add(new_at)

    def same_place(self) -> None:
        """The longest common order of equal clauses; keys of one side only cannot be in it and are left out."""
        shared = {clause.key for clause in self.old} & {clause.key for clause in self.new}
        old_at = [i for i, clause in enumerate(self.old) if clause.key in shared]
        new_at = [i for i, clause in enumerate(self.new) if clause.key in shared]
        runs = difference([self.old[i].key for i in old_at], [self.new[i].key for i in new_at])
        i = j = 0
        for op, run in runs:
            if op == "equal":
                for step in range(len(run)):
                    self.join(old_at[i + step], new_at[j + step], in_place=True)
            i += len(run) if op != "insert" else 0
            j += len(run) if op != "delete" else 0

    def same_words(self) -> None:
        """Equal clauses that stand elsewhere now: moved."""
        free: dict[str, list[int]] = defaultdict(list)
        for i, clause in enumerate(self.old):
            if i not in self.to_new:
                free[clause.key].append(i)
        for j, clause in enumerate(self.new):
            if j not in self.to_old and free.get(clause.key):
                self.join(free[clause.key].pop(0), j, in_place=False)

    def alike_nearby(self) -> None:
        """Reworded clauses between the same two unchanged neighbours."""
        for old_gap, new_gap in self._gaps():
            self._join_alike(old_gap, new_gap, _NEARBY, in_place=True)

    def alike_anywhere(self) -> None:
        """Clauses that were reworded and moved as well."""
        old_free = [i for i in range(len(self.old)) if i not in self.to_new]
        new_free = [j for j in range(len(self.new)) if j not in self.to_old]
        self._join_alike(old_free, new_free, _ANYWHERE, in_place=False)

    def _join_alike(self, old_at: list[int], new_at: list[int], least: float, *, in_place: bool) -> None:
        if not old_at or not new_at:
            return
        similarity = Similarity([self.old[i] for i in old_at])
        scored = [
            (-score, abs(i - j), old_at[i], place)
            for j, place in enumerate(new_at)
            for i, score in similarity.to(self.new[place])
            if score >= least
        ]
        for _, _, i, j in sorted(scored):
            if i not in self.to_new and j not in self.to_old:
                self.join(i, j, in_place=in_place)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Free places on both sides between two anchors that kept their order."""
        i = j = 0
        for anchor in [*sorted(self.in_place), len(self.new)]:
            end = self.to_old.get(anchor, len(self.old))
            yield (
                [at for at in range(i, end) if at not in self.to_new],
                [at for at in range(j, anchor) if at not in self.to_old],
            )
            i, j = end + 1, anchor + 1

    def pairs(self) -> Iterator[Pair]:
        """Everything in the order of the new text, what was removed just before what took its place."""
        until, end = [], len(self.old)
        for j in reversed(range(len(self.new))):
            end = self.to_old[j] if j in self.in_place else end
            until.append(end)
        told = 0
        for j, clause in enumerate(self.new):
            yield from self._removed(told, until[-1 - j])
            told = max(told, until[-1 - j])
            yield self._pair(self.to_old.get(j), j, clause)
        yield from self._removed(told, len(self.old))

    def _removed(self, start: int, end: int) -> Iterator[Pair]:
        for i in range(start, end):
            if i not in self.to_new:
                yield Pair("removed", self.old[i], None, old_at=i)

    def _pair(self, i: int | None, j: int, clause: Clause) -> Pair:
        if i is None:
            return Pair("added", None, clause, new_at=j)
        before, moved = self.old[i], j not in self.in_place
        segments = mark(before.text, clause.text) if before.text != clause.text else ()
        if before.key != clause.key:
            return Pair("reworded", before, clause, i, j, segments, moved=moved)
        return Pair("moved" if moved else "unchanged", before, clause, i, j, segments, moved=moved)
