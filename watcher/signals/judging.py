"""What a new version of signals changes, rule by rule: statements that came, that went, and that say more or less."""

from collections.abc import Iterator, Mapping, Sequence

from watcher.model.comparison import Comparison
from watcher.model.finding import Change, ChangeKind, Cue, Finding, Judgement
from watcher.model.signal import Signal
from watcher.model.text import Clause, DocumentText
from watcher.signals.lists import Lists, shipped_lists

Said = Mapping[tuple[str, ...], tuple[Signal, Clause]]
"""The statements of one rule by what they are about."""

_PAYMENT = "signal-rsl-pays"


def judge(comparison: Comparison) -> Judgement:
    """One change for each rule and direction: twenty crawlers that are named at once are one piece of news."""
    lists = shipped_lists()
    changes = [
        change
        for rule in lists.rules
        for change in _changes(_of(comparison.old, rule), _of(comparison.new, rule), lists)
    ]
    return Judgement(tuple(changes), rules=f"{lists.label} {lists.version}")


def findings(text: DocumentText) -> tuple[Finding, ...]:
    """One finding for each judged statement."""
    lists = shipped_lists()
    return tuple(
        _finding([(signal, clause)], ChangeKind.REWORDED, lists)
        for rule in lists.rules
        for signal, clause in _of(text, rule).values()
    )


def _of(text: DocumentText, rule: str) -> Said:
    return {
        (*clause.said.key, *_offer(clause.said)): (clause.said, clause)
        for clause in text.clauses
        if isinstance(clause.said, Signal) and clause.said.rule == rule
    }


def _offer(signal: Signal) -> tuple[str, ...]:
    """Several paid licences of one content stand beside each other."""
    return (signal.detail.split(" ")[0],) if signal.rule == _PAYMENT else ()


def _changes(old: Said, new: Said, lists: Lists) -> Iterator[Change]:
    gained = [new[key] for key in new if key not in old and not _for_all(new[key][0], old)]
    lost = [old[key] for key in old if key not in new and not _for_all(old[key][0], new)]
    if gained:
        kind = ChangeKind.EXPANDED if old else ChangeKind.INTRODUCED
        yield _change(kind, [], gained, lists)
    for key in new:
        step = _step(old[key][0], new[key][0]) if key in old else None
        if step is not None:
            yield _change(step, [old[key]], [new[key]], lists)
    if lost:
        kind = ChangeKind.NARROWED if new else ChangeKind.REMOVED
        yield _change(kind, lost, [], lists)


def _for_all(signal: Signal, others: Said) -> bool:
    """Whether the other side says the same to all crawlers, so that naming one of them more or less changes nothing."""
    everybody = others.get(("*", "*", "/"))
    return bool(signal.owner) and everybody is not None and not everybody[0].partly


def _step(was: Signal, now: Signal) -> ChangeKind | None:
    """How one statement changed that stands on both sides; None when it says the same."""
    if (was.where, was.partly, was.detail) == (now.where, now.partly, now.detail):
        return None
    if not was.owner:
        return ChangeKind.MIXED if was.rule == _PAYMENT else ChangeKind.REWORDED
    if was.partly is not now.partly:
        return ChangeKind.NARROWED if now.partly else ChangeKind.EXPANDED
    before, after = (set(was.where), set(now.where)) if was.where != now.where else _exceptions(was, now)
    if before < after:
        return ChangeKind.EXPANDED
    return ChangeKind.NARROWED if after < before else ChangeKind.MIXED


def _exceptions(was: Signal, now: Signal) -> tuple[set[str], set[str]]:
    """More exceptions forbid less, so the sides are swapped."""
    return set(now.detail.split()), set(was.detail.split())


def _change(
    kind: ChangeKind,
    old: Sequence[tuple[Signal, Clause]],
    new: Sequence[tuple[Signal, Clause]],
    lists: Lists,
) -> Change:
    before = _finding(old, kind, lists) if old else None
    now = _finding(new, kind, lists) if new else None
    stands = now or before
    assert stands is not None
    return Change(
        category=stands.category,
        change=kind,
        severity=stands.severity,
        rule=stands.rule,
        quote=stands.quote,
        previous=before.quote if before and now else None,
        language="und",
        now=now,
        before=before,
    )


def _finding(said: Sequence[tuple[Signal, Clause]], kind: ChangeKind, lists: Lists) -> Finding:
    """The statements as one finding; `recipients` are who or what they are about, as people call it."""
    rule = lists.rules[said[0][0].rule]
    quote = "; ".join(clause.text for _, clause in said)
    conditions = ("exception",) if all(signal.partly for signal, _ in said) else ()
    return Finding(
        category=rule.category,
        rule=rule.id,
        pack=lists.label,
        severity=lists.severity(rule.id, kind),
        quote=quote,
        language="und",
        cues=tuple(_cues(said)),
        clause=said[0][1].key,
        actor="third_party",
        polarity=rule.polarity,
        conditions=conditions,
        recipients=tuple(dict.fromkeys(signal.name for signal, _ in said)),
    )


def _cues(said: Sequence[tuple[Signal, Clause]]) -> Iterator[Cue]:
    """Where in the quote the words stand that say it: the crawler, or the token."""
    at = 0
    for signal, clause in said:
        found = clause.text.find(signal.about)
        if found >= 0:
            label = "crawler" if signal.owner or signal.about == "*" else "signal"
            yield Cue(at + found, at + found + len(signal.about), label)
        at += len(clause.text) + 2
