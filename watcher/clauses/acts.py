"""Acts in a sentence: "train" joined to "our models". Which words join is said by the pack, not here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from watcher.clauses.matching import Mark, Reading
from watcher.clauses.schema import Link


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a sentence speaks of. `head` is its verb, `end` the token after its last word."""

    name: str
    head: Mark
    other: Mark | None
    certainty: float

    @property
    def start(self) -> int:
        """The first token."""
        return min(self.head.start, self.other.start) if self.other else self.head.start

    @property
    def end(self) -> int:
        """The token after the last."""
        return max(self.head.end, self.other.end) if self.other else self.head.end


def find(reading: Reading, acts: Mapping[str, Sequence[Link]], before: frozenset[str]) -> Iterator[Act]:
    """Every act, at most one of a kind for each verb. `before` are the concepts of what stands before."""
    for name, links in acts.items():
        heads: set[tuple[int, int]] = set()
        for link in links:
            for act in _linked(reading, name, link, before):
                if (act.head.start, act.head.end) not in heads:
                    heads.add((act.head.start, act.head.end))
                    yield act


def _linked(reading: Reading, name: str, link: Link, before: frozenset[str]) -> Iterator[Act]:
    labels = reading.labels
    if labels.isdisjoint(link.first) or (link.second and labels.isdisjoint(link.second)):
        # Nearly all links end here, for nearly every sentence.
        return
    if link.unless and not labels.isdisjoint(link.unless):
        return
    if link.needs:
        around = reading.everything | before if link.context else labels
        if around.isdisjoint(link.needs):
            return
    first, second = frozenset(link.first), frozenset(link.second)
    for at, mark in enumerate(reading.marks):
        if mark.start < reading.begin or mark.labels.isdisjoint(first):
            continue
        if not second:
            yield Act(name, mark, None, link.certainty)
            continue
        other = _partner(reading, link, at, second)
        if other is not None:
            yield Act(name, mark, other, link.certainty)


def _partner(reading: Reading, link: Link, at: int, second: frozenset[str]) -> Mark | None:
    """The nearest fitting second word, after the first when both sides have one."""
    order = "any" if reading.verb_last and link.order == "after" else link.order
    steps = {"after": (1,), "before": (-1,), "any": (1, -1)}[order]
    barrier = frozenset(link.barrier)
    marks = reading.marks
    best: tuple[int, Mark] | None = None
    for step in steps:
        place = at + step
        while 0 <= place < len(marks):
            mark = marks[place]
            gap = mark.start - marks[at].end if step > 0 else marks[at].start - mark.end
            if gap > link.gap or mark.end <= reading.begin:
                break
            if not mark.labels.isdisjoint(second) and not _behind(reading, mark, barrier):
                best = (gap, mark) if best is None or gap < best[0] else best
                break
            if not mark.labels.isdisjoint(barrier):
                break
            place += step
    return best[1] if best else None


def _behind(reading: Reading, mark: Mark, barrier: frozenset[str]) -> bool:
    """Whether a barrier stands right before a word: "by means of AI" is no aim, on whichever side the verb stands."""
    before = reading.at.get(mark.start - 1)
    return before is not None and "tool" in barrier and "tool" in before.labels
