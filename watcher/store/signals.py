"""What services say to machines today: standing signals, and where they contradict the terms."""

from collections.abc import Iterator

from sqlalchemy import Engine, select

from watcher.model.life import lives
from watcher.model.report import ServiceSignals, StandingSignal
from watcher.model.signal import Link, Signal
from watcher.model.source import SIGNALS, Document
from watcher.store import schema
from watcher.store.packing import from_json
from watcher.store.recall import Recall


class Signals:
    """Read-only views over documents of signals and over hubs."""

    def __init__(self, engine: Engine, archive: Recall) -> None:
        self._engine = engine
        self._archive = archive

    def documents(self, service: str | None = None) -> tuple[Document, ...]:
        """Every document that was ever watched, of one service or of all, by key."""
        table = schema.document
        query = select(table.c.definition).order_by(table.c.key)
        if service is not None:
            query = query.where(table.c.service == service)
        with self._engine.connect() as connection:
            return tuple(from_json(Document, row.definition) for row in connection.execute(query))

    def standing(self, service: str | None = None) -> tuple[ServiceSignals, ...]:
        """What each service says to machines today, by service; those that are asked and say nothing are among them."""
        found: dict[str, list[StandingSignal]] = {}
        for document in self.documents(service):
            if document.kind in SIGNALS:
                found.setdefault(document.service, []).extend(self._of(document))
        return tuple(ServiceSignals(name, tuple(signals)) for name, signals in sorted(found.items()))

    def hub(self, service: str) -> tuple[Link, ...]:
        """The documents that a service's hub lists today; none when it has no hub."""
        found: list[Link] = []
        for document in self.documents(service):
            latest = self._archive.latest(document.key) if document.kind == "hub" else None
            if latest is not None:
                clauses = self._archive.text(latest.text).clauses
                found += [clause.said for clause in clauses if isinstance(clause.said, Link)]
        return tuple(found)

    def _of(self, document: Document) -> Iterator[StandingSignal]:
        for life in lives(self._archive.versions(document.key), self._archive.text):
            said = life.clause.said
            if life.stands and isinstance(said, Signal):
                since = life.stays[-1]
                yield StandingSignal(document, said, life.clause, since.version, since.since)
