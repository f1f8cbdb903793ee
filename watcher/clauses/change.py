"""What a new version does to a category: old and new findings matched, and their attributes compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from watcher.clauses import attributes
from watcher.clauses.attributes import (
    binding,
    compare,
    compared,
    direction,
    restricts,
    strong,
    values,
)
from watcher.model.finding import Category, Change, ChangeKind, Finding
from watcher.model.folding import fold

_ALIKE = 0.35
"""How alike two sentences must be (0 to 1, by words) to be one that was reworded."""

_WITHIN = 0.7
"""The share of a sentence's words that another one has when it says the same among other things."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A finding with its sentence as folded words, and how often each stands in it."""

    finding: Finding
    words: tuple[str, ...]
    bag: Counter[str]


def changes(
    old: Sequence[Finding], new: Sequence[Finding], severity: Callable[[Finding, ChangeKind], Finding]
) -> Iterator[Change]:
    """The changes of one category from the findings of removed sentences and of added ones, in the order of the new.

    `severity` gives a finding the severity of its rule for a kind of change.
    """
    before = _once(old)
    after = _once(new)
    matched, lost, gained = _match(before, after)
    kept = _kept(before, after)
    for was, now in matched:
        beside = " ".join(
            each.finding.quote for each in (*before, *after) if each is not was and each is not now
        )
        kind, reasons = compare(was.finding, now.finding, kept, beside)
        yield _change(kind, was.finding, now.finding, reasons, severity)
    news = [each.finding for each in after]
    for now in gained:
        if not before:
            yield _change(ChangeKind.INTRODUCED, None, now.finding, (), severity)
        else:
            kind, reasons = _gained(now, before, news)
            yield _change(kind, None, now.finding, reasons, severity)
    for was in lost:
        if not after:
            yield _change(ChangeKind.REMOVED, was.finding, None, (), severity)
        elif gained and restricts(was.finding.category):
            # Purpose lists written anew: what left one place may stand in another. A promise lost is always told.
            yield _change(ChangeKind.REWORDED, was.finding, None, (), severity)
        else:
            kind, reasons = _lost(was, after)
            yield _change(kind, was.finding, None, reasons, severity)


def _kept(before: Iterable[_Words], after: Iterable[_Words]) -> frozenset[str]:
    """Values such as "objects content" that stand on both sides: what only went to another sentence is no news."""
    sides = (
        frozenset(
            f"{name} {value}"
            for each in side
            for name in compared(each.finding.category)
            for value in values(each.finding, name)
        )
        for side in (before, after)
    )
    return next(sides) & next(sides)


def _gained(
    now: _Words, before: Sequence[_Words], after: Sequence[Finding]
) -> tuple[ChangeKind, tuple[str, ...]]:
    """A finding that stood nowhere before, against all that did."""
    wider = _alone(now.finding, before, "+")
    # Only where all that now stands is bound so: one more clause with a condition is one more.
    olds, news = [binding(each.finding) for each in before], [binding(each) for each in after]
    bound = frozenset.intersection(*news).difference(*olds)
    eased = frozenset.intersection(*olds).difference(*news)
    if restricts(now.finding.category):
        wider += tuple(f"conditions-{each}" for each in sorted(eased))
    elif bound and now.finding.category == Category.TRAINING_COMMITMENT:
        wider = ()
    else:
        bound = frozenset()
        if not wider and not _told(now, before):
            wider = ("clauses+one",)
    narrower = tuple(f"conditions+{each}" for each in sorted(bound))
    return direction(wider, narrower), wider + narrower


def _lost(was: _Words, after: Sequence[_Words]) -> tuple[ChangeKind, tuple[str, ...]]:
    """A finding that stands nowhere any more, against all that does."""
    narrower = _alone(was.finding, after, "-")
    if not narrower and not restricts(was.finding.category) and not _told(was, after):
        narrower = ("clauses-one",)
    return direction((), narrower), narrower


def _alone(finding: Finding, others: Sequence[_Words], sign: str) -> tuple[str, ...]:
    """What a finding says and none of the others does."""
    reasons = []
    for name in compared(finding.category):
        rest = frozenset().union(*(values(other.finding, name) for other in others))
        own = values(finding, name)
        found = attributes.gained(name, rest, own) if sign == "+" else attributes.lost(name, own, rest)
        reasons += [f"{name}{sign}{each}" for each in sorted(found)]
    if strong(finding) and not any(strong(other.finding) for other in others):
        reasons.append(f"acts{sign}train")
    return tuple(reasons)


def _told(one: _Words, others: Sequence[_Words]) -> bool:
    """Whether the words of a sentence stand in one of the other side: it was split off or merged."""
    return any(_share(one, other) >= _WITHIN for other in others)


def _share(one: _Words, other: _Words) -> float:
    """How many of a sentence's words another one has, 0 to 1."""
    return (one.bag & other.bag).total() / len(one.words) if one.words else 0.0


def _nested(one: _Words, other: _Words) -> float:
    """How much of the shorter of two sentences stands in the other, 0 to 1."""
    return max(_share(one, other), _share(other, one))


def _match(
    before: Sequence[_Words], after: Sequence[_Words]
) -> tuple[list[tuple[_Words, _Words]], list[_Words], list[_Words]]:
    """Pair the most alike first; what is left over was lost or gained."""
    scored = sorted(
        (
            (-likeness, j, i)
            for i, was in enumerate(before)
            for j, now in enumerate(after)
            if (likeness := alike(was.words, now.words)) >= _ALIKE
        ),
    )
    old_to: dict[int, int] = {}
    new_to: dict[int, int] = {}
    for _, j, i in scored:
        if i not in old_to and j not in new_to:
            old_to[i], new_to[j] = j, i
    for i in [i for i in range(len(before)) if i not in old_to]:
        # What is left and stands within a longer sentence of the other side, or holds a shorter one, belongs to it.
        free = [j for j in range(len(after)) if j not in new_to]
        share, place = max(((_nested(before[i], after[j]), -j) for j in free), default=(0.0, 0))
        if share >= _WITHIN:
            old_to[i], new_to[-place] = -place, i
    matched = [(before[i], after[j]) for j, i in sorted(new_to.items())]
    lost = [was for i, was in enumerate(before) if i not in old_to]
    gained = [now for j, now in enumerate(after) if j not in new_to]
    return matched, lost, gained


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two sentences are by their words, 0 to 1."""
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _once(findings: Iterable[Finding]) -> list[_Words]:
    """Findings with each sentence once."""
    seen: dict[str, _Words] = {}
    for finding in findings:
        folded = fold(finding.quote)
        words = tuple(folded.split()[:400])
        seen.setdefault(folded, _Words(finding, words, Counter(words)))
    return list(seen.values())


def _change(
    kind: ChangeKind,
    was: Finding | None,
    now: Finding | None,
    reasons: tuple[str, ...],
    severity: Callable[[Finding, ChangeKind], Finding],
) -> Change:
    stands = now or was
    if stands is None:
        raise ValueError("a change needs a finding on one side")
    weighed = severity(stands, kind)
    return Change(
        category=stands.category,
        change=kind,
        severity=weighed.severity,
        rule=stands.rule,
        quote=stands.quote,
        previous=was.quote if was is not None and now is not None else None,
        language=stands.language,
        now=replace(now, severity=weighed.severity) if now is not None else None,
        before=was,
        reasons=reasons,
    )
