"""The outbox is emptied without losing or repeating a letter."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.store.conftest import DOCUMENT
from tests.store.test_archive import first, second
from watcher.delivery import GIVE_UP_AFTER, deliver
from watcher.errors import PermanentDeliveryError, TransientDeliveryError
from watcher.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Server:
    """Takes letters unless a problem is set for an address."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.problems: dict[str, Exception] = {}

    async def send(self, letter) -> None:
        if letter.address in self.problems:
            raise self.problems[letter.address]
        self.taken.append(letter.address)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "watcher.sqlite") as opened:
        opened.archive.remember([DOCUMENT])
        first(opened)
        second(opened, letters=3)
        yield opened


async def test_every_letter_is_handed_over_once(store):
    server = Server()
    delivered = await deliver(store.outbox, server, lambda: NOW)
    assert (delivered.sent, sorted(server.taken)) == (3, ["a0@x.example", "a1@x.example", "a2@x.example"])
    assert (await deliver(store.outbox, server, lambda: NOW)).sent == 0


async def test_a_server_that_is_down_for_a_day_loses_nothing(store):
    server, now = Server(), NOW
    server.problems = {f"a{i}@x.example": TransientDeliveryError("connection refused") for i in range(3)}
    for _ in range(30):
        await deliver(store.outbox, server, lambda at=now: at)
        now += timedelta(hours=1)
    server.problems.clear()
    now += timedelta(hours=6)
    assert (await deliver(store.outbox, server, lambda: now)).sent == 3
    assert store.outbox.counts().failed == 0


async def test_a_recipient_refused_for_good_does_not_hold_up_the_others(store):
    server = Server()
    server.problems = {"a1@x.example": PermanentDeliveryError("no such user", code=550)}
    delivered = await deliver(store.outbox, server, lambda: NOW)
    assert (delivered.sent, delivered.failed, delivered.problem) == (2, 1, "no such user")


async def test_after_days_a_letter_is_given_up(store):
    server = Server()
    server.problems = {f"a{i}@x.example": TransientDeliveryError("greylisted", code=451) for i in range(3)}
    written = store.outbox.due(NOW)[0].letter.written_at
    delivered = await deliver(store.outbox, server, lambda: written + GIVE_UP_AFTER)
    assert delivered.failed == 3


async def test_a_crash_after_handing_over_repeats_the_letter_under_the_same_message_id(store):
    class Crash(BaseException):
        pass

    class Crashing(Server):
        async def send(self, letter) -> None:
            self.taken.append(letter.message_id)
            raise Crash

    crashing, server = Crashing(), Server()
    with pytest.raises(Crash):
        await deliver(store.outbox, crashing, lambda: NOW)
    again = [waiting.letter.message_id for waiting in store.outbox.due(NOW)]
    assert crashing.taken[0] in again
    assert (await deliver(store.outbox, server, lambda: NOW)).sent == 3
