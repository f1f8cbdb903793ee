"""From a recorded change to what people read, each at her time, nothing lost and nothing twice."""

from datetime import UTC, datetime, timedelta

from tests.telling import LUMALIA, PRIVACY, WAVECREST, House, change
from watcher import composing

OTHER = "Our partners may train AI with your recordings."


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
