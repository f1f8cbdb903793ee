"""Chats and webhooks hear of changes once, and lose none while they are down."""

import json
import re
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.telling import PRIVACY, START, WAVECREST, House, change, house
from watcher.channels.webhook import signature
from watcher.model.note import Withdrawal
from watcher.model.options import ChannelOptions

SECRET = "s" * 40
DOCS = Path(__file__).parents[2] / "docs" / "alerts.md"


# Apprise's own import of a module that Python 3.13 removes.
APPRISE = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Hook(BaseHTTPRequestHandler):
    """Keeps what is posted, and answers as it is told."""

    posts: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = Hook.answers.pop(0) if Hook.answers else 200
        if status < 300:
            Hook.posts.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[int]:
    Hook.posts.clear()
    Hook.answers.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def home(tmp_path: Path, hook: int) -> AsyncIterator[House]:
    async with house(tmp_path) as made:
        made.set(
            channels=(
                ChannelOptions(
                    "archive", webhook=f"http://127.0.0.1:{hook}/terms", secret=SECRET, groups=("music",)
                ),
            )
        )
        yield made


def example() -> dict:
    """What the documentation shows: the function that verifies, and the keys of the JSON."""
    blocks = dict(re.findall(r"```(python|json)\n(.*?)```", DOCS.read_text("utf-8"), flags=re.S))
    names: dict = {}
    exec(compile(blocks["python"], str(DOCS), "exec"), names)
    return {"genuine": names["genuine"], "json": json.loads(blocks["json"])}


async def test_a_webhook_gets_each_change_signed_as_documented(home: House):
    shown = example()
    event = home.happens(WAVECREST, change())
    await home.tell()
    ((headers, body),) = Hook.posts
    assert shown["genuine"](SECRET, headers, body, START.timestamp() + 60)
    assert not shown["genuine"](SECRET, headers, body + b" ", START.timestamp())
    assert not shown["genuine"](SECRET, headers, body, START.timestamp() + 600)
    assert not shown["genuine"]("x" * 40, headers, body, START.timestamp())
    said = json.loads(body)
    assert said.keys() == shown["json"].keys()
    assert said["changes"][0].keys() == shown["json"]["changes"][0].keys()
    assert said["changes"][0]["document"].keys() == shown["json"]["changes"][0]["document"].keys()
    assert (said["id"], said["changes"][0]["quote"]) == (event.id, change().quote)
    assert home.come() == []


async def test_a_webhook_that_is_down_hears_later_under_the_same_id(home: House):
    home.happens(WAVECREST, change())
    home.happens(PRIVACY, change())
    Hook.answers[:] = [503]
    await home.tell()
    home.clock.move(minutes=5)
    Hook.answers[:] = [302]
    await home.tell()
    assert Hook.posts == []
    home.clock.move(minutes=10)
    await home.tell()
    await home.tell()
    ((headers, body),) = Hook.posts
    assert len(json.loads(body)["changes"]) == 2
    assert headers["webhook-timestamp"] == str(int(home.clock().timestamp()))
    (kept,) = home.store.outbox.listed(every=True)
    assert (kept.address, kept.state, f"<{headers['webhook-id']}>") == (
        "channel:archive",
        "sent",
        kept.message_id,
    )


async def test_a_receiver_that_is_gone_is_asked_no_more(home: House):
    home.happens(WAVECREST, change())
    Hook.answers[:] = [410]
    await home.tell()
    assert home.store.outbox.counts().failed == 1


async def test_one_channel_that_fails_holds_up_neither_mail_nor_other_channels(home: House):
    bad = ChannelOptions("bad", webhook="http://127.0.0.1:1/", secret=SECRET)
    home.set(channels=(bad, *home.settings.channels))
    home.subscribe("anna")
    home.happens(WAVECREST, change())
    await home.tell()
    assert (len(Hook.posts), len(home.come())) == (1, 1)
    assert home.store.outbox.counts().waiting == 1


@APPRISE
async def test_a_chat_gets_a_few_lines_through_apprise(home: House, hook: int):
    home.set(channels=(ChannelOptions("chat", url=f"json://127.0.0.1:{hook}/", language="it"),))
    home.happens(WAVECREST, change())
    await home.tell()
    ((_, body),) = Hook.posts
    said = json.loads(body)
    assert said["title"] == "Wavecrest: ora può addestrare l'IA con i tuoi upload"
    assert said["message"].startswith("▲ Ora Wavecrest può usare ciò che carichi per addestrare l'IA.")
    assert "https://watcher.example/it/changes/" in said["message"]


@APPRISE
async def test_what_is_longer_than_a_chat_takes_comes_in_parts(home: House, hook: int, monkeypatch):
    from apprise.plugins.custom_json import NotifyJSON

    monkeypatch.setattr(NotifyJSON, "body_maxlen", 200)
    home.set(channels=(ChannelOptions("chat", url=f"json://127.0.0.1:{hook}/"),))
    home.happens(WAVECREST, change(), change("Our partners may train AI with your recordings."))
    await home.tell()
    said = [json.loads(body)["message"] for _, body in Hook.posts]
    assert len(said) > 1 and all(len(one) <= 200 for one in said)
    assert "Our partners may train AI" in " ".join(" ".join(said).split())


@APPRISE
async def test_a_chat_whose_address_is_wrong_keeps_its_letters(home: House):
    home.set(channels=(ChannelOptions("chat", url="nonsense://x"),))
    home.happens(WAVECREST, change())
    await home.tell()
    (kept,) = home.store.outbox.listed()
    assert (kept.state, kept.problem) == ("waiting", "Apprise does not know this kind of address")


async def test_corrections_reach_channels_too(home: House):
    event = home.happens(WAVECREST, change())
    await home.tell()
    home.store.notices.withdraw(Withdrawal("w1", event, change(), home.clock(), "It is about licences."))
    await home.tell()
    said = json.loads(Hook.posts[1][1])
    assert (said["type"], said["changes"][0]["note"]) == ("correction", "It is about licences.")


async def test_a_channel_that_is_configured_no_more_is_told_nothing(home: House):
    home.happens(WAVECREST, change())
    home.set(channels=())
    await home.tell()
    assert home.store.notices.pending() == ()
    assert Hook.posts == []


def test_a_secret_in_the_form_of_the_standard_is_read_as_base64():
    # The example of the Standard Webhooks specification's reference libraries.
    key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(1614265330, UTC)
    signed = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
