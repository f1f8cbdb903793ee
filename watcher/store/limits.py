"""How often something may be asked for, counted for all processes together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, insert, select

from watcher.store import schema


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within any stretch of `within`, for everything that shares `key` (at most 64 characters)."""

    key: str
    most: int
    within: timedelta


class Limits:
    """Counts in the database, so that several servers and restarts share one count."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine.execution_options(write=True)

    def take(self, limits: Sequence[Limit], now: datetime) -> datetime | None:
        """Count one more towards each limit, unless one is reached: then nothing counts, and when there is room again.

        Looking and counting are one transaction: two who ask at the same time are never both the last one.
        """
        table = schema.asked
        with self._writing.begin() as connection:
            free: list[datetime] = [
                oldest + limit.within
                for limit in limits
                for count, oldest in connection.execute(
                    select(func.count(), func.min(table.c.at)).where(
                        table.c.key == limit.key, table.c.at > now - limit.within
                    )
                )
                if count >= limit.most
            ]
            if free:
                return max(free)
            connection.execute(insert(table), [{"key": limit.key, "at": now} for limit in limits])
        return None

    def forget(self, before: datetime) -> None:
        """Drop what was counted before a moment."""
        with self._writing.begin() as connection:
            connection.execute(delete(schema.asked).where(schema.asked.c.at < before))
