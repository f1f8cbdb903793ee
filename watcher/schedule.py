"""When a document is due, and the daemon that checks each one at its own time.

A schedule is "every 6 hours", a word such as "daily", or a crontab expression of five fields (POSIX crontab, with the
names, steps and `7` for Sunday of Vixie cron) in the document's time zone. APScheduler reckons and waits; it is
imported only where it is needed.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

_UNITS: Final = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
_WORDS: Final = {"hourly": "every hour", "daily": "every day", "weekly": "every week"}
_EVERY: Final = re.compile(r"every\s+(?:(\d{1,6})\s+)?(minute|hour|day|week)s?")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIELDS: Final = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
# Files beside the tz database's zones, which mean another time on another machine.
_NO_PLACES: Final = frozenset({"localtime", "posixrules", "Factory"})
_HINT: Final = 'write "every 6 hours", "daily" or five crontab fields such as "30 7 * * mon-fri"'


@dataclass(frozen=True, slots=True)
class Every:
    """Again so long after the last check."""

    step: timedelta


@dataclass(frozen=True, slots=True)
class Cron:
    """The values of each crontab field; `either` says that the day or the weekday suffices, as crontab has it."""

    minute: frozenset[int]
    hour: frozenset[int]
    day: frozenset[int]
    month: frozenset[int]
    weekday: frozenset[int]
    either: bool


@lru_cache(maxsize=1024)
def parse(schedule: str) -> Every | Cron:
    """A schedule as written in the config; ValueError with a sentence that says what is wrong with it."""
    text = " ".join(schedule.lower().split())
    every = _EVERY.fullmatch(_WORDS.get(text, text))
    if every:
        minutes = int(every[1] or 1) * _UNITS[every[2]]
        if not 1 <= minutes <= 366 * 24 * 60:
            raise ValueError(f"the schedule {schedule!r} must lie between a minute and a year")
        return Every(timedelta(minutes=minutes))
    parts = text.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(f"the schedule {schedule!r} is not understood: {_HINT}")
    minute, hour, day, month, weekday = (
        _values(part, *field) for part, field in zip(parts, _FIELDS, strict=True)
    )
    either = not (parts[2].startswith("*") or parts[4].startswith("*"))
    if not either and all(min(day) > _LONGEST[each - 1] for each in month):
        raise ValueError(f"the schedule {schedule!r} names a day that its months do not have")
    return Cron(minute, hour, day, month, frozenset(each % 7 for each in weekday), either)


def _values(text: str, name: str, low: int, high: int) -> frozenset[int]:
    values: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/(\d{1,3}))?", part)
        if not match:
            raise ValueError(f"{part!r} is no {name} of a crontab expression: {_HINT}")
        star, first, last, step = match.groups()
        start = low if star else _number(first, name, low, high)
        # "5/15" means from 5 to the end in steps of 15; a lone "5" means itself.
        end = _number(last, name, low, high) if last else high if star or step else start
        if star and name == "weekday":
            end = 6
        if end < start:
            raise ValueError(f"the {name} range {part!r} runs backwards: write it as two, joined by a comma")
        if step and int(step) == 0:
            raise ValueError(f"the {name} {part!r} has a step of nothing: {_HINT}")
        values.update(range(start, end + 1, int(step or 1)))
    return frozenset(values)


def _number(text: str, name: str, low: int, high: int) -> int:
    names = {"month": _MONTHS, "weekday": _DAYS}.get(name, ())
    if text[:3] in names and text.isalpha():
        return names.index(text[:3]) + low
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(
            f"{text!r} is no {name} of a crontab expression, it runs from {low} to {high}: {_HINT}"
        )
    return int(text)


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name such as "Europe/Rome"; ValueError with a sentence when there is none."""
    if name.upper() == "UTC":
        return UTC  # known even where the system carries no time zone database
    try:
        if name in _NO_PLACES:
            raise ValueError
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no time zone is named {name!r}: write one such as Europe/Rome or UTC") from None


