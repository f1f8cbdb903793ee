"""The outbox is emptied without losing or repeating a letter."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.store.conftest import DOCUMENT
from tests.store.test_archive import first, second
from watcher.delivery import GIVE_UP_AFTER, deliver
from watcher.errors import PermanentDeliveryError, TransientDeliveryError
from watcher.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOWN = TransientDeliveryError("connection refused", concerns="server")
THROTTLED = TransientDeliveryError("throttled", code=450)


def stopped(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


class Server:
    """Takes letters unless a problem is set for an address; remembers who was asked for."""

    def __init__(self, connections: int = 1) -> None:
        self.connections = connections
        self.asked: list[str] = []
        self.taken: list[str] = []
        self.problems: dict[str, Exception] = {}

    async def send(self, letter) -> None:
        self.asked.append(letter.address)
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
    server.problems = {f"a{i}@x.example": DOWN for i in range(3)}
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


async def test_a_letter_is_given_up_days_after_its_recipient_first_refused_it_however_old_it_is(store):
    server, at = Server(), NOW + timedelta(weeks=2)
    server.problems = {f"a{i}@x.example": TransientDeliveryError("greylisted", code=451) for i in range(3)}
    assert (await deliver(store.outbox, server, lambda: at)).postponed == 3
    almost = at + GIVE_UP_AFTER - timedelta(minutes=1)
    assert (await deliver(store.outbox, server, lambda: almost)).postponed == 3
    late = almost + timedelta(hours=6)
    assert (await deliver(store.outbox, server, lambda: late)).failed == 3
    store.outbox.retry()
    assert (await deliver(store.outbox, server, lambda: late)).postponed == 3


POLICY = TransientDeliveryError("refused to deliver for us", code=550, concerns="either")


async def test_one_recipient_who_wants_no_mail_from_outside_does_not_hold_up_the_others(store):
    server, at = Server(), NOW
    server.problems = {"a0@x.example": POLICY}
    other = next(one.letter for one in store.outbox.due(NOW) if one.letter.address != "a0@x.example")
    assert (await deliver(store.outbox, server, lambda: NOW)).sent == 2
    for _ in range(30):
        at += timedelta(hours=6)
        await deliver(store.outbox, server, stopped(at))
    # Alone she may as well meet a server that refuses everybody; beside others she does not.
    assert store.outbox.counts().failed == 0
    store.outbox.put([replace(other, message_id="<another@w.example>")])
    assert (await deliver(store.outbox, server, lambda: at + timedelta(hours=6))).failed == 1


async def test_a_server_that_refuses_everybody_by_its_policy_gives_no_letter_up(store):
    server = Server()
    server.problems = {f"a{i}@x.example": POLICY for i in range(3)}
    for days in range(30):
        server.asked.clear()
        delivered = await deliver(store.outbox, server, stopped(NOW + timedelta(days=days)))
        assert delivered.stuck and len(server.asked) <= 3
    assert store.outbox.counts().waiting == 3


async def test_pauses_do_not_grow_while_a_server_with_limits_takes_some_letters_each_time(store):
    class Limited(Server):
        async def send(self, letter) -> None:
            if self.taken:
                raise DOWN
            await super().send(letter)

    at = NOW
    for _ in range(3):
        delivered = await deliver(store.outbox, Limited(), stopped(at))
        assert (delivered.sent, delivered.stuck) == (1, False)
        at += timedelta(minutes=5)
    assert store.outbox.counts().sent == 3


async def test_whoever_leaves_while_letters_are_handed_over_gets_none_that_was_not_begun(store):
    class Slow(Server):
        async def send(self, letter) -> None:
            for number in range(3):
                store.subscribers.remove(f"a{number}@x.example")
            await super().send(letter)

    server = Slow()
    delivered = await deliver(store.outbox, server, lambda: NOW)
    assert (len(server.taken), delivered.sent) == (1, 1)


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


async def test_a_silent_server_is_asked_once_and_every_letter_waits_for_it(store):
    server = Server()
    server.problems = {f"a{i}@x.example": DOWN for i in range(3)}
    delivered = await deliver(store.outbox, server, lambda: NOW)
    assert len(server.asked) == 1
    assert (delivered.postponed, delivered.failed, delivered.problem) == (3, 0, "connection refused")
    assert store.outbox.due(NOW + timedelta(minutes=4)) == ()
    assert [waiting.tries for waiting in store.outbox.due(NOW + timedelta(minutes=5))] == [1, 1, 1]


async def test_the_pause_grows_while_the_server_stays_down(store):
    server, now = Server(), NOW
    server.problems = {f"a{i}@x.example": DOWN for i in range(3)}
    for minutes in (5, 10, 20, 40):
        await deliver(store.outbox, server, lambda at=now: at)
        assert store.outbox.due(now + timedelta(minutes=minutes - 1)) == ()
        now += timedelta(minutes=minutes)
        assert len(store.outbox.due(now)) == 3


async def test_a_server_that_is_down_never_gives_a_letter_up(store):
    server = Server()
    server.problems = {f"a{i}@x.example": DOWN for i in range(3)}
    delivered = await deliver(store.outbox, server, lambda: NOW + 10 * GIVE_UP_AFTER)
    assert (delivered.postponed, delivered.failed, store.outbox.counts().waiting) == (3, 0, 3)


async def test_a_letter_over_which_the_server_breaks_does_not_hold_up_the_others_again(store):
    server = Server()
    first_asked = store.outbox.due(NOW)[0].letter.address
    server.problems = {first_asked: DOWN}
    await deliver(store.outbox, server, lambda: NOW)
    delivered = await deliver(store.outbox, server, lambda: NOW + timedelta(minutes=5))
    assert (delivered.sent, delivered.postponed) == (2, 1)


async def test_a_recipient_who_must_wait_does_not_hold_up_the_others(store):
    server = Server()
    server.problems = {"a1@x.example": THROTTLED}
    delivered = await deliver(store.outbox, server, lambda: NOW)
    assert (delivered.sent, delivered.postponed, len(server.asked)) == (2, 1, 3)


async def test_a_letter_postponed_does_not_come_due_again_while_slow_ones_are_handed_over(store):
    class Slow(Server):
        async def send(self, letter) -> None:
            times.append(times[-1] + timedelta(hours=7))
            await super().send(letter)

    times, server = [NOW], Slow()
    server.problems = {f"a{i}@x.example": THROTTLED for i in range(3)}
    await deliver(store.outbox, server, lambda: times[-1])
    assert len(server.asked) == 3


async def test_nothing_more_is_handed_over_once_a_stop_is_asked_for(store):
    class Stopping(Server):
        async def send(self, letter) -> None:
            await super().send(letter)
            stop.set()

    stop, server = asyncio.Event(), Stopping()
    delivered = await deliver(store.outbox, server, lambda: NOW, stop=stop)
    assert (delivered.sent, store.outbox.counts().waiting) == (1, 2)


class Gate(Server):
    """Holds its answers until `together` letters are on their way at once."""

    def __init__(self, together: int) -> None:
        super().__init__(connections=together)
        self.full = asyncio.Barrier(together)

    async def send(self, letter) -> None:
        await self.full.wait()
        await super().send(letter)


async def test_as_many_letters_are_on_their_way_at_once_as_there_are_connections(store):
    async with asyncio.timeout(5):
        delivered = await deliver(store.outbox, Gate(3), lambda: NOW)
    assert (delivered.sent, store.outbox.counts().sent) == (3, 3)


async def test_of_letters_on_their_way_together_each_keeps_its_own_fate(store):
    server = Gate(3)
    server.problems = {"a0@x.example": PermanentDeliveryError("no such user", code=550), "a1@x.example": DOWN}
    async with asyncio.timeout(5):
        delivered = await deliver(store.outbox, server, lambda: NOW)
    assert (delivered.sent, delivered.postponed, delivered.failed) == (1, 1, 1)
    assert delivered.problem == "connection refused"
    assert [waiting.letter.address for waiting in store.outbox.due(NOW + timedelta(minutes=5))] == [
        "a1@x.example"
    ]
