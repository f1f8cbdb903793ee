"""Titles that name a topic and say nothing of it: "AI features, training, and your data"."""

from watcher.clauses.acts import Act
from watcher.clauses.matching import Reading
from watcher.clauses.stance import Stance

_SHORT = 14
"""Tokens that a title has at most."""
_ENDS = frozenset(".;:!?")


def announces(reading: Reading, act: Act, held: Stance, *, heading: bool) -> bool:
    """Whether a sentence says something of its act: by a cue, by a verb with its object, or as what data are for.

    A heading that does none of these only names its topic. So does a line that merely lists: "AI features, training".
    """
    if held.cues or reading.begin or (act.other is None and not heading):
        return True
    if heading and "train_set" in act.head.labels and act.end - act.start >= len(reading.doc) - 1:
        return False
    if act.other is not None and act.other.start >= act.head.end:
        return True
    if "train_alone" in act.head.labels or _for(reading, act):
        return True
    return not heading and not _listed(reading, act)


def _for(reading: Reading, act: Act) -> bool:
    """Whether the act is what something is for or about: "your data for AI training"."""
    before = reading.at.get(act.head.start - 1)
    return any(
        mark is not None and "preposition" in mark.labels for mark in (before, reading.at.get(act.start - 1))
    )


def _listed(reading: Reading, act: Act) -> bool:
    """Whether a short line without an end names the act's two words beside each other."""
    doc, other = reading.doc, act.other
    if other is None or len(doc) > _SHORT or doc[-1].text in _ENDS:
        return False
    between = range(other.end, act.head.start)
    return any(
        doc[at].text == "," or (at in reading.at and "joint" in reading.at[at].labels) for at in between
    )