def next_check(schedule: str, timezone: str, last: datetime | None, now: datetime) -> datetime:
    """When a document checked at `last` is due, in UTC; not after `now` means now. Never checked means `now`.

    A cron time that passed since `last` counts, so what was missed is caught up with. Raises ValueError as `parse`
    and `zone` do.
    """
    plan = parse(schedule)
    where = zone(timezone)
    if last is None:
        return now.astimezone(UTC)
    last = min(last, now)  # a clock that was ahead must not put a document off
    if isinstance(plan, Every):
        return last.astimezone(UTC) + plan.step
    # Added in UTC: a sum in local time forgets which of two hours it was when clocks went back.
    after = (last.astimezone(UTC) + timedelta(microseconds=1)).astimezone(where)
    due: datetime = _trigger(plan, where).get_next_fire_time(None, after)
    return due.astimezone(UTC)


@lru_cache(maxsize=256)
def _trigger(plan: Cron, where: tzinfo) -> Any:
    from apscheduler.triggers.combining import OrTrigger
    from apscheduler.triggers.cron import CronTrigger

    common = {
        "minute": _list(plan.minute),
        "hour": _list(plan.hour),
        "month": _list(plan.month),
        "timezone": where,
    }
    # APScheduler 3 counts weekdays from Monday and wants day and weekday both; crontab does neither.
    by_name = ",".join(_DAYS[each] for each in sorted(plan.weekday))
    if not plan.either:
        return CronTrigger(day=_list(plan.day), day_of_week=by_name, **common)
    return OrTrigger([CronTrigger(day=_list(plan.day), **common), CronTrigger(day_of_week=by_name, **common)])


def _list(values: Iterable[int]) -> str:
    return ",".join(str(each) for each in sorted(values))


@dataclass(frozen=True, slots=True)
class Job:
    """Something the daemon does again and again: `run` is awaited whenever `schedule` says; `last` it was done."""

    key: str
    schedule: str
    timezone: str
    run: Callable[[], Awaitable[None]]
    last: datetime | None = None


async def serve(
    jobs: Iterable[Job],
    stop: asyncio.Event,
    *,
    chance: random.Random,
    jitter: float = 60.0,
    at_once: int = 8,
) -> None:
    """The daemon: runs each job at its own times until `stop` is set, then lets running ones finish and returns.

    What is overdue runs at once. Each time is put off by up to `jitter` seconds, never by more than a tenth of the
    wait, so that documents of one schedule spread out. Times missed while the machine slept become one run, a job
    never runs beside itself, and at most `at_once` run together. An exception of a run is logged with its job and the
    job comes again.
    """
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    room = asyncio.Semaphore(at_once)
    running: set[asyncio.Task[Any]] = set()

    async def run(job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            async with room:
                if not stop.is_set():
                    await job.run()
        finally:
            running.discard(task)

    scheduler = AsyncIOScheduler(timezone=UTC)
    trigger = _spread_trigger()
    for job in jobs:
        scheduler.add_job(
            run,
            trigger(job, chance, jitter),
            args=[job],
            id=job.key,
            name=job.key,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        await stop.wait()
        scheduler.pause()
        await asyncio.sleep(
            0
        )  # lets what APScheduler handed over in this very moment begin, see `stop`, and end
        while running:
            await asyncio.wait(set(running))
    finally:
        scheduler.shutdown(wait=False)


@lru_cache(maxsize=1)
def _spread_trigger() -> Callable[[Job, random.Random, float], Any]:
    """A trigger class that asks `next_check`, so that the daemon and a run from cron agree on what is due."""
    from apscheduler.triggers.base import BaseTrigger

    class SpreadTrigger(BaseTrigger):  # type: ignore[misc]
        def __init__(self, job: Job, chance: random.Random, jitter: float) -> None:
            self.job, self.chance, self.jitter = job, chance, jitter

        def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
            job = self.job
            due = max(next_check(job.schedule, job.timezone, previous or job.last, now), previous or now)
            wait = (due - (previous or now)).total_seconds()
            return due + timedelta(seconds=self.chance.uniform(0, min(self.jitter, wait / 10)))

    return SpreadTrigger
