"""Which change is told first."""

from collections.abc import Iterable

from watcher.model.finding import SEVERITIES, Change, Tone

_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What matters before what is only reworded, then the most severe first; of equal severity harm first."""
    return tuple(sorted(changes, key=lambda c: (not c.change.matters, *_weight(c))))


def _weight(change: Change) -> tuple[int, int]:
    return -SEVERITIES.index(change.severity), _TONES.index(change.tone)
