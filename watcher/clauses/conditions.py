"""Under which conditions something is said: consent, ways to refuse, exceptions, and who or what is left out."""

from collections.abc import Iterator

from watcher.clauses.acts import Act
from watcher.clauses.matching import Mark, Reading

REACH = 70
"""Tokens from an act within which a condition belongs to it."""
_KNOWN = frozenset({"consent", "opt_out", "opt_in", "choice", "exception", "only"})


def named(reading: Reading, act: Act, cues: list[tuple[Mark, str]]) -> Iterator[str]:
    """The conditions near an act, each once; the marks that name them are added to `cues`."""
    seen: set[str] = set()
    for mark in (*reading.marks, *reading.attributes):
        if mark.end <= reading.begin and mark not in reading.attributes:
            continue
        if max(act.start - mark.end, mark.start - act.end, 0) > REACH:
            continue
        for label in sorted(mark.labels):
            name = label.removeprefix("condition_")
            if (label in _KNOWN or name != label) and name not in seen:
                seen.add(name)
                cues.append((mark, name.replace("_", " ")))
                yield name
