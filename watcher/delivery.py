"""Handing over what the outbox holds. State is written before and after each step, so no letter is lost."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from watcher.errors import DeliveryError, PermanentDeliveryError, TransientDeliveryError
from watcher.model.alert import Letter
from watcher.store import Outbox, Waiting

# A recipient who cannot take mail for a weekend loses nothing; so long after her first refusal a letter is old news.
GIVE_UP_AFTER = timedelta(days=5)
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=6)

# Letters are claimed in small batches, and none is begun when its claim could run out while it is on its way.
LEASE = timedelta(minutes=15)
_LONGEST_SEND = timedelta(minutes=5)
_AT_ONCE = 8

# So many recipients in a row are not all of them refused for themselves.
_ENOUGH = 3


class Mailer(Protocol):
    """Hands letters to a mail server, up to `connections` of them at once."""

    @property
    def connections(self) -> int:
        """At least 1."""

    async def send(self, letter: Letter) -> None:
        """Returns when the server has taken the letter over, or raises `DeliveryError`."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round of deliveries went; `stuck` when nothing could be handed over for want of the server."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    problem: str = ""
    stuck: bool = False

    def __add__(self, other: "Delivered") -> "Delivered":
        """Both together; the first problem stands for all."""
        return Delivered(
            self.sent + other.sent,
            self.postponed + other.postponed,
            self.failed + other.failed,
            self.problem or other.problem,
            self.stuck or other.stuck,
        )


async def deliver(
    outbox: Outbox,
    mailer: Mailer,
    now: Callable[[], datetime],
    *,
    stop: asyncio.Event | None = None,
    by: str = "",
    way: str = "mail",
) -> Delivered:
    """Hand over every letter that is due when this begins, as many at once as the mailer has connections.

    A recipient refused for good gives a letter up, one refused for now postpones it with growing pauses for up to five
    days from then. A failure that concerns the server ends the round: everything still due is postponed, and nothing
    given up however long it lasts; pauses do not grow as long as each round hands some over. An answer that may mean
    either counts as the recipient's, until `_ENOUGH` of them came and nothing else. Once `stop` is set, letters on
    their way are finished and no other is begun.

    Any number of these may run at once, in one process or several: each claims its letters as `by`. A crash between
    handing over and writing it down repeats the letter under the same Message-ID; it never loses one.
    """
    due = now()
    post = _Round(outbox, mailer, now, stop, by=by or secrets.token_hex(16), way=way)
    try:
        while not post.over and (batch := post.claim(due)):
            await post.hand_over(batch)
        done = post.done
        if post.broken is not None:
            problem = post.broken.what
            postponed = outbox.postpone_due(
                due,
                # A server that takes some letters and then no more is not down: it has limits.
                next_try=lambda tries: now() + (_FIRST_PAUSE if done.sent else _pause(tries)),
                problem=problem,
                by=post.by,
                way=way,
                at=now(),
                count=not done.sent,
            )
            done = replace(done, postponed=done.postponed + postponed, problem=problem, stuck=not done.sent)
    finally:
        outbox.give_back(post.by)
    return done


class _Round:
    """One call's letters; `broken` is the first failure that concerned the server."""

    def __init__(
        self,
        outbox: Outbox,
        mailer: Mailer,
        now: Callable[[], datetime],
        stop: asyncio.Event | None,
        *,
        by: str,
        way: str,
    ) -> None:
        self._outbox = outbox
        self._mailer = mailer
        self._now = now
        self._stop = stop
        self._way = way
        self._until = now()
        self.by = by
        self.broken: DeliveryError | None = None
        self._doubtful = 0
        self.done = Delivered()

    @property
    def over(self) -> bool:
        """Whether no further letter is to be begun."""
        return self.broken is not None or (self._stop is not None and self._stop.is_set())

    def claim(self, due: datetime) -> tuple[Waiting, ...]:
        """The next letters that were due at `due` and are nobody else's."""
        at = self._now()
        self._until = at + LEASE
        most = _AT_ONCE * self._mailer.connections
        return self._outbox.claim(at, by=self.by, lease=LEASE, most=most, way=self._way, due=due)

    async def hand_over(self, batch: tuple[Waiting, ...]) -> None:
        """Each letter of the batch once; what nobody foresaw in one ends the others and is raised as it is."""
        letters = iter(batch)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._mailer.connections, len(batch))):
                    group.create_task(self._work(letters))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _work(self, letters: Iterator[Waiting]) -> None:
        while not self.over and self._safe and (waiting := next(letters, None)) is not None:
            await self._one(waiting)

    @property
    def _safe(self) -> bool:
        """Whether a letter begun now is handed over before its claim runs out; others are claimed anew."""
        return self._now() < self._until - _LONGEST_SEND

    async def _one(self, waiting: Waiting) -> None:
        letter, tries, outbox, now = waiting.letter, waiting.tries + 1, self._outbox, self._now
        if not outbox.stands(letter.message_id, self.by):
            return
        try:
            await self._send(letter)
        except DeliveryError as error:
            if self._concerns_server(error):
                # It is postponed with the rest, once the letters beside it have met their own fate.
                outbox.tried(letter.message_id, now(), unsure=error.unsure)
                self.broken = self.broken or error
            elif error.retry and not self._too_long(waiting, error):
                then = now() + _pause(tries)
                outbox.postponed(letter.message_id, now(), tries=tries, next_try=then, problem=error.what)
                self._count(postponed=1, problem=error.what)
            else:
                nobody = isinstance(error, PermanentDeliveryError)
                outbox.failed(letter.message_id, now(), tries=tries, problem=error.what, nobody=nobody)
                self._count(failed=1, problem=error.what)
        except BaseException:
            # Whatever it was, a stop or a mistake of this program: the letter may be on its way, and the others come
            # before it next time.
            outbox.tried(letter.message_id, now(), unsure=True)
            raise
        else:
            outbox.sent(letter.message_id, now())
            self._count(sent=1)

    def _concerns_server(self, error: DeliveryError) -> bool:
        self._doubtful += error.concerns == "either"
        alone = self.done.sent == 0 and self._doubtful >= _ENOUGH
        return error.concerns == "server" or (error.concerns == "either" and alone)

    def _too_long(self, waiting: Waiting, error: DeliveryError) -> bool:
        """Whether a recipient refused it for long enough; not while it may be the server that refuses everybody."""
        if error.concerns == "either" and self.done.sent == 0:
            return False
        since = waiting.refused_since
        return since is not None and self._now() - since >= GIVE_UP_AFTER

    async def _send(self, letter: Letter) -> None:
        try:
            async with asyncio.timeout(_LONGEST_SEND.total_seconds()):
                await self._mailer.send(letter)
        except TimeoutError:
            what = "handing over took longer than a claim lasts"
            raise TransientDeliveryError(what, concerns="server", unsure=True) from None

    def _count(self, *, sent: int = 0, postponed: int = 0, failed: int = 0, problem: str = "") -> None:
        so_far = self.done
        self.done = Delivered(
            so_far.sent + sent,
            so_far.postponed + postponed,
            so_far.failed + failed,
            problem or so_far.problem,
        )


def _pause(tries: int) -> timedelta:
    doublings = min(tries - 1, 10)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << doublings))
