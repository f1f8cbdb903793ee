"""From a recorded change to what people read, each at her time, nothing lost and nothing twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.telling import LUMALIA, PRIVACY, WAVECREST, House, change, document, house
from watcher import composing
from watcher.model.note import Withdrawal
from watcher.model.sighting import Move, Sighting

OTHER = "Our partners may train AI with your recordings."
DAY = timedelta(days=1)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as made:
        yield made


async def test_a_change_is_told_at_once_to_those_who_follow_the_platform(home: House):
    home.subscribe("anna", services=("Wavecrest",))
    home.subscribe("bruno", services=("Lumalia",))
    home.subscribe("carla", language="it", groups=("music",))
    event = home.happens(WAVECREST, change())
    await home.tell()
    mails = home.come()
    assert sorted(mail["To"] for mail in mails) == ["anna@reader.example", "carla@reader.example"]
    assert {mail["Content-Language"] for mail in mails} == {"en", "it"}
    assert all(mail["Message-ID"].startswith(f"<{event.id}.") for mail in mails)
    await home.tell()
    assert home.come() == []


async def test_every_mail_of_a_subscription_can_be_left_with_one_click(home: House):
    anna = home.subscribe("anna")
    home.happens(WAVECREST, change())
    await home.tell()
    (mail,) = home.come()
    link = mail["List-Unsubscribe"].strip("<>")
    assert link.startswith("https://watcher.example/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] and mail["Auto-Submitted"] == "auto-generated" and mail["Date"]
    for kind in ("plain", "html"):
        part = mail.get_body((kind,)).get_content()
        assert link in part
        assert "https://watcher.example/preferences/" in part
        assert anna.id not in part


async def test_the_same_clause_in_several_documents_of_a_platform_is_one_mail(home: House):
    home.subscribe("anna")
    home.happens(WAVECREST, change())
    home.happens(PRIVACY, change(), change(OTHER, "third_party_training", "medium"))
    home.happens(LUMALIA, change())
    await home.tell()
    wavecrest, lumalia = sorted(home.come(), key=lambda mail: mail["Subject"], reverse=True)
    text = " ".join(wavecrest.get_body(("plain",)).get_content().split())
    assert text.count("train artificial intelligence models.") == 1
    assert "In 2 documents: Terms of Use, Privacy Policy." in text
    assert "In 1 document: Privacy Policy." in text
    assert lumalia["Subject"].startswith("Lumalia: ")


async def test_the_daemon_gathers_for_a_few_minutes_and_no_longer(home: House):
    home.subscribe("anna")
    gather = timedelta(minutes=10)
    home.happens(WAVECREST, change())
    await home.tell(gather=gather)
    home.clock.move(minutes=6)
    home.happens(PRIVACY, change(OTHER))
    await home.tell(gather=gather)
    assert home.come() == []
    home.clock.move(minutes=4)
    await home.tell(gather=gather)
    (mail,) = home.come()
    assert "2 documents" not in mail["Subject"]
    assert OTHER in " ".join(mail.get_body(("plain",)).get_content().replace("*", "").split())


async def test_a_daily_digest_comes_at_the_readers_hour_and_tells_all_that_waited(home: House):
    home.subscribe("anna", rhythm="daily", hour=18, timezone="Europe/Rome")
    home.happens(WAVECREST, change())
    home.clock.at = datetime(2026, 3, 14, 16, 59, tzinfo=UTC)
    home.happens(LUMALIA, change(), change(OTHER))
    await home.tell()
    assert home.come() == []
    home.clock.at = datetime(2026, 3, 14, 17, 0, tzinfo=UTC)
    await home.tell()
    (mail,) = home.come()
    assert mail["Subject"] == "Lumalia and Wavecrest: 3 changes"
    home.clock.move(days=1)
    await home.tell()
    assert home.come() == []


async def test_a_weekly_digest_comes_on_monday(home: House):
    home.subscribe("anna", rhythm="weekly", hour=8, timezone="America/New_York", language="it")
    home.happens(WAVECREST, change())
    for hours in range(60):
        home.clock.at = datetime(2026, 3, 14, 10, tzinfo=UTC) + timedelta(hours=hours)
        await home.tell()
        if home.receiver.mails:
            break
    assert home.clock.at == datetime(2026, 3, 16, 12, tzinfo=UTC)
    (mail,) = home.come()
    assert "riepilogo settimanale" in mail.get_body(("plain",)).get_content()


async def test_new_wishes_hold_for_what_still_waits(home: House):
    home.subscribe("anna", rhythm="daily", hour=8)
    home.happens(WAVECREST, change(severity="low"))
    home.subscribe("anna", rhythm="at_once", severity="critical")
    await home.tell()
    assert home.come() == []
    assert home.store.notices.pending() == ()


async def test_whoever_left_hears_nothing_and_nothing_is_kept_of_her(home: House):
    home.subscribe("anna", rhythm="daily")
    home.happens(WAVECREST, change())
    assert home.store.subscribers.remove("anna@reader.example")
    assert home.store.notices.pending() == ()
    home.clock.move(days=2)
    await home.tell()
    assert home.come() == []


async def test_an_operator_may_look_first_release_or_stop(home: House):
    home.alerts(hold=timedelta(hours=4))
    home.subscribe("anna")
    wavecrest, lumalia = home.happens(WAVECREST, change()), home.happens(LUMALIA, change())
    late = home.happens(PRIVACY, change(OTHER))
    await home.tell()
    assert home.come() == []
    held = {one.event.id: (one.readers, one.until) for one in home.store.notices.held(home.clock())}
    assert held == {one.id: (1, home.clock() + timedelta(hours=4)) for one in (wavecrest, lumalia, late)}
    assert home.store.notices.release(wavecrest.id, home.clock()) == 1
    assert home.store.notices.stop(lumalia.id, home.clock()) == 1
    await home.tell()
    (mail,) = home.come()
    assert mail["Message-ID"].startswith(f"<{wavecrest.id}.")
    home.clock.move(hours=4)
    await home.tell()
    (mail,) = home.come()
    assert mail["Message-ID"].startswith(f"<{late.id}.")
    assert home.store.notices.pending() == ()


def withdraw(home: House, event, one, note: str = "It speaks of licences, not of training.") -> int:
    return home.store.notices.withdraw(Withdrawal(f"w{one.key}"[:16], event, one, home.clock(), note))


async def test_a_wrong_reading_is_corrected_once_with_those_who_got_it(home: House):
    home.subscribe("anna")
    home.subscribe("bruno", language="it", rhythm="daily", hour=8)
    wrong, right = change(), change(OTHER)
    event = home.happens(WAVECREST, wrong, right)
    await home.tell()
    assert [mail["To"] for mail in home.come()] == ["anna@reader.example"]
    assert withdraw(home, event, wrong) == 1
    assert withdraw(home, event, wrong) == 0
    await home.tell()
    (mail,) = home.come()
    assert mail["To"] == "anna@reader.example"
    assert mail["Subject"] == "Wavecrest: correction, we read a clause wrongly"
    assert "It speaks of licences, not of training." in mail.get_body(("plain",)).get_content()
    home.clock.move(days=1)
    await home.tell()
    (digest,) = home.come()
    told = digest.get_body(("plain",)).get_content().replace("*", "")
    assert "Our partners may train AI" in told
    assert "train artificial intelligence models" not in told
    (kept,) = home.store.notices.withdrawn(event.id)
    assert (kept.change, kept.note) == (wrong, "It speaks of licences, not of training.")


async def test_a_letter_that_nobody_can_have_read_is_made_anew_without_the_wrong_reading(home: House):
    home.subscribe("anna")
    wrong, right = change(), change(OTHER)
    event = home.happens(WAVECREST, wrong, right)
    home.mail(host="")
    await home.tell()
    assert home.store.outbox.counts().waiting == 1
    assert withdraw(home, event, wrong) == 0
    home.mail(host="127.0.0.1")
    await home.tell()
    (mail,) = home.come()
    told = mail.get_body(("plain",)).get_content().replace("*", "")
    assert "Our partners may train AI" in told and "intelligence" not in told


@pytest.mark.parametrize(("trouble", "corrections"), [("451 later", 0), ("drop", 1)])
async def test_a_letter_that_waits_for_another_try_is_made_anew_too(home: House, trouble, corrections):
    home.subscribe("anna")
    wrong, right = change(), change(OTHER)
    event = home.happens(WAVECREST, wrong, right)
    home.receiver.troubles = [trouble]
    await home.tell()
    home.come()  # the mail that got through although the answer was lost
    assert withdraw(home, event, wrong) == corrections
    home.clock.move(minutes=6)
    await home.tell()
    mails = home.come()
    assert len(mails) == 1 + corrections
    alerts = [mail for mail in mails if "correction" not in mail["Subject"]]
    assert "artificial intelligence" not in alerts[0].get_body(("plain",)).get_content()


async def test_a_letter_that_was_given_up_goes_out_without_the_wrong_reading_when_it_is_tried_again(
    home: House,
):
    home.subscribe("anna")
    wrong, right = change(), change(OTHER)
    event = home.happens(WAVECREST, wrong, right)
    home.receiver.refuse["anna@reader.example"] = "550 5.1.1 no such user"
    await home.tell()
    assert withdraw(home, event, wrong) == 0
    home.receiver.refuse.clear()
    home.store.outbox.retry()
    await home.tell()
    (mail,) = home.come()
    told = mail.get_body(("plain",)).get_content().replace("*", "")
    assert "Our partners may train AI" in told and "intelligence" not in told


@pytest.mark.parametrize(("answer", "corrections"), [("451 later", 0), ("", 1)])
async def test_a_letter_on_its_way_while_a_reading_is_withdrawn_is_corrected_only_if_it_arrives(
    home: House, answer, corrections
):
    home.subscribe("anna")
    wrong, right = change(), change(OTHER)
    event = home.happens(WAVECREST, wrong, right)

    async def handle_DATA(server, session, envelope) -> str:
        assert withdraw(home, event, wrong) == 1
        del home.receiver.handle_DATA
        return answer or await home.receiver.handle_DATA(server, session, envelope)

    home.receiver.handle_DATA = handle_DATA
    await home.tell()
    for _ in range(4):
        home.clock.move(minutes=10)
        await home.tell()
    alerts, corrected = [], []
    for mail in home.come():
        (corrected if "correction" in mail["Subject"] else alerts).append(mail)
    assert (len(alerts), len(corrected)) == (1, corrections)
    told = alerts[0].get_body(("plain",)).get_content().replace("*", "")
    assert ("artificial intelligence" in told) is bool(corrections)


async def test_one_reader_whose_letters_cannot_be_made_keeps_nobody_elses_back(
    home: House, monkeypatch, capsys
):
    anna, bruno = home.subscribe("anna"), home.subscribe("bruno")
    home.happens(WAVECREST, change())
    honest = composing.addressed

    def breaks(body, reader, **rest):
        if reader.id == anna.id:
            raise ValueError(f"cannot write to {reader.address}")
        return honest(body, reader, **rest)

    monkeypatch.setattr(composing, "addressed", breaks)
    await home.tell()
    assert [mail["To"] for mail in home.come()] == [bruno.address]
    monkeypatch.undo()
    await home.tell()
    assert [mail["To"] for mail in home.come()] == [anna.address]
    assert "anna" not in capsys.readouterr().out


async def test_an_hour_that_no_clock_has_keeps_nobody_from_her_digest(home: House):
    home.subscribe("anna", rhythm="daily", hour=899)
    home.subscribe("bruno")
    home.happens(WAVECREST, change())
    await home.tell()
    home.clock.move(days=1)
    await home.tell()
    assert sorted(mail["To"] for mail in home.come()) == ["anna@reader.example", "bruno@reader.example"]


async def test_when_all_of_it_was_wrong_nothing_is_told(home: House):
    home.subscribe("anna", rhythm="daily", hour=8)
    event = home.happens(WAVECREST, change())
    assert withdraw(home, event, change()) == 0
    home.clock.move(days=1)
    await home.tell()
    assert home.come() == []
    assert home.store.notices.pending() == ()


async def test_an_address_that_does_not_exist_is_tried_no_more_after_the_configured_count(home: House):
    home.mail(stop_after=2)
    home.subscribe("anna")
    home.receiver.refuse["anna@reader.example"] = "550 5.1.1 no such user"
    for number in range(3):
        home.happens(WAVECREST, change(f"We may train AI with your songs, part {number}."))
        await home.tell()
    counts = home.store.outbox.counts()
    assert (counts.failed, counts.waiting) == (2, 0)
    home.subscribe("anna")  # she confirms the address anew
    home.receiver.refuse.clear()
    home.happens(WAVECREST, change(OTHER))
    await home.tell()
    assert len(home.come()) == 1


def fails(home: House, document, reason: str = "bot-wall") -> None:
    home.store.archive.failed(document.key, at=home.clock(), reason=reason, detail="a check for robots")


def reads(home: House, document) -> None:
    pages = home.store.archive.pages(document.key)
    home.store.archive.unchanged(document.key, at=home.clock(), pages=pages, known=pages, fetched=[])


async def test_followers_of_a_platform_that_falls_silent_are_told_once_and_once_when_it_is_back(home: House):
    home.subscribe("anna", services=("Wavecrest",))
    home.subscribe("bruno", services=("Lumalia",))
    home.subscribe("carla", language="it", rhythm="weekly")
    for _ in range(9):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        fails(home, PRIVACY)
        reads(home, LUMALIA)
        await home.tell()
    mails = home.come()
    assert sorted(mail["To"] for mail in mails) == ["anna@reader.example", "carla@reader.example"]
    assert {mail["Subject"] for mail in mails} == {
        "Wavecrest: we cannot read the terms",
        "Wavecrest: non riusciamo a leggere le condizioni",
    }
    home.subscribe("dora")
    reads(home, PRIVACY)
    home.clock.move(hours=1)
    await home.tell()
    back = home.come()
    assert sorted(mail["To"] for mail in back) == ["anna@reader.example", "carla@reader.example"]
    assert "Still unreadable: Wavecrest Terms of Use." in " ".join(
        next(mail for mail in back if mail["Content-Language"] == "en")
        .get_body(("plain",))
        .get_content()
        .split()
    )
    await home.tell()
    assert home.come() == []


async def test_a_platform_taken_out_of_the_config_while_silent_and_put_back_is_silent_anew(home: House):
    home.subscribe("anna", services=("Wavecrest",))
    watched = home.settings.documents
    for _ in range(8):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        fails(home, PRIVACY)
        await home.tell()
    assert len(home.come()) == 1
    home.set(documents=(LUMALIA,))
    await home.tell()
    home.set(documents=watched)
    home.clock.move(hours=1)
    await home.tell()
    home.happens(LUMALIA, change())
    home.subscribe("bruno")
    home.happens(WAVECREST, change(OTHER))
    await home.tell()
    subjects = [mail["Subject"] for mail in home.come()]
    assert subjects.count("Wavecrest: we cannot read the terms") == 1
    assert (
        len(subjects) == 1 + 1 + 2
    )  # both changes to her who follows all, one of them to her who follows one


async def test_terms_that_cannot_be_read_are_told_though_robots_txt_can(home: House):
    robots = replace(document("Wavecrest", "robots.txt"), kind="robots")
    home.store.archive.remember([*home.settings.documents, robots])
    home.set(documents=(*home.settings.documents, robots))
    home.first(robots)
    home.subscribe("anna", services=("Wavecrest",))
    for _ in range(9):
        home.clock.move(days=1)
        for one in (WAVECREST, PRIVACY):
            fails(home, one)
        reads(home, robots)
        await home.tell()
    assert [mail["Subject"] for mail in home.come()] == ["Wavecrest: we cannot read the terms"]


async def test_a_platform_of_which_one_document_can_be_read_is_not_silent(home: House):
    home.subscribe("anna")
    for _ in range(9):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        for one in (PRIVACY, LUMALIA):
            reads(home, one)
        await home.tell()
    assert home.come() == []


async def test_the_operator_is_told_of_each_cause_once_and_once_when_it_is_well_again(home: House):
    home.mail(operator="desk@watcher.example")
    for _ in range(6):
        home.clock.move(hours=12)
        fails(home, WAVECREST, "http-403")
        await home.tell()
    (note,) = home.come()
    assert note["To"] == "desk@watcher.example"
    assert note["Subject"] == "Watcher: 1 thing needs a look"
    assert note["List-Unsubscribe"] is None
    text = note.get_body(("plain",)).get_content()
    assert "Wavecrest Terms of Use" in text and "The server refuses us." in text
    for _ in range(4):
        home.clock.move(hours=12)
        fails(home, WAVECREST, "timeout")
        await home.tell()
    (other,) = home.come()
    assert "does not answer in time" in other.get_body(("plain",)).get_content()
    reads(home, WAVECREST)
    home.clock.move(days=1)
    await home.tell()
    (well,) = home.come()
    assert well["Subject"] == "Watcher: 1 is resolved"
    home.clock.move(days=1)
    await home.tell()
    assert home.come() == []


async def test_one_failure_that_passes_is_no_news_for_the_operator(home: House):
    home.mail(operator="desk@watcher.example")
    fails(home, WAVECREST, "timeout")
    await home.tell()
    home.clock.move(days=2)
    reads(home, WAVECREST)
    await home.tell()
    assert home.come() == []


async def test_the_operator_hears_at_once_of_what_waits_for_her(home: House):
    home.mail(operator="desk@watcher.example", operator_language="it")
    home.alerts(hold=timedelta(hours=2))
    home.subscribe("anna")
    fails(home, LUMALIA, "bot-wall")
    await home.tell()
    assert len(home.come()) == 1
    event = home.happens(WAVECREST, change())
    await home.tell()
    (note,) = home.come()
    text = note.get_body(("plain",)).get_content()
    assert f"watcher held release {event.id}" in text
    assert "AVVISI CHE ASPETTANO" in text
    await home.tell()
    assert home.come() == []


async def test_the_operator_hears_at_once_and_once_of_a_document_that_is_new_on_a_hub(home: House):
    home.mail(operator="desk@watcher.example")
    await home.tell()
    home.come()
    new = Sighting(
        "document_appeared",
        "Wavecrest",
        "wavecrest/legal-hub",
        "AI Training Terms",
        "https://wavecrest.example/ai",
        home.clock(),
    )
    move = Move("wavecrest/terms-of-use", "https://w.example/a", "https://w.example/b", "hub", home.clock())
    home.store.moves.keep(move, [new])
    home.clock.move(minutes=5)
    await home.tell()
    (note,) = home.come()
    body = note.get_body(("plain",)).get_content()
    assert "NEWS FROM LISTS OF LEGAL DOCUMENTS" in body
    assert "Wavecrest: AI Training Terms" in body
    assert 'watcher suggest --service "Wavecrest"' in body
    home.clock.move(days=2)
    await home.tell()
    assert home.come() == []
