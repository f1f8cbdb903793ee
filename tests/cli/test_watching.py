"""From `init` to `report` and `daemon`, as an operator does it, against a real server."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.test_killed import CLAUSE, Terms, configured, mailbox, origin

__all__ = ["mailbox", "origin"]


@pytest.fixture
def config(tmp_path, origin, mailbox):
    return configured(tmp_path / "op", origin, mailbox[1])


def test_a_pass_is_summed_up_and_a_change_reaches_subscriber_status_and_report(
    watcher, config, mailbox, tmp_path
):
    on = ("--config", str(config))
    assert (
        watcher(
            "subscribe", "Anna@Example.org", "--language", "it", "--service", "platform 3", *on
        ).returncode
        == 0
    )
    first = watcher("run", *on)
    assert first.returncode == 0, first.stderr
    assert "8 documents checked, 8 first version recorded" in first.stdout
    Terms.changed = True
    second = watcher("run", "--service", "Platform 3", *on)
    assert second.returncode == 0, second.stderr
    assert "1 documents checked, 1 changed" in second.stdout
    assert CLAUSE[:40] in second.stdout
    assert len(mailbox[0].ids) == 1
    rows = json.loads(watcher("status", "--format", "json", *on).stdout)
    assert {row["versions"] for row in rows} == {1, 2}
    assert all(row["next_check"] for row in rows)
    assert "8 documents, 0 in trouble" in watcher("status", *on).stdout
    people = json.loads(watcher("subscribers", "--format", "json", *on).stdout)
    assert [(one["address"], one["services"]) for one in people] == [("anna@example.org", ["Platform 3"])]
    assert watcher("report", "--out", str(tmp_path / "report"), *on).returncode == 0
    assert "Platform 3" in (tmp_path / "report" / "index.html").read_text()
    assert watcher("unsubscribe", "anna@example.org", *on).returncode == 0
    assert "Nobody is subscribed" in watcher("subscribers", *on).stdout


def test_what_was_just_checked_is_not_due(watcher, config):
    on = ("--config", str(config))
    assert "8 documents checked" in watcher("run", "--due", *on).stdout
    assert "0 documents checked" in watcher("run", "--due", *on).stdout


def test_a_run_in_which_nothing_changed_never_imports_spacy(watcher, config):
    on = ("--config", str(config))
    watcher("run", *on)
    done = watcher("run", *on, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert "sqlalchemy" in done.stderr
    assert "spacy" not in done.stderr


def test_a_daemon_checks_everything_due_and_stops_cleanly_on_sigterm(config):
    command = [sys.executable, "-m", "watcher", "daemon", "--config", str(config)]
    quiet = os.environ | {"NO_COLOR": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=quiet) as daemon:
        first = 0
        for line in daemon.stderr:
            first += "outcome=first" in line
            if first == 8:
                break
        daemon.send_signal(signal.SIGTERM)
        rest = daemon.stderr.read()
    assert daemon.returncode == 0
    assert "everything recorded is safe" in rest


def test_a_document_whose_server_is_gone_fails_alone_with_its_reason(watcher, config):
    on = ("--config", str(config))
    text = config.read_text()
    broken = text.replace("/terms/5\n", "/terms/5\n        select: ['#gone']\n")
    config.write_text(broken)
    done = watcher("run", *on)
    assert done.returncode == 1
    assert "7 first version recorded, 1 not the document" in done.stdout
    assert "selectors" in done.stdout
    assert "selectors (1x)" in watcher("status", *on).stdout


def test_the_ping_is_asked_for_after_a_pass_that_read_something_and_not_when_all_of_it_failed(
    watcher, config, origin
):
    config.write_text(config.read_text() + f"ping: {origin}/alive\n")
    Terms.asked.clear()
    assert watcher("run", "--config", str(config)).returncode == 0
    assert Terms.asked.count("/alive") == 1
    config.write_text(config.read_text().replace("/terms/5\n", "/terms/5\n        select: ['#gone']\n"))
    assert watcher("run", "--config", str(config)).returncode == 1
    assert Terms.asked.count("/alive") == 2
    config.write_text(re.sub(r"(/terms/[0-46-9])\n", r"\1\n        select: ['#gone']\n", config.read_text()))
    assert watcher("run", "--all", "--config", str(config)).returncode == 1
    assert Terms.asked.count("/alive") == 2


def test_a_damaged_text_fails_its_document_alone(watcher, config):
    on = ("--config", str(config))
    watcher("run", *on)
    database = sqlite3.connect(config.parent / "data" / "watcher.sqlite")
    database.execute(
        "UPDATE text SET packed = x'00' WHERE digest = "
        "(SELECT text FROM version WHERE document = 'platform-3/terms-of-use')"
    )
    database.commit()
    database.close()
    Terms.changed = True
    done = watcher("run", *on)
    assert done.returncode == 1
    assert "7 changed" in done.stdout
    assert "damaged" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_broken_pack_of_the_operator_is_told_before_anything_is_fetched(watcher, config):
    pack = config.parent / "mine" / "broken"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: [\n")
    config.write_text(config.read_text() + "rules: [mine]\n")
    Terms.asked.clear()
    done = watcher("run", "--config", str(config))
    assert done.returncode == 2
    assert "pack.yaml" in done.stderr
    assert Terms.asked == []
