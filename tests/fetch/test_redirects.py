"""Where a page has moved to: every step is asked, guarded and recorded."""

import pytest

from tests.fetch.conftest import Reply, Request, serving
from watcher.errors import PermanentFetchError, TransientFetchError


def moved(location: str, status: int = 302, **headers: str) -> Reply:
    return Reply(status, headers={"Location": location, **headers})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_and_recorded(site, visitor, status):
    first = site.on("/old", moved("/middle?lang=en", status))
    middle = site.on("/middle?lang=en", moved(site.origin + "/new"))
    new = site.on("/new", Reply(body=b"terms"))
    fetched = await visitor.fetch(first)
    assert (fetched.url, fetched.final_url, fetched.body) == (first, new, b"terms")
    assert fetched.redirects == (first, middle)
    [attempt] = visitor.attempts
    assert attempt.final_url == new
    assert attempt.headers[:2] == (("location", "/middle?lang=en"), ("location", new))


async def test_a_redirect_leads_to_another_host(site, visitor):
    async with serving("127.0.0.2") as other:
        new = other.on("/terms", Reply(body=b"terms"))
        fetched = await visitor.fetch(site.on("/terms", moved(new)))
    assert fetched.final_url == new


async def test_a_failure_after_a_redirect_names_the_address_that_failed(site, visitor):
    gone = site.origin + "/gone"
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", moved("/gone")))
    assert (caught.value.reason, caught.value.where) == ("http-404", gone)
    [attempt] = visitor.attempts
    assert (attempt.final_url, attempt.status) == (gone, 404)


async def test_a_circle_is_noticed_at_once(site, visitor):
    site.on("/b", moved("/a"))
    with pytest.raises(PermanentFetchError, match="circles") as caught:
        await visitor.fetch(site.on("/a", moved("/b")))
    assert caught.value.reason == "redirects"
    assert site.paths == ["/a", "/b"]


async def test_ten_redirects_are_followed_and_no_more(site, visitor):
    for number in range(12):
        site.on(f"/{number}", moved(f"/{number + 1}"))
    site.on("/12", Reply(body=b"terms"))
    assert (await visitor.fetch(f"{site.origin}/2")).body == b"terms"
    with pytest.raises(PermanentFetchError, match="too often") as caught:
        await visitor.fetch(f"{site.origin}/1")
    assert caught.value.reason == "redirects"


@pytest.mark.parametrize(
    "location", ["mailto:legal@wavecrest.example", "file:///etc/passwd", "http://[::1", "https://"]
)
async def test_a_redirect_to_no_web_address_is_refused(site, visitor, location):
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", moved(location)))
    assert caught.value.reason == "redirects"


async def test_a_redirect_without_an_address_is_an_answer_of_its_own(site, visitor):
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(302)))
    assert caught.value.reason == "http-302"


async def test_a_redirect_to_an_address_inside_is_refused(site, visitor):
    async with serving("127.0.0.3") as inside:
        secret = inside.on("/secret", Reply(body=b"secret"))
        with pytest.raises(PermanentFetchError) as caught:
            await visitor.fetch(site.on("/terms", moved(secret)))
        assert (caught.value.reason, caught.value.where) == ("address", secret)
        assert inside.connections == 0
    assert visitor.attempts[0].headers == (("location", secret),)


async def test_a_cookie_set_on_the_way_opens_the_same_address(site, visitor):
    def wants_cookie(request: Request) -> Reply:
        if "seen=1" in request.headers.get("cookie", ""):
            return Reply(body=b"terms")
        return moved("/terms", **{"Set-Cookie": "seen=1; Path=/"})

    fetched = await visitor.fetch(site.on("/terms", wants_cookie))
    assert fetched.body == b"terms"


async def test_no_cookie_outlives_its_fetch(site, visitor):
    url = site.on("/terms", Reply(body=b"terms", headers={"Set-Cookie": "variant=b; Path=/"}))
    await visitor.fetch(url)
    await visitor.fetch(url)
    assert all("cookie" not in request.headers for request in site.requests)


async def test_a_lost_connection_after_a_redirect_is_tried_again_from_the_start(site, visitors):
    visitor = await visitors(retries=1)
    site.on("/new", Reply(raw=b""), Reply(body=b"terms"))
    fetched = await visitor.fetch(site.on("/old", moved("/new")))
    assert fetched.body == b"terms"
    assert site.paths == ["/old", "/new", "/old", "/new"]
    assert [attempt.outcome for attempt in visitor.attempts] == ["failed", "fetched"]


async def test_a_redirect_to_a_host_that_is_down_is_transient(site, visitor):
    async with serving() as other:
        down = other.origin
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", moved(f"{down}/terms")))
    assert caught.value.reason == "connect"
    assert visitor.attempts[0].status is None
