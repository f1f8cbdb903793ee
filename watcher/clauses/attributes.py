"""How the meaning of one clause changed: the attributes of its finding before and now."""

from collections.abc import Sequence

from watcher.clauses.lists import coverage
from watcher.clauses.scope import breadth
from watcher.model.finding import Category, ChangeKind, Finding

_PERMISSIONS = (Category.TRAINING_GRANT, Category.THIRD_PARTY_TRAINING)
_REFUSALS = frozenset({"opt_out", "opt_in", "consent"})
_BY_REFUSAL = frozenset({"choice", "only", "only_with_consent"})
_CLOSE = 40
"""Characters between "unless" and the refusal that it belongs to."""
_LOOSENING = frozenset({"exception"})
_KINDS = frozenset({"generative"})
"""Purposes that say which AI is meant. Of the others none at all means any: to name one is no gain."""
_TRAIN = "train"


def compare(
    was: Finding, now: Finding, kept: frozenset[str] = frozenset(), beside: str = ""
) -> tuple[ChangeKind, tuple[str, ...]]:
    """How the meaning changed, with stable words for why: "recipients+third_party".

    `kept` are values ("objects content") that the category has before and after, whatever this sentence says of them;
    `beside` are its other sentences.
    """
    wider: list[str] = []
    narrower: list[str] = []
    for name in compared(was.category):
        before, after = values(was, name), values(now, name)
        for sign, found, side in (
            ("+", gained(name, before, after), wider),
            ("-", lost(name, before, after), narrower),
        ):
            side += [f"{name}{sign}{each}" for each in sorted(found) if f"{name} {each}" not in kept]
    plain = not wider and not narrower
    eased, bound = _conditions(was, now)
    wider += eased
    narrower += bound
    if strong(now) and not strong(was):
        wider.append("acts+train")
    if strong(was) and not strong(now):
        narrower.append("acts-train")
    if not wider and not narrower and (listed := coverage(was, now, beside)) is not None:
        return listed[1], (listed[0],)
    if plain and (worded := breadth(was, now)) is not None:
        reason, kind = worded
        (wider if kind is ChangeKind.EXPANDED else narrower).append(reason)
    return direction(wider, narrower), tuple(wider + narrower)


def direction(wider: Sequence[str], narrower: Sequence[str]) -> ChangeKind:
    """What reasons for both directions make of a change."""
    if wider and narrower:
        return ChangeKind.MIXED
    if wider:
        return ChangeKind.EXPANDED
    return ChangeKind.NARROWED if narrower else ChangeKind.REWORDED


def _conditions(was: Finding, now: Finding) -> tuple[list[str], list[str]]:
    """What eases and what binds a clause. A bound permission is narrower; so is a promise that gains an exception."""
    before, after = binding(was), binding(now)
    eased = [f"conditions-{each}" for each in sorted(before - after)]
    bound = [f"conditions+{each}" for each in sorted(after - before)]
    if restricts(was.category):
        return eased, bound
    if was.category == Category.TRAINING_COMMITMENT and bool(before) != bool(after):
        # A promise without conditions holds for everything.
        return eased, bound
    return (
        [each for each in eased if each.split("-")[1] in _LOOSENING],
        [each for each in bound if each.split("+")[1] in _LOOSENING],
    )


def binding(finding: Finding) -> frozenset[str]:
    """The conditions of a finding without those that only word a way to refuse: "unless you choose to opt out"."""
    found = frozenset(finding.conditions)
    if restricts(finding.category) and "exception" not in found:
        # "We may use your songs and private messages": what is named is used, not spared.
        found -= {"private"}
    if not found & _REFUSALS:
        return found
    refusals = [cue for cue in finding.cues if cue.label.replace(" ", "_") in _REFUSALS]
    exceptions = [cue for cue in finding.cues if cue.label == "exception"]
    # "unless you have objected" is one cue for both: no refusal then stands by itself.
    only = not refusals or all(
        any(exception.start <= refusal.start <= exception.end + _CLOSE for refusal in refusals)
        for exception in exceptions
    )
    return found - _BY_REFUSAL - ({"exception"} if only else set())


def compared(category: str) -> tuple[str, ...]:
    """The attributes that make a category wider. For what a promise is made hardly changes it.

    What a way to refuse stands beside is no measure of it.
    """
    if category == Category.TRAINING_CHOICE:
        return ()
    return ("objects", "purposes", "recipients") if restricts(category) else ("objects", "recipients")


def restricts(category: str) -> bool:
    """Whether a category is a permission, which conditions make smaller."""
    return category in _PERMISSIONS or category.startswith("licence_")


def strong(finding: Finding) -> bool:
    """Whether a finding speaks of training, not only of developing."""
    return any(cue.label.split(" ")[0].startswith(_TRAIN) for cue in finding.cues)


def values(finding: Finding, name: str) -> frozenset[str]:
    """The values of an attribute that count when two findings are compared."""
    return frozenset(getattr(finding, name)) - {"unspecified", "supplier"}


def gained(name: str, before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """What one side has of an attribute and the other had not.

    Where no purposes were named all were meant: to name one is no gain.
    """
    return after - before if before or name != "purposes" else after & _KINDS


def lost(name: str, before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """What one side had of an attribute and the other has not.

    A side without objects says "it" or "this" and points to what was named before; one without purposes is for any.
    """
    if after or name not in ("objects", "purposes"):
        return before - after
    return before & _KINDS if name == "purposes" else frozenset()
