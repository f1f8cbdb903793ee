"""robots.txt is asked for once and respected (RFC 9309)."""

import asyncio
from datetime import timedelta

import pytest

from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError, TransientFetchError

TERMS = Reply(body=b"terms")
FORBIDS = Reply(body=b"User-agent: *\nDisallow: /terms\n")


async def test_a_page_that_robots_txt_forbids_is_not_asked_for(site, visitors):
    visitor = await visitors(retries=2)
    site.on("/robots.txt", FORBIDS)
    url = site.on("/terms", TERMS)
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(url, obey_robots=True)
    assert (caught.value.reason, caught.value.where) == ("robots", url)
    assert "obey_robots: false" in caught.value.remedy
    assert site.paths == ["/robots.txt"]
    assert [(attempt.outcome, attempt.reason) for attempt in visitor.attempts] == [("failed", "robots")]


async def test_an_operator_can_say_otherwise_for_a_document(site, visitor):
    site.on("/robots.txt", FORBIDS)
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=False)).body == b"terms"
    assert site.paths == ["/terms"]


async def test_a_group_for_us_overrules_the_group_for_all(site, visitor):
    site.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /\n\nUser-agent: Terms-Watcher\nAllow: /\n"))
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)).body == b"terms"


async def test_the_longest_rule_wins(site, visitor):
    site.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /legal\nAllow: /legal/terms\n"))
    await visitor.fetch(site.on("/legal/terms", TERMS), obey_robots=True)
    with pytest.raises(PermanentFetchError):
        await visitor.fetch(site.on("/legal/other", TERMS), obey_robots=True)


async def test_robots_txt_is_asked_for_once_for_many_pages_at_once(site, visitors):
    visitor = await visitors(per_host=4)
    site.on("/robots.txt", Reply(body=b"User-agent: *\nAllow: /\n", hang=True))
    urls = [site.on(f"/{number}", TERMS) for number in range(5)]
    fetches = [asyncio.create_task(visitor.fetch(url, obey_robots=True)) for url in urls]
    await site.until(requests=1)
    site.released.set()
    await asyncio.gather(*fetches)
    await visitor.fetch(urls[0], obey_robots=True)
    assert site.paths.count("/robots.txt") == 1
    assert len(site.paths) == 7


async def test_robots_txt_is_asked_for_anew_after_a_day(site, visitor, clock):
    site.on("/robots.txt", Reply(404), FORBIDS)
    url = site.on("/terms", TERMS)
    await visitor.fetch(url, obey_robots=True)
    clock.time += timedelta(hours=23)
    await visitor.fetch(url, obey_robots=True)
    clock.time += timedelta(hours=2)
    with pytest.raises(PermanentFetchError):
        await visitor.fetch(url, obey_robots=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_missing_robots_txt_forbids_nothing(site, visitor, status):
    site.on("/robots.txt", Reply(status, body=b"User-agent: *\nDisallow: /\n"))
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)).body == b"terms"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_robots_txt_that_is_refused_for_now_means_stay_away_for_now(site, visitors, status):
    visitor = await visitors(retries=1)
    site.on("/robots.txt", Reply(status))
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)
    assert caught.value.reason == "robots-unavailable"
    assert site.paths == ["/robots.txt", "/robots.txt"]
    assert len(visitor.attempts) == 2


async def test_a_host_that_says_too_many_requests_to_robots_txt_gets_none_either(site, visitor):
    site.on("/robots.txt", Reply(429, headers={"Retry-After": "600"}))
    for path in ("/a", "/b"):
        with pytest.raises(TransientFetchError) as caught:
            await visitor.fetch(site.on(path, TERMS), obey_robots=True)
        assert caught.value.after == 600
    assert site.paths == ["/robots.txt"]


async def test_a_robots_txt_that_comes_at_the_second_try_is_obeyed(site, visitors):
    visitor = await visitors(retries=1)
    site.on("/robots.txt", Reply(503), Reply(body=b""))
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)).body == b"terms"


async def test_a_host_that_is_down_is_down_and_has_not_refused_us(visitor):
    async with serving() as site:
        url = site.on("/terms", TERMS)
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(url, obey_robots=True)
    assert (caught.value.reason, caught.value.where) == ("connect", url)


async def test_a_host_inside_is_refused_for_its_address_and_not_for_robots(site, visitors):
    visitor = await visitors(allow_hosts=())
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)
    assert caught.value.reason == "address"


async def test_robots_txt_may_be_redirected_five_times(site, visitor):
    for number in range(5):
        path = "/robots.txt" if number == 0 else f"/r{number}"
        site.on(path, Reply(301, headers={"Location": f"/r{number + 1}"}))
    site.on("/r5", FORBIDS)
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)
    assert caught.value.reason == "robots"


async def test_a_robots_txt_that_is_redirected_without_end_forbids_nothing(site, visitor):
    site.on("/robots.txt", Reply(301, headers={"Location": "/robots.txt"}))
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)).body == b"terms"


async def test_only_the_first_500_kibibytes_of_robots_txt_are_read(site, visitor):
    filler = b"# " + b"x" * 1021 + b"\n"
    site.on(
        "/robots.txt",
        Reply(
            body=b"User-agent: *\n" + filler * 499 + b"Disallow: /near\n" + filler * 9 + b"Disallow: /far\n"
        ),
    )
    await visitor.fetch(site.on("/far", TERMS), obey_robots=True)
    with pytest.raises(PermanentFetchError):
        await visitor.fetch(site.on("/near", TERMS), obey_robots=True)


@pytest.mark.parametrize(
    "body", [b"<!doctype html><title>Not here</title>", b"\xff\xfe\x00nonsense", b"\xef\xbb\xbf", b""]
)
async def test_a_robots_txt_that_is_none_forbids_nothing(site, visitor, body):
    site.on("/robots.txt", Reply(body=body))
    assert (await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)).body == b"terms"


async def test_a_byte_order_mark_does_not_hide_the_first_line(site, visitor):
    site.on("/robots.txt", Reply(body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"))
    with pytest.raises(PermanentFetchError):
        await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)


async def test_a_redirect_to_a_forbidden_page_is_not_followed(site, visitor):
    site.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /private\n"))
    site.on("/private", TERMS)
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(302, headers={"Location": "/private"})), obey_robots=True)
    assert (caught.value.reason, caught.value.where) == ("robots", f"{site.origin}/private")


async def test_each_host_has_its_own_robots_txt(site, visitor):
    site.on("/robots.txt", FORBIDS)
    async with serving("127.0.0.2") as other:
        assert (await visitor.fetch(other.on("/terms", TERMS), obey_robots=True)).body == b"terms"


@pytest.mark.parametrize(("asked", "waited"), [(b"4", 4.0), (b"0.1", 1.0), (b"3600", 10.0), (b"often", 1.0)])
async def test_a_crawl_delay_is_kept_within_bounds(site, visitors, clock, asked, waited):
    visitor = await visitors(delay=1.0)
    site.on("/robots.txt", Reply(body=b"User-agent: *\nCrawl-delay: " + asked + b"\n"))
    await visitor.fetch(site.on("/terms", TERMS), obey_robots=True)
    assert clock.pauses == [waited]


async def test_one_who_gives_up_does_not_take_robots_txt_from_the_others(site, visitors):
    visitor = await visitors()
    site.on("/robots.txt", Reply(body=b"", hang=True))
    url = site.on("/terms", TERMS)
    first, second = (asyncio.create_task(visitor.fetch(url, obey_robots=True)) for _ in range(2))
    await site.until(requests=1)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    site.released.set()
    assert (await second).body == b"terms"
    assert site.paths.count("/robots.txt") == 1
