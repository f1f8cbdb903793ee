"""Which change is told first."""

from collections.abc import Iterable

from watcher.model.finding import SEVERITIES, Change, Tone

_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Most severe first; of equal severity harm first, else in the order given."""
    return tuple(sorted(changes, key=rank))


def rank(change: Change) -> tuple[int, int]:
    """What `ranked` sorts by: smaller is told earlier."""
    return -SEVERITIES.index(change.severity), _TONES.index(change.tone)
