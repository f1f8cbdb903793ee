"""`watcher serve` as an operator starts it: a process, a socket, a signal."""

import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from tests.site.sample import fill, keep
from watcher.store import Store
from watcher.web.serving import opened


@pytest.fixture
def folder(tmp_path):
    with Store(tmp_path / "watcher.sqlite") as store:
        keep(fill(), store)
    return tmp_path


def serve(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "watcher", "serve", "--port", "0", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"NO_COLOR": "1"})


def test_a_kept_store_is_served_until_the_signal(folder):
    with serve("--store", str(folder)) as server:
        lines = iter(server.stderr.readline, "")
        said = next(line for line in lines if line.startswith("serving on "))
        address = said.split()[2].rstrip(";")
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as browse:
            assert "Wavecrest may now use what you upload to train AI." in browse.get("/index.html").text
            assert browse.get("/healthz").json() == {"status": "ok"}
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
        assert "stopped" in server.stderr.read()


def test_a_folder_without_a_store_is_named(tmp_path):
    with serve("--store", str(tmp_path / "nothing")) as server:
        assert server.wait(30) == 2
        assert "nothing: there is no store here" in server.stderr.read()


def test_answers_do_not_wait_for_the_reader_to_acknowledge_their_head():
    with opened("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
