"""What comes back for what a server does, and which record it leaves."""

import gzip
import hashlib
import tracemalloc

import brotli
import pytest

from tests.fetch.conftest import Reply, Request, Visitor
from watcher.errors import PermanentFetchError, TransientFetchError, UsageError
from watcher.model.fetched import Validators

PAGE = b"<h1>Wavecrest Terms</h1><p>You keep what you upload.</p>"


async def test_a_page_comes_with_its_bytes_headers_and_time(site, visitor, clock):
    url = site.on("/terms", Reply(body=PAGE, headers={"Content-Type": "text/html", "X-Two": "a"}))
    fetched = await visitor.fetch(url)
    assert (fetched.status, fetched.body, fetched.final_url, fetched.redirects) == (200, PAGE, url, ())
    assert fetched.header("content-type") == "text/html"
    assert fetched.header("x-two") == "a"
    assert fetched.fetched_at == clock.now()
    assert fetched.duration > 0


async def test_each_page_leaves_one_record_with_hash_size_and_the_headers_that_matter(site, visitor, clock):
    url = site.on("/terms", Reply(body=PAGE, headers={"ETag": '"a"', "Server": "nginx", "X-Other": "1"}))
    await visitor.fetch(url)
    [attempt] = visitor.attempts
    assert (attempt.url, attempt.final_url, attempt.at) == (url, url, clock.now())
    assert (attempt.outcome, attempt.status, attempt.reason) == ("fetched", 200, "")
    assert (attempt.size, attempt.sha256) == (len(PAGE), hashlib.sha256(PAGE).hexdigest())
    assert attempt.headers == (("etag", '"a"'), ("server", "nginx"))


async def test_the_request_says_who_asks_and_which_language_is_wanted(site, visitors):
    url = site.on("/terms", Reply(body=PAGE))
    visitor = await visitors(contact="https://watch.example/about")
    await visitor.fetch(url, language="pt-BR")
    sent = site.requests[0].headers
    assert sent["user-agent"] == "terms-watcher/1.2.3 (+https://watch.example/about)"
    assert sent["accept-language"] == "pt-BR,pt;q=0.8,*;q=0.1"
    assert sent["accept-encoding"] == "gzip, br"


@pytest.mark.parametrize(("language", "header"), [("it", "it,*;q=0.1"), ("und", "*")])
async def test_a_bare_language_and_an_unknown_one_can_be_asked_for(site, visitor, language, header):
    await visitor.fetch(site.on("/terms", Reply(body=PAGE)), language=language)
    assert site.requests[0].headers["accept-language"] == header


async def test_a_contact_that_no_header_can_carry_is_a_mistake_of_the_config(visitors):
    with pytest.raises(UsageError, match="User-Agent"):
        await visitors(contact="me\r\nX-Evil: 1")


async def test_validators_are_sent_and_a_304_says_that_nothing_changed(site, visitor):
    def conditional(request: Request) -> Reply:
        known = request.headers.get("if-none-match") == '"v1"'
        return Reply(304, headers={"ETag": '"v1"'}) if known else Reply(body=PAGE, headers={"ETag": '"v1"'})

    url = site.on("/terms", conditional)
    first = await visitor.fetch(url)
    second = await visitor.fetch(url, validators=first.validators)
    assert not first.not_modified
    assert second.not_modified
    assert second.body == b""
    assert [attempt.outcome for attempt in visitor.attempts] == ["fetched", "unchanged"]
    assert visitor.attempts[1].sha256 is None


async def test_a_last_modified_date_is_sent_back_exactly_as_it_came(site, visitor):
    odd = "Tuesday, 10-Mar-26 07:00:00 GMT"
    url = site.on("/terms", Reply(body=PAGE))
    await visitor.fetch(url, validators=Validators(last_modified=odd))
    assert site.requests[0].headers["if-modified-since"] == odd
    assert "if-none-match" not in site.requests[0].headers


@pytest.mark.parametrize(("date", "kept"), [("07:00:00", False), ("07:00:01", True)])
async def test_a_date_from_the_very_second_of_the_answer_vouches_for_nothing(site, visitor, date, kept):
    modified = "Tue, 10 Mar 2026 07:00:00 GMT"
    headers = {"Last-Modified": modified, "Date": f"Tue, 10 Mar 2026 {date} GMT"}
    fetched = await visitor.fetch(site.on("/terms", Reply(body=PAGE, headers=headers)))
    assert fetched.validators == Validators(last_modified=modified if kept else None)


async def test_a_validator_that_no_header_can_carry_is_left_out(site, visitor):
    await visitor.fetch(site.on("/terms", Reply(body=PAGE)), validators=Validators(etag='"é"'))
    assert "if-none-match" not in site.requests[0].headers


