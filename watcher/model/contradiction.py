"""Where a service's terms say one thing about AI and what it tells machines another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from watcher.model.finding import Category, Finding

ContradictionKind = Literal[
    "permits_but_keeps_out", "shares_but_keeps_out", "promises_but_lets_in", "forbids_but_lets_in"
]

SIGNAL = "signal-"
"""What the ids of rules for machines begin with."""

_KEEPS_OUT = frozenset(
    {
        "signal-robots-forbids", "signal-usage-forbids", "signal-tdm-reserved", "signal-rsl-forbids",
        "signal-aitxt-forbids", "signal-noai",
    }
)  # fmt: skip
_LETS_IN = frozenset(
    {
        "signal-robots-admits",
        "signal-usage-allows",
        "signal-tdm-open",
        "signal-rsl-free",
        "signal-aitxt-allows",
    }
)


class Said(Protocol):
    """Anything that carries the rule of a finding."""

    @property
    def rule(self) -> str:
        """The rule's id."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the terms say against what machines are told.

    `permits_but_keeps_out`: the terms let the service train, and machines are told that nobody else may;
    `shares_but_keeps_out`: they let others train, and machines are told that they may not; `promises_but_lets_in`:
    they promise not to train, and AI crawlers are let in; `forbids_but_lets_in`: they forbid others what machines are
    told they may.
    """

    kind: ContradictionKind
    terms: tuple[Finding, ...]
    signals: tuple[Finding, ...]


def may_contradict(said: Iterable[Said]) -> bool:
    """Whether it is worth looking: there are words of terms, and words for machines that say one thing only."""
    rules = {one.rule for one in said}
    signals = rules & (_KEEPS_OUT | _LETS_IN)
    return bool(signals) and any(not rule.startswith(SIGNAL) for rule in rules)


def contradictions(said: Iterable[Finding]) -> tuple[Contradiction, ...]:
    """The contradictions in all that the documents of one service say now.

    A ban that covers a part only contradicts nothing, and signals that both keep out and let in only themselves.
    """
    every = tuple(said)
    terms = [one for one in every if not one.rule.startswith(SIGNAL)]
    return tuple(_found(terms, [one for one in every if one.rule.startswith(SIGNAL)]))


def _found(terms: list[Finding], signals: list[Finding]) -> Iterator[Contradiction]:
    out = tuple(one for one in signals if one.rule in _KEEPS_OUT and "exception" not in one.conditions)
    let_in = tuple(one for one in signals if one.rule in _LETS_IN)

    def said(category: Category, *polarities: str) -> tuple[Finding, ...]:
        return tuple(f for f in terms if f.category == category and f.polarity in polarities)

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
