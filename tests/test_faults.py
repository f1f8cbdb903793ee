"""Whatever breaks between a recorded change and a mailbox: nothing is lost, nothing comes twice under two names."""

import asyncio
import itertools
import random
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import event as listening

from tests.telling import LUMALIA, WAVECREST, House, change
from watcher.rounds import empty_outbox
from watcher.store import Store


def crowd(home: House, people: int, events: int) -> int:
    """So many alerts are to be sent."""
    for number in range(people):
        home.subscribe(f"reader{number}", language="it" if number % 3 == 0 else "en")
    for number in range(events):
        home.happens(
            LUMALIA if number % 2 else WAVECREST, change(f"We train AI with songs, clause {number}.")
        )
    return people * events


async def test_a_server_that_is_down_for_a_day_loses_nothing(home: House):
    home.subscribe("anna")
    home.subscribe("bruno", language="it")
    port, home.receiver.port = home.settings.mail.port, 0
    home.mail(port=1)  # nobody listens there
    home.happens(WAVECREST, change())
    for _ in range(24):
        await home.tell()
        home.clock.move(hours=1)
    assert home.store.outbox.counts().waiting == 2
    home.mail(port=port)
    home.clock.move(hours=6)
    await home.tell()
    assert sorted(mail["To"] for mail in home.come()) == ["anna@reader.example", "bruno@reader.example"]
    assert home.store.outbox.counts().failed == 0


async def test_a_recipient_who_is_refused_does_not_hold_up_the_others(home: House):
    for name in ("anna", "bruno", "carla"):
        home.subscribe(name)
    home.receiver.refuse["bruno@reader.example"] = "550 5.1.1 unknown"
    home.happens(WAVECREST, change())
    await home.tell()
    assert sorted(mail["To"] for mail in home.come()) == ["anna@reader.example", "carla@reader.example"]
    assert home.store.outbox.counts().failed == 1


@pytest.mark.parametrize(("trouble", "copies"), [("silent", 2), ("drop", 2), ("lose", 1), ("451 later", 1)])
async def test_an_answer_that_never_came_repeats_the_mail_under_the_same_id_at_worst(
    home: House, trouble: str, copies: int
):
    home.mail(timeout=0.3)
    home.subscribe("anna")
    event = home.happens(WAVECREST, change())
    home.receiver.troubles = [trouble]
    await home.tell()
    assert home.store.outbox.counts().sent == 0
    home.mail(timeout=5)
    home.clock.move(minutes=6)
    await home.tell()
    ids = home.receiver.ids
    assert len(ids) == copies
    assert len(set(ids)) == 1 and ids[0].startswith(f"<{event.id}.")
    assert home.store.outbox.counts().sent == 1


async def test_two_who_hand_over_at_once_send_each_mail_once(home: House):
    expected = crowd(home, people=40, events=4)
    home.mail(host="")
    await home.tell()  # letters are made, and wait
    letters = home.store.outbox.counts().waiting
    assert letters == 40 * 2  # two platforms
    home.mail(host="127.0.0.1")

    def elsewhere() -> None:
        with Store(home.store.path) as store:
            asyncio.run(empty_outbox(home.settings, store, home.clock))

    await asyncio.gather(asyncio.to_thread(elsewhere), asyncio.to_thread(elsewhere), home.tell())
    assert Counter(home.receiver.ids).most_common(1)[0][1] == 1
    assert len(home.receiver.ids) == letters
    assert expected == 160


class Killed(BaseException):
    """As SIGKILL: nothing is tidied up; no statement reaches the database any more."""


class Death:
    """Comes before the given statement, and is final until the next life."""

    def __init__(self, store: Store) -> None:
        self.left = -1
        listening.listen(store._engine, "before_cursor_execute", self._strike)

    def _strike(self, *_: object) -> None:
        if self.left == 0:
            raise Killed
        self.left -= self.left > 0


async def test_a_process_killed_at_every_single_step_loses_nothing_and_names_nothing_anew(home: House):
    home.subscribe("anna")
    home.subscribe("bruno", language="it")
    death = Death(home.store)
    for step in itertools.count():
        event = home.happens(WAVECREST, change(f"We train AI with songs, clause {step}."))
        death.left = step
        with suppress(Killed):
            await home.tell()
        survived, death.left = death.left > 0, -1
        home.clock.move(minutes=20)  # claims of the dead run out
        await home.tell()
        mails = home.come()
        assert sorted({mail["To"] for mail in mails}) == ["anna@reader.example", "bruno@reader.example"]
        assert len({mail["Message-ID"] for mail in mails}) == 2
        assert all(mail["Message-ID"].startswith(f"<{event.id}.") for mail in mails)
        if survived:
            break
    assert step > 20
    assert home.store.notices.pending() == () and home.store.outbox.counts().waiting == 0


async def test_a_process_killed_at_any_step_loses_none_of_1000_alerts_and_names_none_anew(home: House):
    people, events = 125, 8
    chance = random.Random(7)
    told = []
    for number in range(people):
        home.subscribe(f"reader{number}", language="it" if number % 3 == 0 else "en")
    death = Death(home.store)
    kills = 0
    for number in range(events):
        told.append(home.happens(WAVECREST, change(f"We train AI with songs, clause {number}.")).id)
        for _ in range(6):
            # From the first look at what waits to the last mark on what was sent, and most often in the first steps.
            death.left = int(chance.expovariate(1 / 60))
            with suppress(Killed):
                await home.tell()
            kills += death.left == 0
            death.left = -1
            home.clock.move(minutes=20)  # claims of the dead run out
        await home.tell()
    ids = set(home.receiver.ids)
    assert kills >= 20
    assert len(ids) == people * events
    assert Counter(one[1:].partition(".")[0] for one in ids) == dict.fromkeys(told, people)
    assert home.store.outbox.counts().waiting == 0
    assert home.store.notices.pending() == ()
