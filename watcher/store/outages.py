"""Platforms of which nothing can be read for a week, and who was told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from watcher.model.alert import Notice
from watcher.model.note import Outage
from watcher.store import notices, schema


class Outages:
    """Each begins and ends once, in one transaction with the notices that tell of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def lasting(self) -> tuple[Outage, ...]:
        """Those that are not over."""
        query = select(schema.outage).where(schema.outage.c.back_at.is_(None))
        with self._engine.connect() as connection:
            return tuple(_outage(row) for row in connection.execute(query))

    def get(self, ids: Iterable[str]) -> dict[str, Outage]:
        """Outages by their ids."""
        query = select(schema.outage).where(schema.outage.c.id.in_(tuple(ids)))
        with self._engine.connect() as connection:
            return {row.id: _outage(row) for row in connection.execute(query)}

    def begin(self, outage: Outage, readers: Iterable[str], now: datetime) -> None:
        """Write down that a platform is silent, and whom to tell."""
        with self._writing.begin() as connection:
            connection.execute(
                schema.outage.insert(),
                {"id": outage.id, "service": outage.service, "since": outage.since, "told_at": now},
            )
            notices.add(connection, (Notice(who, outage.id, now, "silent") for who in readers))

    def end(self, outage: Outage, now: datetime, *, tell: bool = True) -> None:
        """Write down that it is over; those who were told of it are told, unless it is not worth it."""
        table = schema.outage
        with self._writing.begin() as connection:
            connection.execute(update(table).where(table.c.id == outage.id).values(back_at=now))
            told = _told(connection, outage.id, now)
            if tell:
                notices.add(connection, (Notice(who, outage.id, now, "back") for who in told))


def _told(connection: Connection, outage: str, now: datetime) -> tuple[str, ...]:
    """Whoever got the mail about it; who waits for it still, need not hear of it any more."""
    table = schema.notice
    this = (table.c.kind == "silent", table.c.about == outage)
    connection.execute(update(table).where(*this, table.c.settled_at.is_(None)).values(settled_at=now))
    query = select(table.c.subscriber).where(*this, table.c.letter.is_not(None)).order_by(table.c.subscriber)
    return tuple(connection.execute(query).scalars())


def _outage(row: Row[Any]) -> Outage:
    return Outage(row.id, row.service, row.since, row.back_at)
