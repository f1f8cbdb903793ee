"""Under which conditions something is said: consent, ways to refuse, exceptions, and who or what is left out."""

from collections.abc import Iterator
from itertools import chain

from watcher.clauses.acts import Act
from watcher.clauses.matching import Mark, Reading

REACH = 70
"""Tokens from an act within which a condition belongs to it."""
_OWN = "condition_"
_KNOWN = frozenset({"consent", "opt_out", "opt_in", "choice", "exception", "only"})


def named(reading: Reading, act: Act, cues: list[tuple[Mark, str]]) -> Iterator[str]:
    """The conditions near an act, each once; the marks that name them are added to `cues`."""
    start, end = act.start, act.end
    seen: set[str] = set()
    own = (mark for mark in reading.marks if mark.end > reading.begin)
    for mark in chain(own, reading.attributes):
        if mark.labels.isdisjoint(_KNOWN) and not any(label.startswith(_OWN) for label in mark.labels):
            continue
        if start - mark.end > REACH or mark.start - end > REACH:
            continue
        for label in sorted(mark.labels):
            name = label.removeprefix(_OWN)
            if (label in _KNOWN or name != label) and name not in seen:
                seen.add(name)
                cues.append((mark, name.replace("_", " ")))
                yield name
