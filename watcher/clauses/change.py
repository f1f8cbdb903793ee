"""What a new version does to a category: old and new findings matched, and their attributes compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from watcher.clauses.lists import coverage
from watcher.model.finding import Change, ChangeKind, Finding
from watcher.model.folding import fold

_ALIKE = 0.35
"""How alike two sentences must be (0 to 1, by words) to be one that was reworded."""
_LOOSENING = frozenset({"exception"})
_PERMISSIONS = ("training_grant", "third_party_training")
_STRONG = "train"


@dataclass(frozen=True, slots=True)
class _Words:
    """A finding with its sentence as folded words."""

    finding: Finding
    words: tuple[str, ...]


def changes(
    old: Sequence[Finding], new: Sequence[Finding], severity: Callable[[Finding, ChangeKind], Finding]
) -> Iterator[Change]:
    """The changes of one category from the findings of removed sentences and of added ones, in the order of the new.

    `severity` gives a finding the severity of its rule for a kind of change.
    """
    before = _once(old)
    after = _once(new)
    matched, lost, gained = _match(before, after)
    for was, now in matched:
        kind, reasons = compare(was.finding, now.finding)
        yield _change(kind, was.finding, now.finding, reasons, severity)
    for now in gained:
        if not before:
            yield _change(ChangeKind.INTRODUCED, None, now.finding, (), severity)
        else:
            kind, reasons = _against(now.finding, [each.finding for each in before], grown=True)
            yield _change(kind, None, now.finding, reasons, severity)
    for was in lost:
        if not after:
            yield _change(ChangeKind.REMOVED, was.finding, None, (), severity)
        elif gained and _restricts(was.finding.category):
            # Purpose lists written anew: what left one place may stand in another. A promise lost is always told.
            yield _change(ChangeKind.REWORDED, was.finding, None, (), severity)
        else:
            kind, reasons = _against(was.finding, [each.finding for each in after], grown=False)
            yield _change(kind, was.finding, None, reasons, severity)


def compare(was: Finding, now: Finding) -> tuple[ChangeKind, tuple[str, ...]]:
    """How the meaning of one clause changed, with stable words for why: "recipients+third_party"."""
    wider: list[str] = []
    narrower: list[str] = []
    for name in _compared(was.category):
        before, after = _values(was, name), _values(now, name)
        wider += [f"{name}+{each}" for each in sorted(after - before)]
        narrower += [f"{name}-{each}" for each in sorted(before - after)]
    gained = set(now.conditions) - set(was.conditions)
    lost = set(was.conditions) - set(now.conditions)
    eased, bound = (
        [f"conditions-{each}" for each in sorted(lost)],
        [f"conditions+{each}" for each in sorted(gained)],
    )
    if _restricts(was.category):
        wider += eased
        narrower += bound
    else:
        # What binds a permission loosens a promise: an exception gained makes a promise smaller.
        wider += [each for each in eased if each.split("-")[1] in _LOOSENING]
        narrower += [each for each in bound if each.split("+")[1] in _LOOSENING]
    strong_was, strong_now = _strong(was), _strong(now)
    if strong_now and not strong_was:
        wider.append("acts+train")
    if strong_was and not strong_now:
        narrower.append("acts-train")
    if not wider and not narrower and (listed := coverage(was, now)) is not None:
        reason, kind = listed
        return kind, (reason,)
    return _kind(wider, narrower), tuple(wider + narrower)


def _kind(wider: Sequence[str], narrower: Sequence[str]) -> ChangeKind:
    if wider and narrower:
        return ChangeKind.MIXED
    if wider:
        return ChangeKind.EXPANDED
    return ChangeKind.NARROWED if narrower else ChangeKind.REWORDED


def _compared(category: str) -> tuple[str, ...]:
    """The attributes that make a category wider. For what a promise is made hardly changes it."""
    return ("objects", "purposes", "recipients") if _restricts(category) else ("objects", "recipients")


def _restricts(category: str) -> bool:
    return category in _PERMISSIONS or category.startswith("licence_")


def _strong(finding: Finding) -> bool:
    return any(cue.label == _STRONG for cue in finding.cues)


def _values(finding: Finding, name: str) -> frozenset[str]:
    return frozenset(getattr(finding, name)) - {"unspecified", "supplier"}


def _against(
    finding: Finding, others: Sequence[Finding], *, grown: bool
) -> tuple[ChangeKind, tuple[str, ...]]:
    """A finding that has no partner, against all of the other side: what it alone says is gained or lost."""
    reasons = []
    for name in _compared(finding.category):
        rest = frozenset().union(*(_values(other, name) for other in others))
        sign = "+" if grown else "-"
        reasons += [f"{name}{sign}{each}" for each in sorted(_values(finding, name) - rest)]
    if _strong(finding) and not any(map(_strong, others)):
        reasons.append("acts+train" if grown else "acts-train")
    if not reasons:
        return ChangeKind.REWORDED, ()
    return (ChangeKind.EXPANDED if grown else ChangeKind.NARROWED), tuple(reasons)


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
        seen.setdefault(folded, _Words(finding, tuple(folded.split()[:400])))
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
