"""What an operator does about alerts that wait for a look, and readings that were wrong."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from tests.store.conftest import DOCUMENT, after
from tests.store.test_archive import CHANGE, first, second
from watcher.model.alert import Notice
from watcher.model.reader import WrongReading
from watcher.store import Store


@pytest.fixture
def event(watcher, tmp_path):
    """A change that one reader was told of, and that is held for another until far in the future."""
    assert watcher("init").returncode == 0
    with Store(tmp_path / "data" / "watcher.sqlite") as store:
        store.archive.remember([DOCUMENT])
        first(store)
        found = second(store, letters=1)
        (waiting,) = store.outbox.due(after(7))
        notices = store.notices.pending()
        with store.notices._writing.begin() as connection:
            from watcher.store import notices as room

            room.add(connection, [Notice("late", found.id, after(6), held_until=after(9e5))])
        from watcher.store import Settled

        store.notices.settle([Settled(notices, waiting.letter, (CHANGE.key,))], [], after(7), withdrawals=0)
        store.outbox.claim(after(7), by="x", lease=timedelta(minutes=1), most=9)
        store.outbox.sent(waiting.letter.message_id, after(7))
        store.wrong_readings.report(WrongReading(found.id, 0, "no!", "", "en", after(8)))
        return found


def test_held_alerts_are_listed_released_and_stopped(watcher, event):
    (row,) = json.loads(watcher("held", "list", "--format", "json").stdout)
    assert (row["change"], row["readers"], row["document"]) == (event.id, 1, DOCUMENT.key)
    assert "Wavecrest may now use" in watcher("held", "list").stdout
    assert "1 reader" in watcher("held", "stop", event.id).stderr
    assert "No alert is held." in watcher("held", "list").stdout
    done = watcher("held", "release", event.id)
    assert done.returncode == 2
    assert "watcher held list" in done.stderr


def test_a_reading_is_withdrawn_once_and_the_reports_about_it_are_settled(watcher, event):
    done = watcher("withdraw", event.id, "--note", "It is about licences.")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 reader will get a correction" in done.stderr
    assert "Nobody calls a reading wrong." in watcher("wrong", "list").stdout
    again = watcher("withdraw", event.id, "--note", "It is about licences.")
    assert again.returncode == 2
    assert "withdrawn before" in again.stderr


def test_a_report_leads_to_the_withdrawal_of_what_it_is_about(watcher, event, tmp_path):
    done = watcher("wrong", "withdraw", "1", "--note", "It is about licences.")
    assert "1 reader will get a correction" in done.stderr
    with Store(tmp_path / "data" / "watcher.sqlite") as store:
        (kept,) = store.notices.withdrawn(event.id)
        (told,) = [one for one in store.notices.pending() if one.kind == "correction"]
    assert (kept.note, told.about) == ("It is about licences.", kept.id)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("0000000000000000", "--note", "x"), "no change with this id"),
        (("EVENT", "--note", "x", "--change", "7"), "--change 1: Wavecrest may now use"),
        (("EVENT", "--note", " "), "says what was wrong"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_with_what_can(watcher, event, arguments, says):
    done = watcher("withdraw", *(event.id if one == "EVENT" else one for one in arguments))
    assert done.returncode == 2
    assert says in done.stderr


def test_a_test_mail_goes_the_way_of_alerts_and_a_refusal_is_told(watcher, tmp_path):
    from tests.telling import Receiver

    async def send(refuse: dict[str, str]):
        receiver = Receiver()
        receiver.refuse = refuse
        async with receiver.listening():
            watcher("init", "--force")
            config = tmp_path / "config.yaml"
            mail = f"mail:\n  host: 127.0.0.1\n  port: {receiver.port}\n  security: none\n  sender: a@w.example\n"
            config.write_text(re.sub(r"^mail:\n", mail, config.read_text(), flags=re.M))
            done = await asyncio.to_thread(watcher, "send-test", "ann@reader.example", "--language", "it")
        return done, receiver.mails

    done, (mail,) = asyncio.run(send({}))
    assert done.returncode == 0, done.stderr
    assert (mail["To"], mail["List-Unsubscribe"]) == ("ann@reader.example", None)
    assert "Le e-mail di questo osservatorio arrivano." in mail.get_body(("plain",)).get_content()
    done, mails = asyncio.run(send({"ann@reader.example": "550 5.1.1 who?"}))
    assert (done.returncode, mails) == (2, [])
    assert "refused the recipient: 550 5.1.1" in done.stderr
    assert "ann@" not in done.stderr


def test_without_a_mail_server_a_test_says_what_to_set(watcher):
    watcher("init")
    done = watcher("send-test", "ann@reader.example")
    assert done.returncode == 2
    assert "mail.host" in done.stderr


def test_a_test_to_no_address_says_so_before_anything_is_sent(watcher, tmp_path):
    watcher("init")
    config = tmp_path / "config.yaml"
    mail = "mail:\n  host: 127.0.0.1\n  port: 9\n  security: none\n  sender: a@w.example\n"
    config.write_text(re.sub(r"^mail:\n", mail, config.read_text(), flags=re.M))
    done = watcher("send-test", "ann")
    assert done.returncode == 2 and "this is no mail address" in done.stderr
