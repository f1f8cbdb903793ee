"""Digests come at the reader's hour, whatever her clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.alerts.rhythm import next_digest
from watcher.model.alert import Subscriber


def reader(hour: int, zone: str = "Europe/Rome", rhythm: str = "daily") -> Subscriber:
    return Subscriber("a@x.example", rhythm=rhythm, hour=hour, timezone=zone)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("subscriber", "after", "comes"),
    [
        (reader(8), at(2026, 1, 10, 6, 59), at(2026, 1, 10, 7)),
        (reader(8), at(2026, 1, 10, 7), at(2026, 1, 11, 7)),
        (reader(8), at(2026, 7, 10, 6), at(2026, 7, 11, 6)),
        # 29 March 2026: 02:00 becomes 03:00, so 02:00 is taken at 03:00; 25 October: 02:00 comes twice.
        (reader(2), at(2026, 3, 28, 12), at(2026, 3, 29, 1)),
        (reader(2), at(2026, 10, 24, 12), at(2026, 10, 25, 0)),
        (reader(2), at(2026, 10, 25, 0), at(2026, 10, 26, 1)),
        (reader(8, rhythm="weekly"), at(2026, 3, 14), at(2026, 3, 16, 7)),
        (reader(8, rhythm="weekly"), at(2026, 3, 16, 7), at(2026, 3, 23, 7)),
        (reader(23, "Pacific/Kiritimati", "weekly"), at(2026, 3, 15, 0), at(2026, 3, 16, 9)),
        (reader(8, "Atlantis/Nowhere"), at(2026, 3, 14, 9), at(2026, 3, 15, 8)),
    ],
)
def test_the_next_digest(subscriber, after, comes):
    assert next_digest(subscriber, after) == comes


@given(
    hour=st.integers(0, 23),
    zone=st.sampled_from(sorted(available_timezones())),
    minutes=st.integers(0, 10 * 365 * 24 * 60),
)
def test_every_day_has_exactly_one_in_every_zone(hour, zone, minutes):
    subscriber, when = reader(hour, zone), at(2020, 1, 1) + timedelta(minutes=minutes)
    days = []
    for _ in range(10):
        after = when
        when = next_digest(subscriber, after)
        assert after < when <= after + timedelta(hours=50)
        days.append(when.astimezone(ZoneInfo(zone)).date())
    assert days == sorted(set(days))
