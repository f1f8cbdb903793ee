"""`watcher suggest` as an operator uses it: what it prints can be pasted into config.yaml, and then is followed."""

import json

import pytest

from tests.test_killed import origin
from watcher.settings import load

__all__ = ["origin"]

HUB = '<a href="{0}/terms/1">Terms of Use</a> <a href="{0}/legal/ai">AI Training Terms</a> <a href="{0}">About</a>'


@pytest.fixture
def config(tmp_path, origin, monkeypatch):
    from tests.test_killed import Terms

    real = Terms.do_GET

    def do_get(self):
        if self.path != "/legal":
            return real(self)
        body = f"<html><body><ul>{HUB.format(origin)}</ul></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    monkeypatch.setattr(Terms, "do_GET", do_get)
    path = tmp_path / "config.yaml"
    path.write_text(
        "fetch: {allow_hosts: [127.0.0.1], delay: 0}\n"
        "services:\n"
        "  - name: Platform 1\n"
        f"    hub: {origin}/legal\n"
        "    documents:\n"
        "      - name: Terms of Use\n"
        f"        url: {origin}/terms/1\n"
    )
    return path


def test_what_it_prints_is_an_entry_that_loads(watcher, config, origin, tmp_path):
    on = ("--config", str(config))
    assert "nothing to suggest" in watcher("suggest", *on).stderr
    first = watcher("run", *on)
    assert "2 documents checked, 2 first version recorded" in first.stdout, first.stdout + first.stderr
    printed = watcher("suggest", *on)
    assert printed.returncode == 0
    assert "# on the hub, and not followed, about AI or licences" in printed.stdout
    pasted = tmp_path / "pasted.yaml"
    pasted.write_text(printed.stdout)
    (document,) = load(pasted, environ={}).documents
    assert (document.service, document.name) == ("Platform 1", "AI Training Terms")
    assert document.pages[0].url == f"{origin}/legal/ai"
    rows = json.loads(watcher("status", "--format", "json", *on).stdout)
    assert {row["name"] for row in rows} == {"Terms of Use", "Legal hub"}


def test_an_unknown_platform_is_a_mistake(watcher, config):
    done = watcher("suggest", "--service", "Platfrom 1", "--config", str(config))
    assert done.returncode == 2
    assert "Did you mean Platform 1?" in done.stderr
