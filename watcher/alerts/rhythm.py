"""When a subscriber is told: at once, or in a digest at an hour of her own time zone."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from watcher.model.alert import Subscriber

_MONDAY = 0


def next_digest(subscriber: Subscriber, after: datetime) -> datetime:
    """The first digest time after a moment, in UTC: her hour every day, or every Monday.

    On the day that clocks are put forward, an hour that does not exist is taken an hour later; on the day that they
    are put back, an hour that comes twice is taken the first time. So each day has exactly one (PEP 495, fold=0).
    """
    where = zone(subscriber.timezone)
    day = after.astimezone(where).date()
    while True:
        there = datetime(day.year, day.month, day.day, min(subscriber.hour, 23), tzinfo=where)
        at = there.astimezone(UTC)
        if at > after and (subscriber.rhythm != "weekly" or day.weekday() == _MONDAY):
            return at
        day += timedelta(days=1)


@lru_cache(maxsize=700)
def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; UTC for one that is not known here any more, so that nobody goes untold."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
