"""Who is still to be told what, and what was made of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Body, Event, Letter, Notice
from watcher.model.finding import Change
from watcher.model.note import Withdrawal
from watcher.store import outbox, schema, stamps
from watcher.store.events import event_of
from watcher.store.packing import from_json, to_json


def add(connection: Connection, notices: Iterable[Notice]) -> None:
    """Write notices in the transaction that records what they tell; each subscriber is told a thing once."""
    rows = [
        {
            "subscriber": one.subscriber,
            "kind": one.kind,
            "about": one.about,
            "at": one.at,
            "held_until": one.held_until,
        }
        for one in notices
    ]
    if rows:
        connection.execute(insert(schema.notice).on_conflict_do_nothing(), rows)


def forget(connection: Connection, subscriber: str) -> None:
    """Erase what a subscriber was and is to be told, within the caller's transaction."""
    connection.execute(delete(schema.notice).where(schema.notice.c.subscriber == subscriber))


@dataclass(frozen=True, slots=True)
class Settled:
    """What was made of some notices of one subscriber: a letter, or nothing because there is nothing to tell.

    `told` are the keys of the changes in the letter.
    """

    notices: tuple[Notice, ...]
    letter: Letter | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An event that an operator may look at before it is told to `readers`, until `until`."""

    event: Event
    readers: int
    until: datetime


class Notices:
    """Notices wait until letters are made of them, in one transaction with the letters."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def pending(self) -> tuple[Notice, ...]:
        """Those that nothing was made of yet, by subscriber, oldest first."""
        table = schema.notice
        query = (
            select(table)
            .where(table.c.settled_at.is_(None))
            .order_by(table.c.subscriber, table.c.at, table.c.about)
        )
        with self._engine.connect() as connection:
            return tuple(
                Notice(row.subscriber, row.about, row.at, row.kind, row.held_until)
                for row in connection.execute(query)
            )

    def settle(
        self, settled: Sequence[Settled], bodies: Iterable[Body], now: datetime, *, withdrawals: int
    ) -> bool:
        """Put letters into the outbox and mark their notices, all in one transaction.

        What somebody else settled in the meantime, or whose subscriber left, is passed over. Nothing is done, and False
        returned, when something was withdrawn since the letters were made: `withdrawals` is how many there were then.
        """
        table = schema.notice
        this = and_(
            table.c.subscriber == bindparam("who"),
            table.c.kind == bindparam("what"),
            table.c.about == bindparam("which"),
        )
        mark = (
            update(table)
            .where(this)
            .values(settled_at=now, letter=bindparam("message"), told=bindparam("changes"))
        )
        with self._writing.begin() as connection:
            if _withdrawals(connection) != withdrawals:
                return False
            open_ones = _open(connection, {one.notices[0].subscriber for one in settled})
            fresh = [one for one in settled if all(_key(notice) in open_ones for notice in one.notices)]
            outbox.add(connection, [one.letter for one in fresh if one.letter], bodies)
            rows = [
                {
                    "who": notice.subscriber,
                    "what": notice.kind,
                    "which": notice.about,
                    "message": one.letter.message_id if one.letter else None,
                    "changes": list(one.told),
                }
                for one in fresh
                for notice in one.notices
            ]
            if rows:
                connection.execute(mark, rows)
        return True

    def events(self, ids: Collection[str]) -> dict[str, Event]:
        """Events by their ids, with the changes that were not withdrawn."""
        return {event: _without(found, withdrawn) for event, (found, withdrawn) in self._events(ids).items()}

    def withdrawals(self, ids: Collection[str]) -> dict[str, Withdrawal]:
        """Withdrawals by their ids."""
        query = select(schema.withdrawal).where(schema.withdrawal.c.id.in_(tuple(ids)))
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        events = self._events({row.event for row in rows})
        return {
            row.id: Withdrawal(row.id, events[row.event][0], from_json(Change, row.whole), row.at, row.note)
            for row in rows
        }

    def withdrawn(self, event: str) -> tuple[Withdrawal, ...]:
        """What was taken back of an event, oldest first; its permalink shows it."""
        query = select(schema.withdrawal.c.id).where(schema.withdrawal.c.event == event)
        with self._engine.connect() as connection:
            ids = tuple(connection.execute(query).scalars())
        return tuple(sorted(self.withdrawals(ids).values(), key=lambda one: (one.at, one.id)))

    def count_withdrawals(self) -> int:
        """How many there are; `settle` compares."""
        with self._engine.connect() as connection:
            return _withdrawals(connection)

    def withdraw(self, withdrawal: Withdrawal) -> int:
        """Take a finding back, and see to it that whoever was told hears of it; how many that are.

        A letter that waits or was given up is taken out of the outbox and made anew without the finding. A correction
        follows each that was sent, or may have arrived although its answer was lost; for one that is on its way it
        waits until that is known (`unmake_withdrawn`). Whose letter the operator dropped was told nothing. Once per
        finding: a second time changes nothing.
        """
        table, out = schema.notice, schema.outbox
        key = withdrawal.change.key
        with self._writing.begin() as connection:
            known = connection.execute(
                select(schema.withdrawal.c.id).where(schema.withdrawal.c.id == withdrawal.id)
            ).first()
            if known is not None:
                return 0
            connection.execute(
                schema.withdrawal.insert(),
                {
                    "id": withdrawal.id,
                    "event": withdrawal.event.id,
                    "change": key,
                    "at": withdrawal.at,
                    "note": withdrawal.note,
                    "whole": to_json(Change, withdrawal.change),
                },
            )
            stamps.bump(connection)
            rows = connection.execute(
                select(table.c.subscriber, table.c.told, out)
                .join(out, out.c.message_id == table.c.letter)
                .where(table.c.kind == "event", table.c.about == withdrawal.event.id)
            ).all()
            told = [row for row in rows if key in (row.told or ())]
            _unmake(connection, {row.message_id for row in told if not (row.sent_at or row.claimed_by)})
            readers = {
                row.subscriber: row.claimed_until if row.claimed_by else None
                for row in told
                if row.claimed_at is not None
            }
            add(
                connection,
                (
                    Notice(who, withdrawal.id, withdrawal.at, "correction", until)
                    for who, until in sorted(readers.items())
                ),
            )
        return len(readers)

    def unmake_withdrawn(self) -> int:
        """Take out of the outbox what was on its way when a finding in it was withdrawn, and then was not taken.

        It is made anew without the finding; whoever cannot have got it needs no correction. How many letters that were.
        """
        table, out, taken = schema.notice, schema.outbox, schema.withdrawal
        query = (
            select(
                table.c.subscriber,
                table.c.told,
                taken.c.id,
                taken.c.change,
                out.c.message_id,
                out.c.claimed_at,
            )
            .join(out, out.c.message_id == table.c.letter)
            .join(taken, taken.c.event == table.c.about)
            .where(table.c.kind == "event", out.c.sent_at.is_(None), out.c.claimed_by.is_(None))
        )
        with self._engine.connect() as connection:
            if not connection.execute(query.limit(1)).first():
                return 0
        with self._writing.begin() as connection:
            wrong = [row for row in connection.execute(query).all() if row.change in (row.told or ())]
            for row in wrong:
                if row.claimed_at is None:
                    needless = (table.c.subscriber == row.subscriber, table.c.about == row.id)
                    connection.execute(
                        delete(table).where(
                            *needless, table.c.kind == "correction", table.c.settled_at.is_(None)
                        )
                    )
            _unmake(connection, {row.message_id for row in wrong})
        return len(wrong)

    def held(self, now: datetime) -> tuple[Held, ...]:
        """Events that wait for an operator's look, those due soonest first."""
        table = schema.notice
        query = (
            select(table.c.about, func.count().label("readers"), func.max(table.c.held_until).label("until"))
            .where(table.c.kind == "event", table.c.settled_at.is_(None), table.c.held_until > now)
            .group_by(table.c.about)
        )
        with self._engine.connect() as connection:
            rows = {row.about: row for row in connection.execute(query)}
        events = self.events(rows.keys())
        found = (Held(event, rows[key].readers, rows[key].until) for key, event in events.items())
        return tuple(sorted(found, key=lambda one: (one.until, one.event.id)))

    def release(self, event: str, now: datetime) -> int:
        """Let a held event go out now; how many readers that are."""
        return self._held(event, now, held_until=now)

    def stop(self, event: str, now: datetime) -> int:
        """Tell nobody of a held event; how many readers that are."""
        return self._held(event, now, settled_at=now)

    def _held(self, event: str, now: datetime, **values: object) -> int:
        table = schema.notice
        these = and_(
            table.c.kind == "event",
            table.c.about == event,
            table.c.settled_at.is_(None),
            table.c.held_until > now,
        )
        with self._writing.begin() as connection:
            return connection.execute(update(table).where(these).values(values)).rowcount

    def _events(self, ids: Collection[str]) -> dict[str, tuple[Event, frozenset[str]]]:
        event, change, taken = schema.event, schema.change, schema.withdrawal
        wanted = tuple(ids)
        with self._engine.connect() as connection:
            changes: dict[str, list[Change]] = {}
            rows = connection.execute(
                select(change.c.event, change.c.whole)
                .where(change.c.event.in_(wanted))
                .order_by(change.c.event, change.c.position)
            )
            for row in rows:
                changes.setdefault(row.event, []).append(from_json(Change, row.whole))
            withdrawn: dict[str, set[str]] = {}
            for row in connection.execute(
                select(taken.c.event, taken.c.change).where(taken.c.event.in_(wanted))
            ):
                withdrawn.setdefault(row.event, set()).add(row.change)
            found = connection.execute(
                select(event, schema.document.c.definition)
                .join(schema.document, schema.document.c.key == event.c.document)
                .where(event.c.id.in_(wanted))
                .order_by(event.c.seen_at, event.c.id)
            ).all()
        return {
            row.id: (
                event_of(row, tuple(changes.get(row.id, ()))),
                frozenset(withdrawn.get(row.id, ())),
            )
            for row in found
        }


Key = tuple[str, str, str]


def _key(notice: Notice) -> Key:
    return notice.subscriber, notice.kind, notice.about


def _open(connection: Connection, subscribers: Collection[str]) -> frozenset[Key]:
    table = schema.notice
    query = select(table.c.subscriber, table.c.kind, table.c.about).where(
        table.c.settled_at.is_(None), table.c.subscriber.in_(tuple(subscribers))
    )
    return frozenset((row[0], row[1], row[2]) for row in connection.execute(query))


def _withdrawals(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.withdrawal)).scalar_one()


def _unmake(connection: Connection, letters: Collection[str]) -> None:
    """Take letters that nobody can have got out of the outbox; their notices wait again."""
    table, out = schema.notice, schema.outbox
    again = (
        update(table)
        .where(table.c.letter == bindparam("message"))
        .values(settled_at=None, letter=None, told=None)
    )
    rows = [{"message": letter} for letter in sorted(letters)]
    if rows:
        connection.execute(delete(out).where(out.c.message_id == bindparam("message")), rows)
        connection.execute(again, rows)


def _without(event: Event, withdrawn: frozenset[str]) -> Event:
    return replace(event, changes=tuple(one for one in event.changes if one.key not in withdrawn))
