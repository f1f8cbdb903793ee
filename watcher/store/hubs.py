"""The documents of services, and what their legal hubs list today."""

from sqlalchemy import Engine, select

from watcher.model.signal import Link
from watcher.model.source import Document
from watcher.store import schema
from watcher.store.packing import from_json
from watcher.store.recall import Recall


class Hubs:
    """Read-only."""

    def __init__(self, engine: Engine, archive: Recall) -> None:
        self._engine = engine
        self._archive = archive

    def documents(self, service: str) -> tuple[Document, ...]:
        """Every document of a service that was ever watched, by key."""
        table = schema.document
        query = select(table.c.definition).where(table.c.service == service).order_by(table.c.key)
        with self._engine.connect() as connection:
            return tuple(from_json(Document, row.definition) for row in connection.execute(query))

    def links(self, service: str) -> tuple[Link, ...]:
        """The documents that a service's hub lists today; none when it has no hub."""
        found: list[Link] = []
        for document in self.documents(service):
            latest = self._archive.latest(document.key) if document.kind == "hub" else None
            if latest is not None:
                clauses = self._archive.text(latest.text).clauses
                found += [clause.said for clause in clauses if isinstance(clause.said, Link)]
        return tuple(found)
