"""Which change is told first."""

from collections.abc import Iterable

from watcher.model.finding import SEVERITIES, Change, Tone

_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Most severe first; of equal severity harm first, else in the order given."""
    return tuple(sorted(changes, key=lambda c: (-SEVERITIES.index(c.severity), _TONES.index(c.tone))))
