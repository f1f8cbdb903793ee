"""Parts of pages that a browser shows: who may ask for what."""

import pytest

from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError

PUBLIC = "https://wavecrest.example/terms"


async def test_a_part_comes_with_any_status_and_through_redirects(site, visitor):
    site.on("/part", Reply(302, headers={"Location": "/there"}))
    site.on("/there", Reply(418, body=b"tea", headers={"Content-Type": "text/plain"}))
    answer = await visitor.fetcher.parts.ask("GET", site.origin + "/part", {}, None, page=site.origin)
    assert (answer.status, answer.body, answer.header("content-type")) == (418, b"tea", "text/plain")
    assert (answer.final_url, answer.redirects) == (site.origin + "/there", (site.origin + "/part",))


@pytest.mark.parametrize(
    ("status", "then"), [(302, ("GET", b"")), (303, ("GET", b"")), (307, ("POST", b"q"))]
)
async def test_a_redirect_of_what_was_posted_is_asked_as_browsers_do(site, visitor, status, then):
    site.on("/part", Reply(status, headers={"Location": "/there"}))
    site.on("/there", Reply())
    await visitor.fetcher.parts.ask("POST", site.origin + "/part", {}, b"q", page=site.origin)
    assert [(one.method, one.body) for one in site.requests] == [("POST", b"q"), then]


async def test_a_key_is_not_carried_to_another_site(site, visitor):
    async with serving("127.0.0.2") as other:
        site.on("/part", Reply(302, headers={"Location": other.on("/there", Reply())}))
        headers = {"authorization": "Bearer key"}
        await visitor.fetcher.parts.ask("GET", site.origin + "/part", headers, None, page=site.origin)
    assert site.requests[0].headers["authorization"] == "Bearer key"
    assert "authorization" not in other.requests[0].headers


async def test_a_page_on_the_internet_gets_nothing_from_a_host_opened_for_the_operators_own_pages(
    site, visitor
):
    site.on("/secret", Reply(body=b"secret"))
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetcher.parts.ask("GET", site.origin + "/secret", {}, None, page=PUBLIC)
    assert caught.value.reason == "address"
    assert site.requests == []


async def test_no_page_gets_parts_from_a_private_address(visitors):
    visitor = await visitors(allow_hosts=("127.0.0.1",))
    async with serving("127.0.0.2") as private:
        with pytest.raises(PermanentFetchError) as caught:
            await visitor.fetcher.parts.ask("GET", private.origin + "/", {}, None, page="http://127.0.0.1/")
    assert caught.value.reason == "address"
    assert private.connections == 0


async def test_parts_need_no_pause_between_them(site, visitors):
    visitor = await visitors(delay=5.0)
    site.on("/part", Reply())
    for _ in range(3):
        await visitor.fetcher.parts.ask("GET", site.origin + "/part", {}, None, page=site.origin)
    assert visitor.clock.pauses == []
