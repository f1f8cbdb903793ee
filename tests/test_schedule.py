"""When a document is due, and a daemon that checks each one at its own time and stops cleanly."""

import asyncio
import logging
import random
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watcher import schedule
from watcher.schedule import Every, Job, next_check, parse, serve, zone

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


def cron_times(expression: str, after: datetime, count: int, timezone: str = "UTC") -> list[str]:
    times = []
    last = after
    for _ in range(count):
        last = next_check(expression, timezone, last, last)
        times.append(last.strftime("%a %m-%d %H:%M"))
    return times


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("every 6 hours", 360),
        ("every 30 minutes", 30),
        ("Every  hour", 60),
        ("hourly", 60),
        ("daily", 1440),
        ("every 2 days", 2880),
        ("weekly", 10080),
    ],
)
def test_an_interval_is_written_in_words(written, minutes):
    assert parse(written) == Every(timedelta(minutes=minutes))
    assert next_check(written, "UTC", NOON, NOON) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("every 0 minutes", "between a minute and a year"),
        ("every 500 days", "between a minute and a year"),
        ("sometimes", "is not understood"),
        ("", "is not understood"),
        ("every 6 fortnights", "is not understood"),
        ("0 6 * *", "is not understood"),
        ("0 6 * * * *", "is not understood"),
        ("60 6 * * *", "'60' is no minute of a crontab expression, it runs from 0 to 59"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 6 0 * *", "'0' is no day"),
        ("0 6 * 13 *", "'13' is no month"),
        ("0 6 * * 8", "'8' is no weekday"),
        ("0 6 * * mondayish-", "is no weekday"),
        ("0 6-3 * * *", "runs backwards"),
        ("*/0 * * * *", "a step of nothing"),
        ("0 0 31 feb,apr *", "a day that its months do not have"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_a_plain_sentence(written, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        parse(written)


@given(st.text(alphabet="0123456789*/-, monevryhus", max_size=20))
def test_any_text_is_a_schedule_or_refused_with_a_sentence(text):
    try:
        parse(text)
    except ValueError as error:
        assert len(str(error)) > 20


def test_a_document_never_checked_is_due_now():
    assert next_check("every 6 hours", "UTC", None, NOON) == NOON
    assert next_check("0 7 1 1 *", "UTC", None, NOON) == NOON


def test_what_was_missed_is_overdue_and_not_skipped():
    assert next_check("every 6 hours", "UTC", NOON - timedelta(days=3), NOON) < NOON
    assert next_check("0 6 * * *", "UTC", NOON - timedelta(days=1), NOON) == NOON.replace(hour=6)


def test_a_check_in_the_future_does_not_put_a_document_off():
    assert next_check("every hour", "UTC", NOON + timedelta(days=900), NOON) == NOON + timedelta(hours=1)


def test_crontab_counts_weekdays_from_sunday():
    assert cron_times("30 7 * * 1-5", NOON, 5) == [
        "Tue 03-03 07:30",
        "Wed 03-04 07:30",
        "Thu 03-05 07:30",
        "Fri 03-06 07:30",
        "Mon 03-09 07:30",
    ]
    assert cron_times("0 0 * * 0", NOON, 1) == cron_times("0 0 * * 7", NOON, 1) == ["Sun 03-08 00:00"]
    assert cron_times("0 0 * * mon,SAT", NOON, 2) == ["Sat 03-07 00:00", "Mon 03-09 00:00"]
    assert cron_times("0 0 * * */3", NOON, 3) == ["Wed 03-04 00:00", "Sat 03-07 00:00", "Sun 03-08 00:00"]


def test_crontab_takes_the_day_or_the_weekday_when_both_are_named():
    assert cron_times("0 0 13 * fri", NOON, 3) == ["Fri 03-06 00:00", "Fri 03-13 00:00", "Fri 03-20 00:00"]
    assert cron_times("0 0 4 * fri", NOON, 2) == ["Wed 03-04 00:00", "Fri 03-06 00:00"]


def test_crontab_steps_ranges_and_names():
    assert cron_times("*/20 12 * * *", NOON, 3) == ["Mon 03-02 12:20", "Mon 03-02 12:40", "Tue 03-03 12:00"]
    assert cron_times("5/30 13-14 * * *", NOON, 3) == [
        "Mon 03-02 13:05",
        "Mon 03-02 13:35",
        "Mon 03-02 14:05",
    ]
    assert cron_times("0 9 1 jun-aug *", NOON, 2) == ["Mon 06-01 09:00", "Wed 07-01 09:00"]


def test_a_cron_time_is_reckoned_in_the_time_zone_of_the_document():
    winter, summer = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 6, tzinfo=UTC)
    assert next_check("0 7 * * *", "Europe/Rome", winter, winter) == winter.replace(hour=6)
    assert next_check("0 7 * * *", "Europe/Rome", summer, summer) == summer.replace(hour=5)


@given(
    st.sampled_from(
        ["every 7 minutes", "daily", "*/7 * * * *", "30 2 * * *", "0 0 29 2 *", "0 12 1 * mon"],
    ),
    st.sampled_from(["UTC", "Europe/Rome", "America/New_York", "Australia/Lord_Howe"]),
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)),  # noqa: DTZ001
)
@example("*/7 * * * *", "Europe/Rome", datetime(2020, 10, 25, 1))  # noqa: DTZ001
@example("*/7 * * * *", "Australia/Lord_Howe", datetime(2024, 4, 6, 15, 10))  # noqa: DTZ001
def test_the_next_time_is_always_later_than_the_last_also_when_clocks_change(written, timezone, naive):
    last = naive.replace(tzinfo=UTC)
    times = [last]
    for _ in range(3):
        times.append(next_check(written, timezone, times[-1], times[-1]))
    assert all(later > earlier for earlier, later in pairwise(times))


