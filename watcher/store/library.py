"""What pages are made from: narrow questions, each answered by a query or two, never by loading every history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, select

from watcher.model.alert import Event
from watcher.model.finding import Change, Finding
from watcher.model.note import Withdrawal
from watcher.model.report import DocumentStatus, Glimpse
from watcher.model.source import Document
from watcher.model.standing import Ledger, Says, Stand
from watcher.model.text import DocumentText
from watcher.model.version import Quarantined, Version
from watcher.store import glimpses, schema, stamps
from watcher.store.events import event_of
from watcher.store.findings import Findings
from watcher.store.notices import Notices
from watcher.store.packing import from_json
from watcher.store.recall import Recall

MOST = 2_000
"""Findings of a text, and changes of an event, that are read for a page; a hostile one may have any number."""
_REWORDED = "reworded"


class Library:
    """Read-only, one question each. Nothing that a reader asks for costs more than what the answer shows."""

    def __init__(self, engine: Engine, archive: Recall, findings: Findings, notices: Notices) -> None:
        self._engine = engine
        self._archive = archive
        self._findings = findings
        self._notices = notices
        self._lock = Lock()
        self._documents: tuple[int, Mapping[str, Document]] | None = None
        self._lately = glimpses.Lately()

    def state(self, *, lasting: bool = False) -> str:
        """Changes whenever what pages show may have changed; `lasting` leaves out how the latest checks went."""
        with self._engine.connect() as connection:
            history = stamps.count(connection)
            return str(history) if lasting else f"{history} {stamps.health(connection)}"

    def documents(self) -> Mapping[str, Document]:
        """Every document by its key; kept until a definition changes."""
        with self._engine.connect() as connection:
            now = stamps.count(connection, stamps.DOCUMENTS)
            with self._lock:
                if self._documents is None or self._documents[0] != now:
                    query = select(schema.document.c.key, schema.document.c.definition).order_by(
                        schema.document.c.key
                    )
                    known = {
                        row.key: from_json(Document, row.definition) for row in connection.execute(query)
                    }
                    self._documents = now, known
                return self._documents[1]

    def statuses(self, keys: Sequence[str] = ()) -> tuple[DocumentStatus, ...]:
        """How the tracking of each document goes, or of some, by key.

        Whether versions alternate is left out.
        """
        documents, ledger = self.documents(), self._findings.ledger()
        table = schema.document
        query = select(
            table.c.key,
            table.c.last_check,
            table.c.last_good,
            table.c.failures,
            table.c.reason,
            table.c.detail,
        ).order_by(table.c.key)
        if keys:
            query = query.where(table.c.key.in_(keys))
        found = []
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                steps = ledger.life(row.key)
                found.append(
                    DocumentStatus(
                        document=documents[row.key],
                        last_check=row.last_check,
                        last_good=row.last_good,
                        last_change=steps[-1].seen_at if len(steps) > 1 else None,
                        versions=len(steps),
                        failures=row.failures,
                        reason=row.reason,
                        detail=row.detail,
                    )
                )
        return tuple(found)

    def latest_check(self) -> datetime | None:
        """When anything was looked at last."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(schema.document.c.last_check))).scalar()

    def status(self, document: str) -> DocumentStatus | None:
        """How the tracking of one document goes."""
        return next(iter(self.statuses([document])), None)

    def versions(self, document: str) -> tuple[Version, ...]:
        """All versions of a document, oldest first."""
        return self._archive.versions(document)

    def refused(self, document: str, most: int) -> tuple[tuple[Quarantined, ...], int]:
        """The latest pages that were refused, at most so many, and how many there are altogether."""
        return self._archive.quarantined_lately(document, most)

    def text(self, digest: str) -> DocumentText:
        """A kept text; raises `KeyError`."""
        return self._archive.text(digest)

    def raw(self, sha256: str) -> bytes:
        """A raw page; raises `KeyError`."""
        return self._archive.raw(sha256)

    def says(self, text: str) -> Says | None:
        """What a text says; None when nobody read it yet."""
        return self._findings.of(text, MOST)

    def stands(self, document: str, at: datetime | None = None) -> tuple[tuple[Stand, Finding], ...]:
        """What a document says now, or said at a time, with the words."""
        return self._findings.stands(document, at, most=MOST)

    def ledger(self) -> Ledger:
        """Who says what since when."""
        return self._findings.ledger()

    def same_clause(self, clause: str) -> tuple[str, ...]:
        """The texts in which a clause with these words says something about AI."""
        return self._findings.same_clause(clause)

    def withdrawn(self, event: str) -> tuple[Withdrawal, ...]:
        """What was taken back of an event, oldest first."""
        return self._notices.withdrawn(event)

    def event(self, event: str) -> Event | None:
        """An event by its id with its first `MOST` changes, as told: what was withdrawn of it since is in it."""
        with self._engine.connect() as connection:
            return next(iter(_events(connection, _event().where(schema.event.c.id == event))), None)

    def count_changes(self, event: str) -> int:
        """How many changes an event has."""
        table = schema.change
        query = select(func.count()).where(table.c.event == event)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def event_between(self, document: str, old: int, new: int) -> str | None:
        """The id of the event that tells of two versions of a document, if one does."""
        table = schema.event
        query = select(table.c.id).where(
            table.c.document == document, table.c.old == old, table.c.new == new, _has_changes()
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def steps(self, document: str) -> tuple[Glimpse, ...]:
        """What the events of a document did, without their words, oldest first."""
        with self._engine.connect() as connection:
            return _left(connection, schema.event.c.document == document)

    def glimpses(self, since: datetime) -> tuple[Glimpse, ...]:
        """What the events since a time did that matters, without their words, oldest first."""
        with self._engine.connect() as connection:
            return self._lately.since(connection, since)

    def events(
        self, *, documents: Sequence[str] = (), most: int, skip: int = 0
    ) -> tuple[tuple[Event, ...], int]:
        """Events that matter, the latest first, of all documents or of some, without what was withdrawn.

        And how many there are, those counted that were withdrawn whole.
        """
        where: list[ColumnElement[bool]] = [_matters()]
        if documents:
            where.append(schema.event.c.document.in_(documents))
        query = _event().where(*where).limit(most).offset(skip)
        with self._engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(schema.event).where(*where)).scalar()
            found, taken = _events(connection, query), glimpses.withdrawn(connection)
        left = (
            replace(one, changes=tuple(c for c in one.changes if (c.category, c.change) not in taken[one.id]))
            if one.id in taken
            else one
            for one in found
        )
        return tuple(one for one in left if any(c.change.matters for c in one.changes)), total or 0

    def latest_by_document(self) -> dict[str, Glimpse]:
        """What the latest event that matters of each document did."""
        event = schema.event
        newest = select(func.max(event.c.seen_at)).where(_matters()).group_by(event.c.document)
        with self._engine.connect() as connection:
            found = _left(connection, and_(event.c.seen_at.in_(newest), _matters()))
        return {one.document: one for one in found}

    def event_ids(self) -> tuple[tuple[str, str, int, int], ...]:
        """Id, document, old and new version of every event that tells something."""
        table = schema.event
        query = select(table.c.id, table.c.document, table.c.old, table.c.new).where(_has_changes())
        with self._engine.connect() as connection:
            return tuple(
                (row.id, row.document, row.old, row.new)
                for row in connection.execute(query.order_by(table.c.id))
            )

    def clauses(self) -> tuple[tuple[str, str], ...]:
        """Document and key of every clause that says or said something about AI."""
        version, finding = schema.version, schema.finding
        query = (
            select(version.c.document, finding.c.clause)
            .join(finding, finding.c.text == version.c.text)
            .distinct()
            .order_by(version.c.document, finding.c.clause)
        )
        with self._engine.connect() as connection:
            return tuple((row.document, row.clause) for row in connection.execute(query))


