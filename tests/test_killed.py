"""A run that is killed at any moment leaves a store that the next run continues from; nobody is told twice."""

import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from aiosmtpd.controller import Controller

from watcher.store import Store

DOCUMENTS = 8
CLAUSE = "We may use what you upload to train artificial intelligence models."


class Terms(BaseHTTPRequestHandler):
    """Terms of several platforms, each with the clause once `changed` is set."""

    changed = False
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Terms.asked.append(self.path)
        number = self.path.rpartition("/")[2]
        sections = "".join(
            f"<h2>Part {i}</h2><p>Platform {number} says this in part {i} of it.</p>" for i in range(9)
        )
        more = f"<h2>Technology</h2><p>{CLAUSE}</p>" if Terms.changed else ""
        body = (
            f"<html lang=en><head><title>Terms {number}</title></head>"
            f"<body><main><h1>Terms of Use</h1><p>These terms are between you and platform {number}.</p>"
            f"{sections}{more}</main></body></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Mailbox:
    """Every Message-ID that was handed over."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.ids.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"


@pytest.fixture
def origin() -> Iterator[str]:
    Terms.changed = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Terms)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def configured(folder: Path, origin: str, port: int) -> Path:
    folder.mkdir()
    documents = "".join(
        f"  - name: Platform {i}\n    documents:\n      - name: Terms of Use\n        url: {origin}/terms/{i}\n"
        for i in range(DOCUMENTS)
    )
    config = folder / "config.yaml"
    config.write_text(
        f"data: data\ncatalogues: []\nfetch:\n  delay: 0\n  retries: 0\n  allow_hosts: [127.0.0.1]\n"
        f"mail:\n  host: 127.0.0.1\n  port: {port}\n  security: none\n  sender: watch@example.org\n"
        f"services:\n{documents}"
    )
    return config


def watcher(config: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "watcher", *arguments, "--config", str(config)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(config: Path, *arguments: str) -> None:
    process = watcher(config, *arguments)
    out, problem = process.communicate(timeout=120)
    assert process.returncode == 0, (out + problem).decode()


def history(config: Path) -> dict[str, list[tuple[int, str, str]]]:
    with Store(config.parent / "data" / "watcher.sqlite") as store:
        return {
            one.document.key: [(v.number, v.kind.value, v.text) for v in one.versions]
            for one in store.reports.histories()
        }


@pytest.mark.parametrize("seeds", [range(5), range(5, 10)])
def test_a_killed_run_continued_gives_the_versions_and_letters_of_an_undisturbed_one(
    seeds, tmp_path, origin, mailbox
):
    box, port = mailbox
    calm = configured(tmp_path / "calm", origin, port)
    for address in ("anna@example.org", "bruno@example.org"):
        finish(calm, "subscribe", address)
    finish(calm, "run")
    shutil.copytree(calm.parent / "data", tmp_path / "before")
    Terms.changed = True
    began = time.monotonic()
    finish(calm, "run")
    took = time.monotonic() - began
    expected = set(box.ids)
    assert len(expected) == 2 * DOCUMENTS

    for seed in seeds:
        box.ids.clear()
        stormy = configured(tmp_path / f"stormy-{seed}", origin, port)
        shutil.copytree(tmp_path / "before", stormy.parent / "data")
        process = watcher(stormy, "run")
        try:
            process.wait(timeout=random.Random(seed).uniform(0.1, 0.95) * took)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        finish(stormy, "run")
        assert history(stormy) == history(calm)
        assert set(box.ids) == expected
