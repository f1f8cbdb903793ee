"""Failures that may pass are tried again, with patience and within bounds; each try leaves its own record."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError, TransientFetchError
from watcher.fetch.retry_after import retry_after

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [202, 408, 425, 429, 500, 502, 503, 504, 520])
async def test_a_refusal_that_may_pass_is_tried_again(site, visitors, status):
    visitor = await visitors(retries=2)
    fetched = await visitor.fetch(site.on("/terms", Reply(status), Reply(status), Reply(body=b"terms")))
    assert fetched.body == b"terms"
    assert [(a.outcome, a.status, a.reason) for a in visitor.attempts] == [
        ("failed", status, f"http-{status}"),
        ("failed", status, f"http-{status}"),
        ("fetched", 200, ""),
    ]


async def test_the_last_failure_is_raised_when_all_tries_are_used(site, visitors):
    visitor = await visitors(retries=2)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(503)))
    assert (caught.value.reason, caught.value.status, caught.value.after) == ("http-503", 503, None)
    assert len(site.requests) == len(visitor.attempts) == 3


async def test_pauses_between_tries_double_and_are_spread(site, visitors, clock):
    visitor = await visitors(retries=3)
    with pytest.raises(TransientFetchError):
        await visitor.fetch(site.on("/terms", Reply(500)))
    first, second, third = clock.pauses
    assert 0.5 <= first <= 1.5
    assert 1 <= second <= 3
    assert 2 <= third <= 6
    assert len({first, second / 2, third / 4}) == 3


async def test_no_retries_means_one_try(site, visitor):
    with pytest.raises(TransientFetchError):
        await visitor.fetch(site.on("/terms", Reply(500)))
    assert len(site.requests) == 1


async def test_retry_after_in_seconds_is_waited_for(site, visitors, clock):
    visitor = await visitors(retries=1)
    await visitor.fetch(site.on("/terms", Reply(503, headers={"Retry-After": "25"}), Reply(body=b"terms")))
    assert clock.pauses == [25]
    assert ("retry-after", "25") in visitor.attempts[0].headers


async def test_retry_after_as_a_date_is_waited_for(site, visitors, clock):
    visitor = await visitors(retries=1)
    date = format_datetime(clock.now() + timedelta(seconds=40), usegmt=True)
    await visitor.fetch(site.on("/terms", Reply(503, headers={"Retry-After": date}), Reply(body=b"terms")))
    assert clock.pauses == [40]


async def test_a_short_retry_after_never_shortens_the_pause(site, visitors, clock):
    visitor = await visitors(retries=1)
    await visitor.fetch(site.on("/terms", Reply(503, headers={"Retry-After": "0"}), Reply(body=b"terms")))
    assert clock.pauses[0] >= 0.5


async def test_a_long_retry_after_is_handed_to_the_caller_instead_of_waited_for(site, visitors, clock):
    visitor = await visitors(retries=2)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(503, headers={"Retry-After": "3600"})))
    assert caught.value.after == 3600
    assert clock.pauses == []
    assert len(site.requests) == 1


async def test_a_host_that_says_too_many_requests_gets_none_for_that_long(site, visitors, clock):
    visitor = await visitors()
    with pytest.raises(TransientFetchError):
        await visitor.fetch(site.on("/a", Reply(429, headers={"Retry-After": "30"})))
    await visitor.fetch(site.on("/b", Reply(body=b"terms")))
    assert clock.pauses == [30]


async def test_a_host_that_wants_a_long_rest_is_not_asked_for_other_pages_either(site, visitors, clock):
    visitor = await visitors()
    with pytest.raises(TransientFetchError):
        await visitor.fetch(site.on("/a", Reply(429, headers={"Retry-After": "600"})))
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/b", Reply(body=b"terms")))
    assert (caught.value.reason, caught.value.after) == ("http-429", 600)
    assert site.paths == ["/a"]
    clock.time += timedelta(seconds=600)
    assert (await visitor.fetch(site.origin + "/b")).body == b"terms"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(body=b"x" * 5000, drop_after=100), "protocol"),
        (Reply(body=b"x" * 5000, reset_after=100), "disconnected"),
        (Reply(raw=b""), "protocol"),
        (Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n"), "protocol"),
        (Reply(body=b"terms", hang=True), "timeout"),
        (Reply(body=b"terms", hang_in_body=True), "timeout"),
    ],
    ids=["breaks off", "resets", "hangs up", "is no web server", "is silent", "is silent half-way"],
)
async def test_a_server_that_fails_is_named_and_tried_again(site, visitors, reply, reason):
    visitor = await visitors(retries=1, read_timeout=0.05)
    url = site.on("/terms", reply)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(url)
    assert (caught.value.reason, caught.value.where) == (reason, url)
    assert [attempt.reason for attempt in visitor.attempts] == [reason, reason]


async def test_the_whole_try_is_bounded_whatever_a_single_read_may_take(site, visitors):
    visitor = await visitors(read_timeout=60.0, total_timeout=0.05)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(body=b"terms", hang_in_body=True)))
    assert caught.value.reason == "timeout"
    assert visitor.attempts[0].duration >= 0.05


async def test_a_host_that_is_down_cannot_be_connected_to(visitors):
    async with serving() as site:
        down = site.origin
    visitor = await visitors(retries=1)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(f"{down}/terms")
    assert caught.value.reason == "connect"
    assert len(visitor.attempts) == 2


async def test_a_name_that_does_not_exist_is_a_failure_of_the_dns(visitor):
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(f"http://{'a' * 70}.invalid/terms")
    assert caught.value.reason == "dns"


async def test_a_permanent_failure_after_a_passing_one_ends_the_tries(site, visitors):
    visitor = await visitors(retries=2)
    with pytest.raises(PermanentFetchError):
        await visitor.fetch(site.on("/terms", Reply(503), Reply(404)))
    assert [attempt.reason for attempt in visitor.attempts] == ["http-503", "http-404"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 7 ", 7),
        ("Tue, 10 Mar 2026 08:02:00 GMT", 120),
        ("Tuesday, 10-Mar-26 08:02:00 GMT", 120),
        ("Tue Mar 10 08:02:00 2026", 120),
        ("Tue, 10 Mar 2026 07:00:00 GMT", 0),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(value, seconds):
    assert retry_after(value, NOW) == seconds


@given(st.text())
def test_retry_after_never_fails_whatever_a_server_writes(value):
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0
