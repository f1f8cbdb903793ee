"""What the operator should hear, and where pages stand that moved."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from watcher.model.sighting import Move, Sighting
from watcher.store import schema


def add(connection: Connection, sightings: Sequence[Sighting]) -> None:
    """Keep sightings within the transaction that records what they tell of."""
    if sightings:
        connection.execute(
            schema.sighting.insert(),
            [
                {
                    "kind": one.kind,
                    "service": one.service,
                    "document": one.document,
                    "title": one.title,
                    "url": one.url,
                    "before": one.before,
                    "concerns": one.concerns,
                    "at": one.at,
                }
                for one in sightings
            ],
        )


class Sightings:
    """Kept as history; `Facts` knows which of them the operator was told."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def all(self) -> tuple[Sighting, ...]:
        """What the operator should hear, oldest first; who tells it keeps account of what was told."""
        return self._where()

    def appeared(self, service: str) -> tuple[Sighting, ...]:
        """Documents that were seen to appear on a service's hub, oldest first."""
        table = schema.sighting
        return self._where(table.c.service == service, table.c.kind == "document_appeared")

    def _where(self, *where: Any) -> tuple[Sighting, ...]:
        query = select(schema.sighting).where(*where).order_by(schema.sighting.c.at, schema.sighting.c.id)
        with self._engine.connect() as connection:
            return tuple(_sighting(row) for row in connection.execute(query))


class Moves:
    """Addresses of pages that moved, by document and the address that the config names."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def of(self, document: str) -> tuple[Move, ...]:
        """What is known of a document's pages, oldest first."""
        table = schema.move
        query = select(table).where(table.c.document == document).order_by(table.c.at, table.c.url)
        with self._engine.connect() as connection:
            return tuple(_move(row) for row in connection.execute(query))

    def keep(self, move: Move, sightings: Sequence[Sighting] = ()) -> None:
        """Write down a move, or what became of it; `sightings` tell the operator, in the same transaction."""
        with self._writing.begin() as connection:
            suppose(connection, [move], renew=True)
            add(connection, sightings)

    def forget(self, move: Move) -> None:
        """It was no move after all: the page is asked for where the config says."""
        table = schema.move
        with self._writing.begin() as connection:
            connection.execute(
                delete(table).where(
                    table.c.document == move.document,
                    table.c.url == move.url,
                    table.c.address == move.address,
                )
            )


def suppose(connection: Connection, moves: Sequence[Move], *, renew: bool = False) -> None:
    """Keep moves; one that is known already stays as it is, unless it is to be renewed."""
    for move in moves:
        values = {
            "document": move.document,
            "url": move.url,
            "address": move.address,
            "how": move.how,
            "at": move.at,
            "settled": move.settled,
            "tried": move.tried,
        }
        statement = insert(schema.move).values(values)
        keys = ["document", "url", "address"]
        changed = {name: statement.excluded[name] for name in ("how", "at", "settled", "tried")}
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed)
            if renew
            else statement.on_conflict_do_nothing()
        )


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting(
        kind=row.kind,
        service=row.service,
        document=row.document,
        title=row.title,
        url=row.url,
        at=row.at,
        before=row.before,
        concerns=row.concerns,
        id=row.id,
    )


def _move(row: Row[Any]) -> Move:
    return Move(
        document=row.document,
        url=row.url,
        address=row.address,
        how=row.how,
        at=row.at,
        settled=row.settled,
        tried=row.tried,
    )
