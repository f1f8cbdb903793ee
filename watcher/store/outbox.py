"""Letters between written and handed over, so that a mail server that is down loses nothing.

Several processes may hand over at the same time: each claims letters before it touches them, for a time (a lease), and
nobody else takes them until that time is over or the claimer is known to be dead.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Body, Letter, filled
from watcher.store import schema
from watcher.store.packing import from_json, pack_json, to_json, unpack_json

_CLAIM_NOBODY: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


def add(connection: Connection, letters: Sequence[Letter], bodies: Iterable[Body] = ()) -> None:
    """Put letters into the outbox within the caller's transaction; each Message-ID exists once.

    `bodies` are those that the letters name by digest; each is kept once.
    """
    packed = [{"digest": body.digest, "packed": pack_json(Body, body)} for body in bodies]
    if packed:
        connection.execute(insert(schema.body).on_conflict_do_nothing(), packed)
    if letters:
        connection.execute(
            insert(schema.outbox).on_conflict_do_nothing(),
            [
                {
                    "message_id": letter.message_id,
                    "kind": letter.kind,
                    "way": letter.way,
                    "event": letter.event,
                    "address": letter.address,
                    "letter": to_json(Letter, letter),
                    "body": letter.body or None,
                    "written_at": letter.written_at,
                }
                for letter in letters
            ],
        )


def whole(connection: Connection, row: Row[Any]) -> Letter:
    """The letter of a row, text and HTML filled in."""
    letter = from_json(Letter, row.letter)
    return filled(letter, _body(connection, row.body)) if row.body is not None else letter


def _body(connection: Connection, digest: str) -> Body:
    packed = connection.execute(
        select(schema.body.c.packed).where(schema.body.c.digest == digest)
    ).scalar_one()
    return unpack_json(Body, packed)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is to be handed over, how often that was tried, and since when its recipient refuses it."""

    letter: Letter
    tries: int
    refused_since: datetime | None = None


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
        self._bodies: dict[str, Body] = {}

    def put(self, letters: Sequence[Letter], bodies: Iterable[Body] = ()) -> None:
        """`add`, in a transaction of its own."""
        with self._writing.begin() as connection:
            add(connection, letters, bodies)

    def ways(self, now: datetime) -> tuple[str, ...]:
        """The ways ("mail", "channel:newsroom") for which letters are due."""
        query = select(schema.outbox.c.way).where(_due(now)).distinct().order_by(schema.outbox.c.way)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def due(self, now: datetime, most: int = 500, *, way: str = "mail") -> tuple[Waiting, ...]:
        """Letters that may be claimed now, in the order in which they would be.

        Those that somebody waits for come first (a link to confirm with), then those never tried, oldest first, then
        those tried longest ago: a letter over which the server breaks off every time holds up the others once only.
        """
        with self._engine.connect() as connection:
            return tuple(self._waiting(connection, row) for row in connection.execute(_next(now, most, way)))

    def claim(
        self,
        now: datetime,
        *,
        by: str,
        lease: timedelta,
        most: int,
        way: str = "mail",
        due: datetime | None = None,
    ) -> tuple[Waiting, ...]:
        """Take up to `most` letters that are due (by `due`, or else now) for `by` alone, until `now + lease`."""
        table = schema.outbox
        taken = (
            update(table)
            .where(table.c.message_id == bindparam("this"))
            .values(claimed_at=now, claimed_by=by, claimed_until=now + lease)
        )
        with self._writing.begin() as connection:
            rows = connection.execute(_next(now if due is None else due, most, way, at=now)).all()
            if rows:
                connection.execute(taken, [{"this": row.message_id} for row in rows])
            return tuple(self._waiting(connection, row) for row in rows)

    def free(self, by: Iterable[str]) -> int:
        """Let go what the dead had claimed; how many letters that were. Some of them may have been handed over."""
        table = schema.outbox
        with self._writing.begin() as connection:
            return connection.execute(
                update(table).where(table.c.claimed_by.in_(tuple(by))).values(_CLAIM_NOBODY)
            ).rowcount

    def stands(self, message_id: str, by: str) -> bool:
        """Whether a letter is still to be handed over by `by`; a reader who left since has none any more."""
        table = schema.outbox
        query = select(table.c.message_id).where(table.c.message_id == message_id, table.c.claimed_by == by)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def give_back(self, by: str) -> None:
        """Let go what `by` had claimed and did not begin to hand over."""
        table = schema.outbox
        with self._writing.begin() as connection:
            connection.execute(
                update(table).where(table.c.claimed_by == by).values(claimed_at=None, **_CLAIM_NOBODY)
            )

    def sent(self, message_id: str, now: datetime) -> None:
        """The mail server took it, which is true whoever has claimed it since; its address is well."""
        table, refused = schema.outbox, schema.refused
        this = table.c.message_id == message_id
        with self._writing.begin() as connection:
            connection.execute(update(table).where(this).values(sent_at=now, problem="", **_CLAIM_NOBODY))
            well = select(table.c.address).where(this).scalar_subquery()
            connection.execute(delete(refused).where(refused.c.address == well))

    def tried(self, message_id: str, now: datetime, *, unsure: bool = False) -> None:
        """Not taken, or `unsure` whether it was: it comes after letters that were tried longer ago."""
        self._set(message_id, tried_at=now, **_not_taken(unsure))

    def postponed(
        self,
        message_id: str,
        now: datetime,
        *,
        tries: int,
        next_try: datetime,
        problem: str,
        unsure: bool = False,
    ) -> None:
        """Not taken for now, or `unsure` whether it was."""
        self._set(
            message_id,
            tried_at=now,
            refused_since=func.coalesce(schema.outbox.c.refused_since, now),
            tries=tries,
            next_try=next_try,
            problem=problem,
            **_not_taken(unsure),
        )

    def postpone_due(
        self,
        now: datetime,
        *,
        next_try: Callable[[int], datetime],
        problem: str,
        by: str | None = None,
        way: str = "mail",
        at: datetime | None = None,
        count: bool = True,
    ) -> int:
        """Postpone everything that is due by one more try, in one transaction; how many letters that were.

        What `by` has claimed is postponed too, what others have claimed (as of `at`) is left to them. `next_try` gives
        the time for a number of tries. Unless `count`, it was no try: others were handed over meanwhile.
        """
        table = schema.outbox
        later = (
            update(table)
            .where(table.c.message_id == bindparam("this"))
            .values(tries=bindparam("more"), next_try=bindparam("then"), problem=problem, **_CLAIM_NOBODY)
        )
        mine = or_(_unclaimed(at or now), table.c.claimed_by == by)
        with self._writing.begin() as connection:
            due = connection.execute(
                select(table.c.message_id, table.c.tries).where(_open(now), table.c.way == way, mine)
            ).all()
            if due:
                connection.execute(
                    later,
                    [
                        {"this": message_id, "more": tries + count, "then": next_try(tries + count)}
                        for message_id, tries in due
                    ],
                )
        return len(due)

    def failed(
        self, message_id: str, now: datetime, *, tries: int, problem: str, nobody: bool = False
    ) -> None:
        """Refused for good, or tried for long enough. `nobody`: the server says that there is no such recipient."""
        table, refused = schema.outbox, schema.refused
        this = table.c.message_id == message_id
        with self._writing.begin() as connection:
            connection.execute(
                update(table)
                .where(this)
                .values(tries=tries, failed_at=now, problem=problem, **_not_taken(unsure=False))
            )
            address = connection.execute(select(table.c.address).where(this)).scalar()
            if nobody and address is not None:
                mark = insert(refused).values(address=address, times=1, last_at=now, problem=problem)
                more = {"times": refused.c.times + 1, "last_at": now, "problem": problem}
                connection.execute(mark.on_conflict_do_update(index_elements=["address"], set_=more))

    def refused(self, times: int) -> frozenset[str]:
        """Addresses that were refused for good so often in a row, or oftener."""
        table = schema.refused
        with self._engine.connect() as connection:
            return frozenset(
                connection.execute(select(table.c.address).where(table.c.times >= times)).scalars()
            )

    def counts(self, *, asked: bool = True) -> OutboxCounts:
        """How the outbox stands, with or without what strangers asked for (letters that ask to confirm)."""
        table = schema.outbox
        query = select(func.count(), func.count(table.c.sent_at), func.count(table.c.failed_at))
        if not asked:
            query = query.where(table.c.kind != "confirm")
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
                    address=row.address if row.way == "mail" else row.way,
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
        again = (
            update(table)
            .where(table.c.sent_at.is_(None))
            .values(failed_at=None, next_try=None, tries=0, refused_since=None)
        )
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

    def _waiting(self, connection: Connection, row: Row[Any]) -> Waiting:
        letter = from_json(Letter, row.letter)
        if row.body is not None:
            letter = filled(letter, self._remembered(connection, row.body))
        return Waiting(letter, row.tries, row.refused_since)

    def _remembered(self, connection: Connection, digest: str) -> Body:
        """A shared body; the last few are kept in mind, since letters of one body come one after the other."""
        if digest not in self._bodies:
            if len(self._bodies) >= 32:
                self._bodies.clear()
            self._bodies[digest] = _body(connection, digest)
        return self._bodies[digest]


