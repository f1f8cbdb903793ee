"""Letters between written and handed over, so that a mail server that is down loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Letter
from watcher.store import schema
from watcher.store.packing import from_json, to_json


def add(connection: Connection, letters: Sequence[Letter]) -> None:
    """Put letters into the outbox within the transaction that records their event; each Message-ID exists once."""
    if letters:
        connection.execute(
            insert(schema.outbox).on_conflict_do_nothing(),
            [
                {
                    "message_id": letter.message_id,
                    "event": letter.event,
                    "address": letter.address,
                    "letter": to_json(Letter, letter),
                    "written_at": letter.written_at,
                }
                for letter in letters
            ],
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is to be handed over, and how often that was tried."""

    letter: Letter
    tries: int


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many letters wait, were sent, and were given up."""

    waiting: int
    sent: int
    failed: int


class Outbox:
    """Claimed, sent and failed are separate facts, each written when it becomes one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def due(self, now: datetime, most: int = 500) -> tuple[Waiting, ...]:
        """Letters to hand over now, oldest first; one that an interrupted run had claimed is among them."""
        table = schema.outbox
        query = (
            select(table.c.letter, table.c.tries)
            .where(
                table.c.sent_at.is_(None),
                table.c.failed_at.is_(None),
                or_(table.c.next_try.is_(None), table.c.next_try <= now),
            )
            .order_by(table.c.written_at, table.c.message_id)
            .limit(most)
        )
        with self._engine.connect() as connection:
            return tuple(
                Waiting(from_json(Letter, row.letter), row.tries) for row in connection.execute(query)
            )

    def claim(self, message_id: str, now: datetime) -> None:
        """About to be handed over."""
        self._set(message_id, claimed_at=now)

    def sent(self, message_id: str, now: datetime) -> None:
        """The mail server took it."""
        self._set(message_id, sent_at=now, problem="")

    def postponed(self, message_id: str, *, tries: int, next_try: datetime, problem: str) -> None:
        """Not taken for now."""
        self._set(message_id, tries=tries, next_try=next_try, problem=problem)

    def failed(self, message_id: str, now: datetime, *, tries: int, problem: str) -> None:
        """Refused for good, or tried for long enough."""
        self._set(message_id, tries=tries, failed_at=now, problem=problem)

    def counts(self) -> OutboxCounts:
        """How the outbox stands."""
        table = schema.outbox
        query = select(func.count(), func.count(table.c.sent_at), func.count(table.c.failed_at))
        with self._engine.connect() as connection:
            whole, sent, failed = connection.execute(query).one()
        return OutboxCounts(whole - sent - failed, sent, failed)

    def _set(self, message_id: str, **values: object) -> None:
        table = schema.outbox
        with self._writing.begin() as connection:
            connection.execute(update(table).where(table.c.message_id == message_id).values(values))
