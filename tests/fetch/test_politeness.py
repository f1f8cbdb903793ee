"""How many requests run at once, and how much time lies between them."""

import asyncio
from datetime import timedelta

from tests.fetch.conftest import Reply, serving


async def test_two_requests_to_one_host_start_at_least_the_delay_apart(site, visitors, clock):
    visitor = await visitors(delay=2.5)
    for _ in range(3):
        await visitor.fetch(site.on("/terms", Reply(body=b"terms")))
    assert clock.pauses == [2.5, 2.5]


async def test_an_operator_may_be_as_patient_as_she_likes(site, visitors, clock):
    visitor = await visitors(delay=600.0)
    for _ in range(2):
        await visitor.fetch(site.on("/terms", Reply(body=b"terms")))
    assert clock.pauses == [600]


async def test_time_that_passed_anyway_counts_towards_the_delay(site, visitors, clock):
    visitor = await visitors(delay=2.5)
    url = site.on("/terms", Reply(body=b"terms"))
    await visitor.fetch(url)
    clock.time += timedelta(seconds=2)
    await visitor.fetch(url)
    clock.time += timedelta(seconds=9)
    await visitor.fetch(url)
    assert clock.pauses == [0.5]


async def test_a_clock_that_is_set_back_does_not_stretch_the_delay(site, visitors, clock):
    visitor = await visitors(delay=2.5)
    url = site.on("/terms", Reply(body=b"terms"))
    await visitor.fetch(url)
    clock.time -= timedelta(hours=1)
    await visitor.fetch(url)
    assert clock.pauses == [2.5]


async def test_different_hosts_do_not_wait_for_each_other(site, visitors, clock):
    visitor = await visitors(delay=60.0)
    async with serving("127.0.0.2") as other:
        await visitor.fetch(site.on("/terms", Reply(body=b"terms")))
        await visitor.fetch(other.on("/terms", Reply(body=b"terms")))
    assert clock.pauses == []


async def test_redirects_and_robots_are_requests_like_any_other(site, visitors, clock):
    visitor = await visitors(delay=1.0)
    site.on("/old", Reply(301, headers={"Location": "/new"}))
    site.on("/new", Reply(body=b"terms"))
    await visitor.fetch(site.origin + "/old", obey_robots=True)
    assert site.paths == ["/robots.txt", "/old", "/new"]
    assert clock.pauses == [1.0, 1.0]


async def test_one_host_gets_so_many_requests_at_once_and_no_more(site, visitors):
    visitor = await visitors(per_host=2, concurrency=8)
    url = site.on("/terms", Reply(body=b"terms", hang=True))
    fetches = [asyncio.create_task(visitor.fetch(url)) for _ in range(6)]
    await site.until(requests=2)
    site.released.set()
    await asyncio.gather(*fetches)
    assert site.most_running == 2


async def test_all_hosts_together_get_so_many_requests_at_once_and_no_more(site, visitors):
    visitor = await visitors(per_host=4, concurrency=3)
    async with serving("127.0.0.2") as other:
        slow = Reply(body=b"terms", hang=True)
        urls = [site.on("/terms", slow), other.on("/terms", slow)] * 4
        fetches = [asyncio.create_task(visitor.fetch(url)) for url in urls]
        while site.running + other.running < 3:
            await asyncio.sleep(0)
        most = site.running + other.running
        site.released.set()
        other.released.set()
        await asyncio.gather(*fetches)
    assert most == 3
    assert site.most_running + other.most_running <= 6
    assert len(site.requests) + len(other.requests) == 8


async def test_a_busy_host_takes_no_place_from_the_others(site, visitors):
    visitor = await visitors(per_host=1, concurrency=2)
    async with serving("127.0.0.2") as other:
        slow = site.on("/terms", Reply(body=b"terms", hang=True))
        waiting = [asyncio.create_task(visitor.fetch(slow)) for _ in range(5)]
        await site.until(requests=1)
        assert (await visitor.fetch(other.on("/terms", Reply(body=b"quick")))).body == b"quick"
        site.released.set()
        await asyncio.gather(*waiting)


async def test_connections_are_used_again(site, visitor):
    url = site.on("/terms", Reply(body=b"terms"))
    for _ in range(5):
        await visitor.fetch(url)
    assert site.connections == 1


async def test_a_fetch_that_is_given_up_leaves_its_place_to_the_next(site, visitors):
    visitor = await visitors(per_host=1, concurrency=1)
    hanging = asyncio.create_task(visitor.fetch(site.on("/slow", Reply(hang=True))))
    await site.until(requests=1)
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert (await visitor.fetch(site.on("/terms", Reply(body=b"terms")))).body == b"terms"
