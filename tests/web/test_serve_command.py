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


CONFIG = """\
site:
  title: Desk of Lumalia
  base_url: https://terms.lumalia.example
  contact: desk@lumalia.example
mail: {host: 127.0.0.1, sender: Desk <alerts@lumalia.example>}
services:
  - name: Wavecrest
    documents: [{name: Terms of Use, url: https://wavecrest.example/terms}]
"""


def said_by(server: subprocess.Popen[str]) -> tuple[str, str]:
    """What it says before it serves, and where it does."""
    before = []
    for line in iter(server.stderr.readline, ""):
        if line.startswith("serving on "):
            return "".join(before), line.split()[2].rstrip(";")
        before.append(line)
    raise AssertionError("".join(before))


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_kept_store_is_served_with_everything_else_that_the_config_says(folder, tmp_path, monkeypatch, by):
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG)
    if by == "environment":
        monkeypatch.setenv("WATCHER_CONFIG", str(config))
    named = ("--config", str(config)) if by == "option" else ()
    with serve("--store", str(folder), *named) as server:
        before, address = said_by(server)
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as browse:
            front, feed = browse.get("/index.html").text, browse.get("/feeds/changes.atom").text
            contact, form = browse.get("/contact.html").text, browse.get("/subscribe")
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert "Wavecrest may now use what you upload to train AI." in front
    assert "Desk of Lumalia" in front and 'href="https://terms.lumalia.example/' in feed
    assert "desk@lumalia.example" in contact and form.status_code == 200
    assert "base_url" not in before and "nobody can subscribe" not in before


def test_a_site_that_does_not_know_its_address_says_once_what_is_lost(folder, monkeypatch):
    monkeypatch.delenv("WATCHER_CONFIG", raising=False)
    with serve("--store", str(folder)) as server:
        before, _ = said_by(server)
        server.send_signal(signal.SIGTERM)
        after = server.stderr.read()
        server.wait(30)
    assert before.count("site.base_url is not set") == 1
    assert "site.base_url is not set" not in after


def test_a_folder_without_a_store_is_named(tmp_path):
    with serve("--store", str(tmp_path / "nothing")) as server:
        assert server.wait(30) == 2
        assert "nothing: there is no store here" in server.stderr.read()


def test_answers_do_not_wait_for_the_reader_to_acknowledge_their_head():
    with opened("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
