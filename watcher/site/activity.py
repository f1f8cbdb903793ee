"""The strip of activity: how many changes that matter came in each week."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from watcher.model.finding import Tone
from watcher.model.report import Glimpse

WEEKS = 26
_HEIGHT = 48
_STEP = 12
_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of one week's column, in the drawing's units from its top left."""

    tone: Tone
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday `start`, with its number of events; `middle` and `top` are where its label goes."""

    start: date
    count: int
    middle: int
    top: float


@dataclass(frozen=True, slots=True)
class Activity:
    """The last 26 weeks, this one included."""

    weeks: tuple[Week, ...]
    bars: tuple[Bar, ...]
    width: int = WEEKS * _STEP
    height: int = _HEIGHT
    bar: int = _STEP - 4

    @property
    def total(self) -> int:
        """Events in all weeks."""
        return sum(week.count for week in self.weeks)

    @property
    def busy(self) -> tuple[Week, ...]:
        """The weeks in which anything came, the latest first."""
        return tuple(week for week in reversed(self.weeks) if week.count)

    @property
    def busiest(self) -> Week:
        """The week with most events, the latest of several."""
        return max(self.weeks, key=lambda week: (week.count, week.start))


def begins(now: datetime) -> datetime:
    """When the first of the weeks begins."""
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    return monday - timedelta(weeks=WEEKS - 1)


def activity(events: Iterable[Glimpse], now: datetime) -> Activity:
    """Count events by week and by the tone of their weightiest change."""
    first = begins(now).date()
    starts = [first + timedelta(weeks=on) for on in range(WEEKS)]
    counts: Counter[tuple[date, Tone]] = Counter()
    for event in events:
        seen = event.seen_at.astimezone(now.tzinfo).date()
        counts[seen - timedelta(days=seen.weekday()), event.lead[2]] += 1
    totals = [sum(counts[start, tone] for tone in _TONES) for start in starts]
    unit = _HEIGHT / max(4, *totals)
    weeks = tuple(
        Week(start, total, at * _STEP + _STEP // 2, round(_HEIGHT - total * unit, 2))
        for at, (start, total) in enumerate(zip(starts, totals, strict=True))
    )
    return Activity(weeks, tuple(_bars(starts, counts, unit)))


def _bars(starts: Sequence[date], counts: Counter[tuple[date, Tone]], unit: float) -> Iterable[Bar]:
    for at, start in enumerate(starts):
        y = float(_HEIGHT)
        for tone in _TONES:
            if height := round(counts[start, tone] * unit, 2):
                y = round(y - height, 2)
                yield Bar(tone, at * _STEP + 2, y, height)
