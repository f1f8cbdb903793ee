"""Where a service's terms say one thing about AI and its signals for machines another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from watcher.model.finding import Category, Finding
from watcher.model.report import StandingSignal

ContradictionKind = Literal[
    "permits_but_keeps_out", "shares_but_keeps_out", "promises_but_lets_in", "forbids_but_lets_in"
]

_KEEPS_OUT = frozenset(
    {
        "signal-robots-forbids", "signal-usage-forbids", "signal-tdm-reserved", "signal-rsl-forbids",
        "signal-aitxt-forbids", "signal-noai",
    }
)  # fmt: skip
_LETS_IN = frozenset(
    {"signal-robots-admits", "signal-usage-allows", "signal-tdm-open", "signal-rsl-free", "signal-aitxt-allows"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the terms say (`findings`) against what machines are told (`signals`).

    `permits_but_keeps_out`: the terms let the service train, and the signals keep out everybody else;
    `shares_but_keeps_out`: they let others train, and the signals forbid it; `promises_but_lets_in`: they promise not
    to train, and the signals let AI crawlers in; `forbids_but_lets_in`: they forbid others what the signals allow.
    """

    kind: ContradictionKind
    findings: tuple[Finding, ...]
    signals: tuple[StandingSignal, ...]


def contradictions(
    findings: Iterable[Finding], signals: Sequence[StandingSignal]
) -> tuple[Contradiction, ...]:
    """The contradictions of one service: what its standing terms say, and its standing signals.

    Signals that both keep out and let in contradict only themselves: then there is none.
    """
    return tuple(_found(tuple(findings), signals))


def _found(findings: Sequence[Finding], signals: Sequence[StandingSignal]) -> Iterator[Contradiction]:
    out = tuple(one for one in signals if one.signal.rule in _KEEPS_OUT and not one.signal.partly)
    let_in = tuple(one for one in signals if one.signal.rule in _LETS_IN)

    def said(category: Category, *polarities: str) -> tuple[Finding, ...]:
        return tuple(f for f in findings if f.category == category and f.polarity in polarities)

    if out and not let_in:
        if permitted := said(Category.TRAINING_GRANT, "permitted", "required"):
            yield Contradiction("permits_but_keeps_out", permitted, out)
        if shared := said(Category.THIRD_PARTY_TRAINING, "permitted"):
            yield Contradiction("shares_but_keeps_out", shared, out)
    if let_in and not out:
        if promised := said(Category.TRAINING_COMMITMENT, "denied"):
            yield Contradiction("promises_but_lets_in", promised, let_in)
        if forbidden := said(Category.TRAINING_RESTRICTION, "denied"):
            yield Contradiction("forbids_but_lets_in", forbidden, let_in)