@pytest.mark.parametrize("name", ["Europe/Atlantis", "localtime", "", "/etc/passwd", "../x", "CET+1\0"])
def test_an_unknown_time_zone_is_refused_with_a_plain_sentence(name):
    with pytest.raises(ValueError, match="no time zone is named"):
        zone(name)


def test_reading_schedules_does_not_import_apscheduler():
    code = (
        "import sys, watcher.schedule as s; s.parse('0 7 * * mon'); s.zone('UTC');"
        "assert not any(name.startswith('apscheduler') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


async def bounded(what: Awaitable[None]) -> None:
    await asyncio.wait_for(what, timeout=10)


def job(key: str, run: Callable[[], Awaitable[None]], last: datetime | None = None) -> Job:
    return Job(key, "every 6 hours", "UTC", run, last)


def daemon(jobs: list[Job], stop: asyncio.Event, **options) -> asyncio.Task[None]:
    return asyncio.create_task(serve(jobs, stop, chance=random.Random(7), **options))


async def test_overdue_documents_are_checked_at_once_and_others_are_not():
    stop, seen = asyncio.Event(), set()
    now = datetime.now(UTC)

    def check(key: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            seen.add(key)
            if len(seen) == 2:
                stop.set()

        return run

    await bounded(
        serve(
            [
                job("fresh", check("fresh"), last=now),
                job("never", check("never")),
                job("overdue", check("overdue"), last=now - timedelta(days=2)),
            ],
            stop,
            chance=random.Random(7),
        )
    )
    assert seen == {"never", "overdue"}


async def test_a_stop_lets_the_running_document_finish_and_starts_no_other():
    stop, started, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    finished: list[str] = []

    def check(key: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            started.set()
            await go_on.wait()
            finished.append(key)

        return run

    task = daemon([job("first", check("first")), job("second", check("second"))], stop, at_once=1)
    await bounded(started.wait())
    stop.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    await bounded(task)
    assert len(finished) == 1


async def test_a_stop_before_the_start_runs_nothing(caplog):
    stop = asyncio.Event()
    stop.set()

    async def never() -> None:
        raise AssertionError

    with caplog.at_level(logging.WARNING):
        await bounded(serve([job("a", never)], stop, chance=random.Random(7)))
    assert caplog.records == []


async def test_a_failing_document_is_logged_and_the_others_go_on(caplog):
    stop = asyncio.Event()

    async def fail() -> None:
        raise RuntimeError("broken")

    async def good() -> None:
        stop.set()

    await bounded(serve([job("bad", fail), job("good", good)], stop, chance=random.Random(7), at_once=1))
    assert any("bad" in record.getMessage() for record in caplog.records)


async def test_a_document_never_runs_beside_itself_and_missed_times_become_one(monkeypatch, caplog):
    monkeypatch.setattr(
        schedule,
        "next_check",
        lambda _schedule, _zone, last, now: now if last is None else last + timedelta(milliseconds=2),
    )
    stop, ticked, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    at_once = most = runs = ticks = 0

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 10:
            ticked.set()

    async def slow() -> None:
        nonlocal at_once, most, runs
        at_once += 1
        most, runs = max(most, at_once), runs + 1
        await go_on.wait()
        at_once -= 1
        if runs == 3:
            stop.set()

    caplog.set_level(logging.CRITICAL, "apscheduler")
    task = daemon([job("tick", tick), job("slow", slow)], stop)
    await bounded(ticked.wait())
    assert runs == 1
    go_on.set()
    await bounded(task)
    assert most == 1
    assert runs >= 3


def test_times_are_spread_by_at_most_the_jitter_and_a_tenth_of_the_wait():
    make = schedule._spread_trigger()
    chance = random.Random(3)

    async def nothing() -> None: ...

    six = make(job("a", nothing, last=NOON), chance, 60.0)
    delays = {
        (six.get_next_fire_time(None, NOON) - NOON - timedelta(hours=6)).total_seconds() for _ in range(50)
    }
    assert 0 <= min(delays) < 20
    assert 40 < max(delays) <= 60
    minute = make(Job("b", "every minute", "UTC", nothing, NOON), chance, 60.0)
    assert all(60 <= (minute.get_next_fire_time(None, NOON) - NOON).total_seconds() <= 66 for _ in range(50))
    assert six.get_next_fire_time(NOON, NOON) >= NOON + timedelta(hours=6)
