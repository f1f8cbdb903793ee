"""What reports and the status command read."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.report import DocumentHistory, DocumentStatus
from watcher.model.source import Document
from watcher.store import schema
from watcher.store.events import event_of
from watcher.store.packing import from_json
from watcher.store.recall import Recall, count_versions


class Reports:
    """Read-only views over everything kept."""

    def __init__(self, engine: Engine, archive: Recall) -> None:
        self._engine = engine
        self._archive = archive

    def statuses(self) -> tuple[DocumentStatus, ...]:
        """How the tracking of each document goes, by key; the next check is left to the schedule."""
        changed = (
            select(schema.version.c.document, func.max(schema.version.c.seen_at).label("at"))
            .where(schema.version.c.kind != "first")
            .group_by(schema.version.c.document)
            .subquery()
        )
        query = (
            select(schema.document, changed.c.at.label("changed"))
            .outerjoin(changed, changed.c.document == schema.document.c.key)
            .order_by(schema.document.c.key)
        )
        with self._engine.connect() as connection:
            versions = count_versions(connection)
            back_and_forth = _alternating(connection)
            return tuple(
                _status(row, versions.get(row.key, 0), back_and_forth.get(row.key))
                for row in connection.execute(query)
            )

    def histories(self) -> tuple[DocumentHistory, ...]:
        """Everything known of every document."""
        events = self._events()
        return tuple(
            DocumentHistory(
                status,
                self._archive.versions(status.document.key),
                tuple(events.get(status.document.key, ())),
                self._archive.quarantined(status.document.key),
            )
            for status in self.statuses()
        )

    def event(self, event: str) -> Event | None:
        """One by its id, with its changes in the order in which they were kept."""
        changes = (
            select(schema.change.c.whole)
            .where(schema.change.c.event == event)
            .order_by(schema.change.c.position)
        )
        query = (
            select(schema.event, schema.document.c.definition)
            .join(schema.document, schema.document.c.key == schema.event.c.document)
            .where(schema.event.c.id == event)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            whole = tuple(from_json(Change, one) for one in connection.execute(changes).scalars())
        return event_of(row, whole)

    def _events(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        with self._engine.connect() as connection:
            changes: dict[str, list[Change]] = defaultdict(list)
            for row in connection.execute(
                select(schema.change.c.event, schema.change.c.whole).order_by(
                    schema.change.c.event, schema.change.c.position
                )
            ):
                changes[row.event].append(from_json(Change, row.whole))
            query = (
                select(schema.event, schema.document.c.definition)
                .join(schema.document, schema.document.c.key == schema.event.c.document)
                .order_by(schema.event.c.seen_at, schema.event.c.id)
            )
            for row in connection.execute(query):
                found[row.document].append(event_of(row, tuple(changes[row.id])))
        return found


def _alternating(connection: Connection) -> dict[str, tuple[int, int]]:
    """Documents whose last four versions were two texts in turn, with the numbers of these versions."""
    table = schema.version
    shown: dict[str, list[int]] = defaultdict(list)
    rows = connection.execute(
        select(table.c.document, func.coalesce(table.c.returns_to, table.c.number).label("shows")).order_by(
            table.c.document, table.c.number
        )
    )
    for row in rows:
        shown[row.document].append(row.shows)
    return {
        document: (last[0], last[1])
        for document, numbers in shown.items()
        if len(last := numbers[-4:]) == 4 and last[:2] == last[2:] and last[0] != last[1]
    }


def _status(row: Row[Any], versions: int, alternates: tuple[int, int] | None) -> DocumentStatus:
    return DocumentStatus(
        document=from_json(Document, row.definition),
        last_check=row.last_check,
        last_good=row.last_good,
        last_change=row.changed,
        versions=versions,
        failures=row.failures,
        failing_since=row.failing_since,
        reason=row.reason,
        detail=row.detail,
        alternates=alternates,
    )