def _matters() -> ColumnElement[bool]:
    return _told(schema.change.c.kind != _REWORDED)


def _has_changes() -> ColumnElement[bool]:
    return _told()


def _told(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    query = select(schema.change.c.event).where(schema.change.c.event == schema.event.c.id, *more)
    return query.correlate(schema.event).exists()


def _event() -> Select[Any]:
    return (
        select(schema.event, schema.document.c.definition)
        .join(schema.document, schema.document.c.key == schema.event.c.document)
        .order_by(schema.event.c.seen_at.desc(), schema.event.c.id.desc())
    )


def _events(connection: Connection, query: Select[Any]) -> tuple[Event, ...]:
    rows = connection.execute(query).all()
    changes: dict[str, list[Change]] = defaultdict(list)
    table = schema.change
    told = (
        select(table.c.event, table.c.whole)
        .where(table.c.event.in_([row.id for row in rows]), table.c.position < MOST)
        .order_by(table.c.event, table.c.position)
    )
    for row in connection.execute(told):
        changes[row.event].append(from_json(Change, row.whole))
    return tuple(event_of(row, tuple(changes[row.id])) for row in rows)


def _left(connection: Connection, where: ColumnElement[bool]) -> tuple[Glimpse, ...]:
    return tuple(glimpses.left(glimpses.read(connection, where), glimpses.withdrawn(connection)))
