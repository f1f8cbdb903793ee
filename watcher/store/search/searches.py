"""Words looked up in everything kept, in bounded time."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, or_, select

from watcher.errors import CostlyError, StoreError
from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.life import Stay
from watcher.model.search import (
    EVERYTHING,
    ChangeHit,
    ChangesFound,
    ClauseHit,
    ClausesFound,
    Filters,
    Listed,
    Span,
    Told,
)
from watcher.model.source import Document
from watcher.model.words import NOTHING, Wanted
from watcher.store import schema, stamps
from watcher.store.events import event_of
from watcher.store.packing import from_json
from watcher.store.places import among
from watcher.store.search import filters as conditions
from watcher.store.search import tables, wordlists

MOST = 1_000
"""Hits that one search looks at, the newest wordings first; words that stand everywhere cost no more than others."""
MOST_CHANGES = 2_000
"""Changes of an event that are read for a feed; a hostile one may have any number."""
SECONDS = 2.0
"""How long one search may take before it is broken off."""
_AT_ONCE = 4
_LONGEST_CLAUSE = 100_000


class Searches:
    """Finds clauses and changes by their words. `clock` gives seconds and bounds what one search may cost."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._listed: tuple[int, tuple[Listed, ...]] | None = None

    def clauses(
        self,
        wanted: Wanted,
        filters: Filters = EVERYTHING,
        *,
        after: tuple[datetime, int] | None = None,
        limit: int = 20,
    ) -> ClausesFound:
        """Clauses that hold all that is wanted and stood between the dates, those that follow the place `after`.

        Raises `CostlyError` when that would take too long, or too many searches run at once.
        """
        with self.bounded() as connection:
            keys = conditions.documents(self._listing(connection), filters)
            rows = connection.execute(_lives(wanted, filters, keys, MOST + 1)).all()
            bounded = len(rows) > MOST
            ordered = sorted(rows[:MOST], key=lambda row: (row.since, row.number), reverse=True)
            rest = [row for row in ordered if after is None or (row.since, row.number) < after]
            return ClausesFound(
                hits=_clause_hits(connection, [row.number for row in rest[:limit]]),
                total=len(ordered),
                more=len(rest) > limit,
                bounded=bounded,
                span=None if bounded or not ordered else _span(connection, ordered),
            )

    def changes(
        self,
        wanted: Wanted,
        filters: Filters = EVERYTHING,
        *,
        after: tuple[datetime, str, int] | None = None,
        limit: int = 20,
    ) -> ChangesFound:
        """Changes whose words, now or before, hold all that is wanted; with nothing wanted, all that the filters let.

        Raises `CostlyError` as `clauses` does.
        """
        with self.bounded() as connection:
            query = changes_query(wanted, filters, conditions.documents(self._listing(connection), filters))
            total = connection.execute(
                select(func.count()).select_from(query.order_by(None).limit(MOST + 1).subquery())
            ).scalar_one()
            rows = connection.execute(query.where(*follows(after)).limit(limit + 1)).all()
            return ChangesFound(
                hits=_change_hits(connection, [(row.event, row.position) for row in rows[:limit]]),
                total=min(total, MOST),
                more=len(rows) > limit,
                bounded=total > MOST,
            )

    def events(
        self, wanted: Wanted = NOTHING, filters: Filters = EVERYTHING, *, limit: int = 50
    ) -> tuple[Told, ...]:
        """The latest events with a change that matters and fits, with those that do.

        Raises `CostlyError` as `clauses` does.
        """
        table, told_at = schema.event, updated()
        with self.bounded() as connection:
            query = (
                select(table.c.id, told_at)
                .where(table.c.id.in_(self._telling(connection, wanted, filters)))
                .order_by(table.c.seen_at.desc(), table.c.id.desc())
                .limit(limit)
            )
            rows = connection.execute(query).all()
            ids = [row.id for row in rows]
            whole = _events(connection, ids)
            fitting = self._fitting_of(connection, wanted, filters, whole)
            return tuple(
                Told(
                    event,
                    row.updated,
                    tuple(
                        change
                        for at, change in zip(places, event.changes, strict=True)
                        if (row.id, at) in fitting
                    ),
                )
                for row in rows
                for event, places in (whole[row.id],)
            )

    def last_told(self, wanted: Wanted = NOTHING, filters: Filters = EVERYTHING) -> datetime | None:
        """When the latest of these events was seen, confirmed or withdrawn in part; None when there is none."""
        event, told_at = schema.event, updated()
        with self.bounded() as connection:
            told = (
                select(told_at).where(event.c.id.in_(self._telling(connection, wanted, filters))).subquery()
            )
            return connection.execute(select(func.max(told.c.updated, type_=schema.Moment))).scalar()

    def lives(self, wanted: Wanted, filters: Filters = EVERYTHING) -> Iterator[ClauseHit]:
        """Every clause that holds all that is wanted, by document and by when it came; nothing is left out."""
        with self._engine.connect() as connection:
            keys = conditions.documents(self._listing(connection), filters)
            rows = connection.execute(_lives(wanted, filters, keys, None)).all()
            ordered = [row.number for row in sorted(rows, key=lambda row: (row.document, row.number))]
            for at in range(0, len(ordered), 200):
                yield from _clause_hits(connection, ordered[at : at + 200])

    def _telling(self, connection: Connection, wanted: Wanted, filters: Filters) -> Select[Any]:
        """The ids of events with a change that matters and fits."""
        return select(self._fitting(connection, wanted, filters).subquery().c.event)

    def _fitting(self, connection: Connection, wanted: Wanted, filters: Filters) -> Select[Any]:
        """Event and position of the changes that matter and fit."""
        keys = conditions.documents(self._listing(connection), filters)
        return changes_query(wanted, filters.mattering, keys).order_by(None)

    def _fitting_of(
        self,
        connection: Connection,
        wanted: Wanted,
        filters: Filters,
        whole: Mapping[str, tuple[Event, tuple[int, ...]]],
    ) -> set[tuple[str, int]]:
        """The same of events as they were read: a hostile one may have any number of further changes."""
        change = schema.change
        last = max((place for _, places in whole.values() for place in places), default=0)
        query = self._fitting(connection, wanted, filters).where(
            change.c.event.in_(list(whole)), change.c.position <= last
        )
        return {(row.event, row.position) for row in connection.execute(query)}

    def categories(self, names: Sequence[str]) -> frozenset[str]:
        """Those of these categories in which anything was ever judged."""
        with self._engine.connect() as connection:
            return frozenset(
                name
                for name in names
                for table in (schema.finding, schema.change)
                if connection.execute(
                    select(table.c.category).where(table.c.category == name).limit(1)
                ).first()
            )

    def known_events(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these events that there are."""
        with self._engine.connect() as connection:
            query = select(schema.event.c.id).where(schema.event.c.id.in_(ids))
            return frozenset(connection.execute(query).scalars())

    def listing(self) -> tuple[Listed, ...]:
        """Every document there is, by key."""
        with self._engine.connect() as connection:
            return self._listing(connection)

    def _listing(self, connection: Connection) -> tuple[Listed, ...]:
        now = stamps.count(connection)
        if self._listed is None or self._listed[0] != now:
            self._listed = now, conditions.listing(connection)
        return self._listed[1]

    @contextmanager
    def bounded(self) -> Iterator[Connection]:
        """A connection for one reader's question: few at once, and none for longer than `SECONDS`."""
        if not self._turns.acquire(timeout=SECONDS):
            raise CostlyError("too many searches run at once", remedy="Try again in a moment.")
        try:
            stop = wordlists.Stop(self._clock, SECONDS)
            try:
                with self._engine.connect() as connection, wordlists.bounded(connection, stop):
                    yield connection
            except StoreError as error:
                if not stop.over:
                    raise
                raise CostlyError(
                    "this search takes too long", remedy="Look for rarer words, or in fewer documents."
                ) from error
        finally:
            self._turns.release()


def _lives(wanted: Wanted, filters: Filters, keys: list[str] | None, most: int | None) -> Select[Any]:
    life = tables.life
    found = wordlists.matching("clause_words", wanted)
    return (
        select(life.c.id.label("number"), life.c.document, life.c.since, life.c.until)
        .join(found, found.c.number == life.c.clause)
        .where(*conditions.on_lives(filters, keys))
        .order_by(found.c.number.desc())
        .limit(most)
    )


def _clause_hits(connection: Connection, numbers: Sequence[int]) -> tuple[ClauseHit, ...]:
    life, clause, document = tables.life, tables.clause, schema.document
    query = (
        select(
            life,
            # Nobody reads further, and the words of an endless clause would be looked at one by one.
            func.substr(clause.c.text, 1, _LONGEST_CLAUSE).label("text"),
            document.c.definition,
        )
        .join(clause, clause.c.id == life.c.clause)
        .join(document, document.c.key == life.c.document)
        .where(life.c.id.in_(numbers))
    )
    hits = {row.id: _clause_hit(row) for row in connection.execute(query)}
    return tuple(hits[number] for number in numbers)


def _clause_hit(row: Row[Any]) -> ClauseHit:
    return ClauseHit(
        number=row.id,
        document=from_json(Document, row.definition),
        key=row.key,
        text=row.text,
        path=tuple(row.path),
        stays=from_json(tuple[Stay, ...], row.stays),
    )


def _span(connection: Connection, rows: Sequence[Row[Any]]) -> Span:
    first = min(rows, key=lambda row: (row.since, row.number))
    ends = [row.until for row in rows]
    definition = connection.execute(
        select(schema.document.c.definition).where(schema.document.c.key == first.document)
    ).scalar_one()
    return Span(first.since, from_json(Document, definition), None if None in ends else max(ends))


def changes_query(wanted: Wanted, filters: Filters, keys: list[str] | None) -> Select[Any]:
    """Event and position of the changes that fit, the latest first; `keys` are the documents meant, None for all."""
    change, event, entry = schema.change, schema.event, tables.change_entry
    query = (
        select(change.c.event, change.c.position)
        .join(event, event.c.id == change.c.event)
        .where(*conditions.on_changes(filters, keys))
        .order_by(event.c.seen_at.desc(), change.c.event.desc(), change.c.position)
    )
    if not wanted:
        return query
    found = wordlists.matching("change_words", wanted)
    return query.join(
        entry, and_(entry.c.event == change.c.event, entry.c.position == change.c.position)
    ).join(found, found.c.number == entry.c.id)


def _change_hits(connection: Connection, places: Sequence[tuple[str, int]]) -> tuple[ChangeHit, ...]:
    change, event, document = schema.change, schema.event, schema.document
    query = (
        select(change.c.position, change.c.whole, event, document.c.definition)
        .join(event, event.c.id == change.c.event)
        .join(document, document.c.key == event.c.document)
        .where(among(places, change.c.event, change.c.position))
    )
    rows = {(row.id, row.position): row for row in connection.execute(query)}
    return tuple(_change_hit(rows[place]) for place in places)


def _change_hit(row: Row[Any]) -> ChangeHit:
    change = from_json(Change, row.whole)
    return ChangeHit(event_of(row, (change,)), row.position, change)


def _events(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Event, tuple[int, ...]]]:
    """Events by their ids with their first `MOST_CHANGES` changes and the places of these.

    What was withdrawn is left out.
    """
    change, event, document = schema.change, schema.event, schema.document
    place = func.row_number().over(partition_by=change.c.event, order_by=change.c.position)
    first = (
        select(change.c.event, change.c.position, place.label("place"))
        .join(event, event.c.id == change.c.event)
        .where(event.c.id.in_(set(ids)), *conditions.on_changes(EVERYTHING, None))
        .subquery()
    )
    query = (
        select(change.c.whole, change.c.position, event, document.c.definition)
        .join(first, and_(first.c.event == change.c.event, first.c.position == change.c.position))
        .join(event, event.c.id == change.c.event)
        .join(document, document.c.key == event.c.document)
        .where(first.c.place <= MOST_CHANGES)
        .order_by(event.c.id, change.c.position)
    )
    return {
        number: (
            event_of(rows[0], tuple(from_json(Change, row.whole) for row in rows)),
            tuple(row.position for row in rows),
        )
        for number, group in groupby(connection.execute(query), key=lambda row: row.id)
        if (rows := list(group))
    }


def updated() -> ColumnElement[datetime]:
    """When an event came to be told as it is; for queries over the table of events."""
    event, version, taken = schema.event, schema.version, schema.withdrawal
    confirmed = (
        select(version.c.confirmed_at)
        .where(version.c.document == event.c.document, version.c.number == event.c.new)
        .correlate(event)
        .scalar_subquery()
    )
    withdrawn = (
        select(func.max(taken.c.at)).where(taken.c.event == event.c.id).correlate(event).scalar_subquery()
    )
    latest = func.max(
        event.c.seen_at,
        func.coalesce(confirmed, event.c.seen_at),
        func.coalesce(withdrawn, event.c.seen_at),
        type_=schema.Moment,
    )
    return latest.label("updated")


def follows(after: tuple[datetime, str, int] | None) -> Iterator[ColumnElement[bool]]:
    """Changes that come later in the order: by time and event backwards, within an event by place."""
    if after is None:
        return
    seen_at, event, position = after
    change, at = schema.change, schema.event.c.seen_at
    # It follows from the next condition, and lets the database begin at the place.
    yield at <= seen_at
    yield or_(
        at < seen_at,
        and_(at == seen_at, change.c.event < event),
        and_(at == seen_at, change.c.event == event, change.c.position > position),
    )
