"""Who wants to hear of what."""

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Subscriber
from watcher.store import notices, schema
from watcher.store.packing import from_json, to_json


class Subscribers:
    """Kept by address; one address has one set of wishes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def all(self) -> tuple[Subscriber, ...]:
        """Everyone, by address."""
        query = select(schema.subscriber).order_by(schema.subscriber.c.address)
        with self._engine.connect() as connection:
            return tuple(_subscriber(row) for row in connection.execute(query))

    def by_id(self, subscriber: str) -> Subscriber | None:
        """The one whom a signed link names, or None when that subscription has ended."""
        query = select(schema.subscriber).where(schema.subscriber.c.id == subscriber)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _subscriber(row) if row else None

    def by_address(self, address: str) -> Subscriber | None:
        """The one at an address, or None."""
        query = select(schema.subscriber).where(schema.subscriber.c.address == address)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _subscriber(row) if row else None

    def keep(self, subscriber: Subscriber) -> bool:
        """Add or change one, who keeps the id that the address has; whether the address is new."""
        with self._writing.begin() as connection:
            return keep(connection, subscriber)

    def change(self, subscriber: Subscriber) -> bool:
        """New wishes for the one with this id; whether that subscription still stands."""
        table = schema.subscriber
        wishes = to_json(Subscriber, subscriber)
        statement = update(table).where(table.c.id == subscriber.id).values(wishes=wishes)
        with self._writing.begin() as connection:
            return connection.execute(statement).rowcount > 0

    def remove(self, address: str) -> bool:
        """Erase an address wherever it is kept, with its wishes, requests and letters; whether it was kept at all.

        What a reader wrote about a reading stays, without her address.
        """
        with self._writing.begin() as connection:
            table = schema.subscriber
            known = connection.execute(select(table.c.id).where(table.c.address == address)).scalar()
            if known is not None:
                notices.forget(connection, known)
            gone = [
                connection.execute(delete(table).where(table.c.address == address)).rowcount
                for table in (schema.subscriber, schema.request, schema.outbox, schema.refused)
            ]
            table = schema.wrong_reading
            gone.append(
                connection.execute(
                    update(table).where(table.c.address == address).values(address="")
                ).rowcount
            )
        return any(gone)


def keep(connection: Connection, subscriber: Subscriber) -> bool:
    """As `Subscribers.keep`, within a transaction that does more. Who confirms an address gets mail there again."""
    connection.execute(delete(schema.refused).where(schema.refused.c.address == subscriber.address))
    known = connection.execute(
        select(schema.subscriber.c.address).where(schema.subscriber.c.address == subscriber.address)
    ).first()
    statement = insert(schema.subscriber)
    statement = statement.on_conflict_do_update(
        index_elements=["address"], set_={"wishes": statement.excluded.wishes}
    )
    connection.execute(
        statement,
        {
            "address": subscriber.address,
            "id": subscriber.id or secrets.token_hex(16),
            "wishes": to_json(Subscriber, subscriber),
        },
    )
    return known is None


def _subscriber(row: Row[Any]) -> Subscriber:
    return replace(from_json(Subscriber, row.wishes), id=row.id)