async def test_a_304_that_nobody_asked_for_is_no_answer(site, visitor):
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(304)))
    assert caught.value.reason == "protocol"


async def test_an_empty_200_is_given_as_it_is(site, visitor):
    fetched = await visitor.fetch(site.on("/terms", Reply(body=b"")))
    assert (fetched.status, fetched.body) == (200, b"")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 204, 206, 300])
async def test_a_refusal_for_good_is_permanent_and_asked_once(site, visitors, status):
    visitor = await visitors(retries=2)
    url = site.on("/terms", Reply(status, body=b"go away" if status != 204 else b""))
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(url)
    assert (caught.value.reason, caught.value.status, caught.value.where) == (f"http-{status}", status, url)
    assert caught.value.remedy
    assert len(site.requests) == 1


async def test_the_page_of_a_refusal_is_recorded_by_its_hash(site, visitor):
    url = site.on("/terms", Reply(403, body=b"Just a moment", headers={"cf-mitigated": "challenge"}))
    with pytest.raises(PermanentFetchError, match="checks for browsers"):
        await visitor.fetch(url)
    [attempt] = visitor.attempts
    assert (attempt.outcome, attempt.status, attempt.reason) == ("failed", 403, "http-403")
    assert attempt.sha256 == hashlib.sha256(b"Just a moment").hexdigest()
    assert ("cf-mitigated", "challenge") in attempt.headers
    assert "403" in attempt.detail


async def test_a_refusal_stays_a_refusal_when_its_page_breaks_off(site, visitor):
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(404, body=b"not here", drop_after=3)))
    assert caught.value.reason == "http-404"


async def test_a_chunked_page_comes_whole(site, visitor):
    body = PAGE * 500
    assert (await visitor.fetch(site.on("/terms", Reply(body=body, chunked=True)))).body == body


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE * 2000)),
        ("x-gzip", gzip.compress(PAGE * 1000) + gzip.compress(PAGE * 1000)),
        ("gzip", gzip.compress(PAGE * 2000) + b"\0\0\0 padding"),
        ("br", brotli.compress(PAGE * 2000)),
        ("identity", PAGE * 2000),
    ],
)
async def test_a_compressed_page_is_unpacked(site, visitor, coding, packed):
    url = site.on("/terms", Reply(body=packed, headers={"Content-Encoding": coding}, chunked=True))
    assert (await visitor.fetch(url)).body == PAGE * 2000


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
async def test_a_compressed_page_that_is_cut_off_is_not_taken_for_whole(site, visitor, coding, pack):
    half = pack(PAGE * 200)[:-12]
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(body=half, headers={"Content-Encoding": coding})))
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize("coding", ["gzip", "br"])
async def test_a_page_that_is_not_compressed_as_it_says_is_no_page(site, visitor, coding):
    with pytest.raises(TransientFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(body=PAGE, headers={"Content-Encoding": coding})))
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize("coding", ["zstd", "gzip, br"])
async def test_a_compression_that_was_not_asked_for_is_refused(site, visitor, coding):
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(body=PAGE, headers={"Content-Encoding": coding})))
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_page_of_just_the_largest_size_passes_and_one_byte_more_does_not(site, visitors, chunked):
    visitor = await visitors(max_bytes=5000)
    fits = site.on("/fits", Reply(body=b"x" * 5000, chunked=chunked))
    assert len((await visitor.fetch(fits)).body) == 5000
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/long", Reply(body=b"x" * 5001, chunked=chunked)))
    assert caught.value.reason == "too-large"


async def test_a_page_that_announces_too_many_bytes_is_not_waited_for(site, visitors):
    visitor = await visitors(max_bytes=5000)
    url = site.on("/long", Reply(body=b"x" * 9000, hang_in_body=True))
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(url)
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
async def test_a_compression_bomb_does_not_fill_the_memory(site, visitors, coding, pack):
    visitor = await visitors(max_bytes=1_000_000)
    bomb = pack(bytes(60_000_000))
    url = site.on("/bomb", Reply(body=bomb, headers={"Content-Encoding": coding}))
    await visitor.fetch(site.on("/warm", Reply(body=PAGE)))
    tracemalloc.start()
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.reason == "too-large"
    assert peak < 6_000_000


@pytest.mark.parametrize(
    "address", ["ftp://files.example/terms", "wavecrest.example/terms", "https://", "http://[::1"]
)
async def test_what_is_no_web_address_is_refused(visitor: Visitor, address):
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(address)
    assert caught.value.reason == "url"
    assert visitor.attempts[0].outcome == "failed"
