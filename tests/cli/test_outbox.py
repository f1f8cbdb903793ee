"""What an operator does about letters that wait or were given up."""

import json
from datetime import UTC, datetime

import pytest

from tests.store.conftest import DOCUMENT
from tests.store.test_archive import first, second
from watcher.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
REFUSED = "the mail server refused the recipient: 550 5.1.1"


@pytest.fixture
def letters(watcher, tmp_path):
    """Three letters: one sent, one given up, one postponed; their Message-IDs."""
    assert watcher("init").returncode == 0
    with Store(tmp_path / "data" / "watcher.sqlite") as store:
        store.archive.remember([DOCUMENT])
        first(store)
        second(store, letters=3)
        sent, given_up, waiting = (one.letter.message_id for one in store.outbox.due(NOW))
        store.outbox.sent(sent, NOW)
        store.outbox.failed(given_up, NOW, tries=1, problem=REFUSED)
        store.outbox.postponed(waiting, NOW, tries=3, next_try=NOW, problem="greylisted")
    return sent, given_up, waiting


def listed(watcher, *more):
    done = watcher("outbox", "list", "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    return {row["message_id"]: row for row in json.loads(done.stdout)}


def test_the_list_shows_every_letter_not_sent_with_what_hinders_it(watcher, letters):
    sent, given_up, waiting = letters
    rows = listed(watcher)
    assert set(rows) == {given_up, waiting}
    assert set(listed(watcher, "--all")) == {sent, given_up, waiting}
    row = rows[waiting]
    assert row["address"].endswith("@x.example")
    assert (row["what"], row["state"], row["tries"], row["problem"]) == ("s", "waiting", 3, "greylisted")
    assert row["next_try"] == NOW.isoformat()
    assert (rows[given_up]["state"], rows[given_up]["next_try"]) == ("given_up", None)


def test_the_list_can_be_read_and_its_message_ids_copied(watcher, letters):
    _, given_up, waiting = letters
    lines = watcher("outbox", "list").stdout.splitlines()
    assert {given_up.strip("<>"), waiting.strip("<>")} <= set(lines)
    assert any("given up after 1 try" in line and REFUSED in line for line in lines)
    assert any("3 tries, next 2026-03-01 12:00 UTC" in line for line in lines)


def test_an_empty_outbox_says_so(watcher):
    watcher("init")
    assert "No letter waits" in watcher("outbox", "list").stdout
    assert watcher("outbox", "retry").returncode == 0


def test_retry_makes_one_letter_or_all_due_at_once(watcher, letters):
    _, given_up, waiting = letters
    assert watcher("outbox", "retry", given_up.strip("<>")).returncode == 0
    rows = listed(watcher)
    assert (rows[given_up]["state"], rows[given_up]["tries"], rows[given_up]["next_try"]) == (
        "waiting",
        0,
        None,
    )
    assert rows[waiting]["tries"] == 3
    done = watcher("outbox", "retry")
    assert "2 letters" in done.stderr
    assert {row["next_try"] for row in listed(watcher).values()} == {None}


def test_a_dropped_letter_is_gone(watcher, letters):
    _, given_up, waiting = letters
    assert watcher("outbox", "drop", waiting).returncode == 0
    assert set(listed(watcher)) == {given_up}


@pytest.mark.parametrize("command", ["retry", "drop"])
def test_a_letter_that_is_not_there_or_was_sent_is_a_mistake(watcher, letters, command):
    for message_id in ("nobody@w.example", letters[0]):
        done = watcher("outbox", command, message_id)
        assert (done.returncode, done.stdout) == (2, "")
        assert "watcher outbox list" in done.stderr
    assert len(listed(watcher, "--all")) == 3