def _not_taken(unsure: bool) -> dict[str, Any]:
    """The claim ends; `claimed_at` stays where the letter may have been handed over all the same."""
    return _CLAIM_NOBODY if unsure else {"claimed_at": None, **_CLAIM_NOBODY}


def _next(due: datetime, most: int, way: str, *, at: datetime | None = None) -> Any:
    table = schema.outbox
    return (
        select(table.c.message_id, table.c.letter, table.c.body, table.c.tries, table.c.refused_since)
        .where(_due(due, at), table.c.way == way)
        .order_by(
            case((table.c.kind == "confirm", 0), else_=1),
            table.c.tried_at,
            table.c.written_at,
            table.c.message_id,
        )
        .limit(most)
    )


def _due(due: datetime, at: datetime | None = None) -> ColumnElement[bool]:
    return and_(_open(due), _unclaimed(at or due))


def _open(due: datetime) -> ColumnElement[bool]:
    """Neither sent nor given up, and its pause is over."""
    table = schema.outbox
    return and_(
        table.c.sent_at.is_(None),
        table.c.failed_at.is_(None),
        or_(table.c.next_try.is_(None), table.c.next_try <= due),
    )


def _unclaimed(now: datetime) -> ColumnElement[bool]:
    until = schema.outbox.c.claimed_until
    return or_(until.is_(None), until <= now)
