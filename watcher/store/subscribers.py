"""Who wants to hear of what."""

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Subscriber
from watcher.store import schema
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

    def keep(self, subscriber: Subscriber) -> bool:
        """Add or change one, who keeps the id that the address has; whether the address is new."""
        statement = insert(schema.subscriber)
        statement = statement.on_conflict_do_update(
            index_elements=["address"], set_={"wishes": statement.excluded.wishes}
        )
        with self._writing.begin() as connection:
            known = connection.execute(
                select(schema.subscriber.c.address).where(schema.subscriber.c.address == subscriber.address)
            ).first()
            connection.execute(
                statement,
                {
                    "address": subscriber.address,
                    "id": subscriber.id or secrets.token_hex(16),
                    "wishes": to_json(Subscriber, subscriber),
                },
            )
        return known is None

    def remove(self, address: str) -> bool:
        """Forget an address and every letter of it; whether it was known."""
        with self._writing.begin() as connection:
            gone = connection.execute(delete(schema.subscriber).where(schema.subscriber.c.address == address))
            connection.execute(delete(schema.outbox).where(schema.outbox.c.address == address))
        return gone.rowcount > 0


def _subscriber(row: Row[Any]) -> Subscriber:
    return replace(from_json(Subscriber, row.wishes), id=row.id)
