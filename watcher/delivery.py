"""Handing over what the outbox holds. State is written before and after each step, so no letter is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from watcher.errors import DeliveryError
from watcher.model.alert import Letter
from watcher.store import Outbox

# A server that is down for a weekend loses nothing; after this long a letter is old news.
GIVE_UP_AFTER = timedelta(days=5)
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=6)


class Mailer(Protocol):
    """Hands one letter to a mail server, or raises `DeliveryError`."""

    async def send(self, letter: Letter) -> None:
        """Returns when the server has taken the letter over."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round of deliveries went."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    problem: str = ""


async def deliver(outbox: Outbox, mailer: Mailer, now: Callable[[], datetime]) -> Delivered:
    """Hand over every letter that is due.

    A temporary refusal postpones a letter with growing pauses for up to five days, a permanent one gives it up. A crash
    between handing over and writing it down repeats the letter under the same Message-ID; it never loses one.
    """
    sent = postponed = failed = 0
    problem = ""
    while batch := outbox.due(now()):
        for waiting in batch:
            letter, tries = waiting.letter, waiting.tries + 1
            outbox.claim(letter.message_id, now())
            try:
                await mailer.send(letter)
            except DeliveryError as error:
                problem = error.what
                if error.retry and now() - letter.written_at < GIVE_UP_AFTER:
                    outbox.postponed(
                        letter.message_id, tries=tries, next_try=now() + _pause(tries), problem=error.what
                    )
                    postponed += 1
                else:
                    outbox.failed(letter.message_id, now(), tries=tries, problem=error.what)
                    failed += 1
            else:
                outbox.sent(letter.message_id, now())
                sent += 1
    return Delivered(sent, postponed, failed, problem)


def _pause(tries: int) -> timedelta:
    doublings = min(tries - 1, 10)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << doublings))
