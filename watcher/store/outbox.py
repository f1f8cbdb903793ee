"""Letters between written and handed over, so that a mail server that is down loses nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, and_, bindparam, delete, func, or_, select, update
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
                    "kind": letter.kind,
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
class Kept:
    """How a letter stands, for the operator. `what` is its subject, `problem` why it was not taken last time.

    `next_try` is None when it is due at once, or never again.
    """

    message_id: str
    address: str
    what: str
    state: Literal["waiting", "given_up", "sent"]
    tries: int
    next_try: datetime | None
    problem: str


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
        """Letters to hand over now; one that an interrupted run had claimed is among them.

        Those never tried come first, oldest first, then those tried longest ago: a letter over which the server breaks
        off every time holds up the others once only.
        """
        table = schema.outbox
        query = (
            select(table.c.letter, table.c.tries)
            .where(_due(now))
            .order_by(table.c.claimed_at, table.c.written_at, table.c.message_id)
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

    def postpone_due(self, now: datetime, *, next_try: Callable[[int], datetime], problem: str) -> int:
        """Postpone everything that is due by one more try, in one transaction; how many letters that were.

        `next_try` gives the time for a number of tries.
        """
        table = schema.outbox
        later = (
            update(table)
            .where(table.c.message_id == bindparam("this"))
            .values(tries=bindparam("more"), next_try=bindparam("then"), problem=problem)
        )
        with self._writing.begin() as connection:
            due = connection.execute(select(table.c.message_id, table.c.tries).where(_due(now))).all()
            if due:
                connection.execute(
                    later,
                    [
                        {"this": message_id, "more": tries + 1, "then": next_try(tries + 1)}
                        for message_id, tries in due
                    ],
                )
        return len(due)

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

    def listed(self, *, every: bool = False) -> tuple[Kept, ...]:
        """Letters that wait or were given up, oldest first; sent ones too when `every` is asked for."""
        table = schema.outbox
        query = select(table, table.c.letter["subject"].as_string().label("what")).order_by(
            table.c.written_at, table.c.message_id
        )
        if not every:
            query = query.where(table.c.sent_at.is_(None))
        with self._engine.connect() as connection:
            return tuple(
                Kept(
                    message_id=row.message_id,
                    address=row.address,
                    what=row.what,
                    state="sent" if row.sent_at else "given_up" if row.failed_at else "waiting",
                    tries=row.tries,
                    next_try=None if row.sent_at or row.failed_at else row.next_try,
                    problem=row.problem,
                )
                for row in connection.execute(query)
            )

    def retry(self, message_id: str | None = None) -> int:
        """Make one letter, or all that wait or were given up, due at once; how many. None that was sent is repeated."""
        table = schema.outbox
        again = update(table).where(table.c.sent_at.is_(None)).values(failed_at=None, next_try=None, tries=0)
        if message_id is not None:
            again = again.where(table.c.message_id == message_id)
        with self._writing.begin() as connection:
            return connection.execute(again).rowcount

    def drop(self, message_id: str) -> bool:
        """Forget a letter that was not sent; whether there was one."""
        table = schema.outbox
        gone = delete(table).where(table.c.message_id == message_id, table.c.sent_at.is_(None))
        with self._writing.begin() as connection:
            return connection.execute(gone).rowcount > 0

    def _set(self, message_id: str, **values: object) -> None:
        table = schema.outbox
        with self._writing.begin() as connection:
            connection.execute(update(table).where(table.c.message_id == message_id).values(values))


def _due(now: datetime) -> ColumnElement[bool]:
    table = schema.outbox
    return and_(
        table.c.sent_at.is_(None),
        table.c.failed_at.is_(None),
        or_(table.c.next_try.is_(None), table.c.next_try <= now),
    )
