"""A wrong reading taken back: nobody hears of it who has not, and whoever has is told, once."""

import pytest

from tests.telling import WAVECREST, House, change
from watcher.model.note import Withdrawal

OTHER = "Our partners may train AI with your recordings."


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


async def test_when_all_of_it_was_wrong_nothing_is_told(home: House):
    home.subscribe("anna", rhythm="daily", hour=8)
    event = home.happens(WAVECREST, change())
    assert withdraw(home, event, change()) == 0
    home.clock.move(days=1)
    await home.tell()
    assert home.come() == []
    assert home.store.notices.pending() == ()
