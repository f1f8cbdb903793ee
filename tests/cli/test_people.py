"""What an operator does for readers: subscribe them, tell them what is kept, hear what they wrote."""

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.store.conftest import DOCUMENT
from tests.store.test_archive import first, second
from watcher.model.alert import Letter
from watcher.model.reader import Suggestion, WrongReading
from watcher.store import Store

AT = datetime(2026, 3, 14, tzinfo=UTC)
CONFIG = """\
services:
  - name: Wavecrest
    groups: [music]
    documents: [{name: Terms of Use, url: https://wavecrest.example/terms}]
timezone: Europe/Rome
"""


@pytest.fixture
def config(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG)
    with Store(tmp_path / "data" / "watcher.sqlite") as store:
        store.archive.remember([DOCUMENT])
        yield store


def test_a_digest_is_asked_for_with_its_hour_and_zone(watcher, config):
    done = watcher("subscribe", "Anna@reader.example", "--rhythm", "weekly", "--hour", "18")
    assert done.returncode == 0, done.stderr
    assert "weekly at 18:00 Europe/Rome" in done.stderr
    watcher("subscribe", "bo@reader.example", "--timezone", "UTC")
    people = json.loads(watcher("subscribers", "--format", "json").stdout)
    assert [(one["rhythm"], one["hour"], one["timezone"]) for one in people] == [
        ("weekly", 18, "Europe/Rome"),
        ("at_once", 8, "UTC"),
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--timezone", "Europe/Atlantis"), "no time zone is named"),
        (("--hour", "24"), "less than or equal to 23"),
        (("--rhythm", "hourly"), "at_once"),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused(watcher, config, options, words):
    done = watcher("subscribe", "anna@reader.example", *options)
    assert done.returncode == 2 and words in done.stderr
    assert "Traceback" not in done.stderr


def test_whoever_cannot_be_reached_any_more_is_shown_as_such(watcher, config):
    watcher("subscribe", "anna@reader.example")
    for number in range(3):
        letter = Letter(f"<{number}@w>", None, "anna@reader.example", "s", "t", "h", "en", AT)
        config.outbox.put([letter])
        config.outbox.failed(letter.message_id, AT, tries=1, problem="550 5.1.1", nobody=True)
    assert "nothing: her server refuses" in " ".join(watcher("subscribers").stdout.split())
    (anna,) = json.loads(watcher("subscribers", "--format", "json").stdout)
    assert anna["stopped"] is True


def test_everything_about_an_address_is_exported_and_erased(watcher, config):
    watcher("subscribe", "anna@reader.example", "--group", "music", "--category", "new_document")
    export = json.loads(watcher("subscribers", "export", "ANNA@reader.example").stdout)
    wishes = export["subscription"]
    assert export["address"] == "anna@reader.example"
    assert (wishes["groups"], wishes["categories"]) == (["music"], ["new_document"])
    assert watcher("unsubscribe", "anna@reader.example").returncode == 0
    gone = watcher("subscribers", "export", "anna@reader.example")
    assert gone.returncode == 2 and "nothing is kept about that address" in gone.stderr


def test_suggestions_and_reports_are_listed_and_settled(watcher, config):
    first(config)
    event = second(config, letters=0).id
    config.suggestions.add(
        Suggestion("Tonhafen", "https://tonhafen.example/agb", "Many of us\nare there.", AT)
    )
    config.wrong_readings.report(WrongReading(event, 0, "It means search.", "anna@reader.example", "it", AT))
    config.wrong_readings.report(WrongReading(event, None, "", "", "en", AT))
    assert watcher("suggestions", "list").stdout == (
        "1  2026-03-14  Tonhafen  https://tonhafen.example/agb\n    Many of us\n    are there.\n"
    )
    listed = watcher("wrong", "list").stdout
    assert f"1  2026-03-14  Wavecrest Terms of Use, change {event}" in listed
    assert "Wavecrest may now use" in listed and "> It means search." in listed
    assert "answer to anna@reader.example" in listed
    assert [one["number"] for one in json.loads(watcher("wrong", "list", "--format", "json").stdout)] == [
        1,
        2,
    ]
    assert watcher("wrong", "dismiss", "1").returncode == 0
    assert watcher("suggestions", "drop", "1").returncode == 0
    assert "(dismissed)" in watcher("wrong", "list", "--all").stdout
    assert "anna" not in watcher("wrong", "list", "--all").stdout
    assert watcher("suggestions", "list").stdout == "Nobody suggested a platform yet.\n"
    for command in (("suggestions", "drop", "7"), ("wrong", "dismiss", "7")):
        done = watcher(*command)
        assert done.returncode == 2 and "there is no" in done.stderr


def test_a_server_that_cannot_take_subscriptions_says_so_when_it_starts(watcher, config, tmp_path):
    command = [sys.executable, "-m", "watcher", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        said = [server.stderr.readline() for _ in range(3)]
        server.send_signal(signal.SIGTERM)
        rest = server.stderr.read()
    assert said[0] == (
        "nobody can subscribe on the site yet: set mail.host and mail.sender and site.base_url\n"
    )
    assert said[1].startswith("site.base_url is not set: ")
    assert re.match(r"serving on http://127\.0\.0\.1:\d+/", said[2])
    assert server.returncode == 0 and "stopped" in rest
