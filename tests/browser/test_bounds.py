"""Pages that want more than a page may have: time, memory, requests, and what is none of their business."""

import asyncio
import os
import socket

import pytest

from tests.browser.conftest import html, needs_chromium
from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError, TransientFetchError

pytestmark = needs_chromium
SENTENCE = "We may use what you upload to train our models."
GOOD = f"<p>{SENTENCE}</p>"


def script(code: str) -> str:
    return f"<script>{code}</script>"


async def still_shows_pages(site, reader) -> bool:
    return SENTENCE in await reader.text(site.on("/good", html(GOOD)))


async def test_a_page_that_never_stops_loading_is_taken_as_it_stands_when_time_is_over(site, readers):
    reader = readers(timeout=4.0)
    site.on("/stalled", Reply(hang=True))
    polling = "fetch('/stalled'); setInterval(() => fetch('/poll'), 100)"
    fetched = await reader.look(site.on("/terms", html(GOOD + script(polling))))
    assert SENTENCE in fetched.body.decode()
    assert fetched.duration < 15, "most of it is the start of a browser on a busy machine"


async def test_a_script_that_never_lets_go_ends_with_its_page(site, readers):
    reader = readers(timeout=4.0)
    url = site.on("/terms", html(GOOD + script("setTimeout(() => { for (;;) {} }, 10)")))
    with pytest.raises(TransientFetchError) as caught:
        await reader.look(url)
    assert caught.value.reason == "timeout"
    assert await still_shows_pages(site, reader)


async def test_a_page_that_grows_without_end_is_no_document(site, readers):
    reader = readers(timeout=8.0)
    growing = "setInterval(() => document.body.append('and so on, '), 20)"
    with pytest.raises(TransientFetchError) as caught:
        await reader.look(site.on("/terms", html(GOOD + script(growing))))
    assert caught.value.reason == "endless"


async def test_a_page_of_too_many_elements_is_refused(site, reader):
    many = "for (let i = 0; i < 110000; i++) document.head.append(document.createElement('i'))"
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html(GOOD + script(many))))
    assert caught.value.reason == "too-large"


async def test_a_page_longer_than_a_page_may_be_is_refused(site, readers):
    reader = readers(most_bytes=10_000)
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html(GOOD + script("document.body.append('x'.repeat(20000))"))))
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize(
    "greed",
    [
        "document.body.append(document.createElement('i'))",
        "kept.push(new Uint8Array(1e6).fill(1))",
    ],
)
async def test_a_page_that_eats_memory_is_ended_and_the_browser_goes_on(site, readers, greed):
    reader = readers(memory=300)
    url = site.on(
        "/terms", html(GOOD + script(f"const kept = []; setTimeout(() => {{ for (;;) {greed} }}, 10)"))
    )
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(url)
    assert caught.value.reason == "memory"
    assert await still_shows_pages(site, reader)
    assert reader.browser.chromium.starts == 1


async def test_requests_are_counted_and_come_to_an_end(site, reader):
    flood = "for (let i = 0; i < 1000; i++) fetch('/part?' + i).catch(() => 0)"
    assert SENTENCE in await reader.text(site.on("/terms", html(GOOD + script(flood))))
    assert len(site.paths) == 201


async def test_a_private_address_is_refused_while_the_allowed_host_answers(site, readers):
    reader = readers(allow=("127.0.0.1",))
    site.on("/part", Reply(body=b"allowed"))
    async with serving("127.0.0.2") as private:
        site.on("/around", Reply(302, headers={"Location": private.on("/secret", Reply(body=b"secret"))}))
        addresses = [
            "/part",
            private.origin + "/secret",
            "/around",
            "http://[::ffff:127.0.0.2]/",
            "file:///etc/passwd",
        ]
        asked = f"""for (const one of {addresses}) fetch(one).then(answer => answer.text())
            .then(text => document.body.append(text), () => document.body.append(' refused'))"""
        text = (await reader.text(site.on("/terms", html(script(asked))))).rpartition("</script>")[2]
        assert (text.count("allowed"), text.count("refused"), text.count("secret")) == (1, 4, 0)
        assert private.connections == 0


async def test_a_script_cannot_lead_to_a_private_address(site, readers):
    reader = readers(allow=("127.0.0.1",))
    async with serving("127.0.0.2") as private:
        with pytest.raises(PermanentFetchError) as caught:
            await reader.look(site.on("/terms", html(script(f"location.href = '{private.origin}/'"))))
        assert caught.value.reason == "address"
        assert private.connections == 0


async def test_nothing_leaves_by_another_door(site, readers):
    reader = readers(timeout=6.0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        port = udp.getsockname()[1]
        async with serving("127.0.0.1") as other:
            doors = f"""
              new WebSocket('{other.origin.replace("http", "ws")}/');
              for (const rel of ['preconnect', 'prefetch', 'dns-prefetch', 'modulepreload', 'prerender']) {{
                const link = document.createElement('link');
                link.rel = rel; link.href = '{other.origin}/' + rel; document.head.append(link);
              }}
              const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{port}'}},
                {{urls: 'turn:{other.origin[7:]}?transport=tcp', username: 'a', credential: 'b'}}]}});
              peer.createDataChannel('a');
              peer.createOffer().then(offer => peer.setLocalDescription(offer));
              new Worker(URL.createObjectURL(new Blob(["fetch('{other.origin}/worker')"])));
              const frame = document.body.appendChild(document.createElement('iframe'));
              frame.contentWindow.eval("new WebSocket('{other.origin.replace("http", "ws")}/frame')");
              setTimeout(() => document.body.append(' to the end'), 300);
              fetch('/slow')"""
            site.on("/slow", Reply(hang=True))
            text = await reader.text(site.on("/terms", html(script(doors))))
            assert " to the end" in text
            assert sorted(other.paths) == ["/modulepreload", "/worker"]
        with pytest.raises(BlockingIOError):
            udp.recv(100)


async def test_a_round_that_is_broken_off_leaves_no_browser_behind(site, readers):
    reader = readers()
    url = site.on("/terms", html(GOOD + script("fetch('/slow')")))
    site.on("/slow", Reply(hang=True))
    task = asyncio.create_task(reader.look(url))
    await site.until(2)
    numbers = await reader.browser.chromium.processes()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await reader.browser.chromium.stop()
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
