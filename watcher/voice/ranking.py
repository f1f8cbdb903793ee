"""Which change is told first."""

from collections.abc import Iterable

from watcher.model.finding import SEVERITIES, Change, Tone

_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What matters before what is only reworded, then the most severe first; of equal severity harm first."""
    return tuple(sorted(changes, key=rank))


def rank(change: Change) -> tuple[bool, int, int]:
    """What `ranked` sorts by: smaller is told earlier."""
    return not change.change.matters, *_weight(change)


def _weight(change: Change) -> tuple[int, int]:
    return -SEVERITIES.index(change.severity), _TONES.index(change.tone)
