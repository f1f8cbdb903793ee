"""Changes and findings one after the other, from any place on, in bounded memory.

Each part that is read is a query of its own, so that nobody who reads slowly holds the database. What is recorded in
between comes before the place that a walk begins at, or after the moment that it asks about: the walk meets everything
that was there when it began exactly once.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select

from watcher.model.finding import SEVERITIES, Change, Finding
from watcher.model.record import (
    ChangePlace,
    ChangeRecord,
    FindingPlace,
    FindingRecord,
    StandPlace,
    TakenBack,
)
from watcher.model.search import EVERYTHING, Filters
from watcher.model.source import Document
from watcher.model.standing import Entry, Ledger, Stand, Step
from watcher.model.words import NOTHING, Wanted
from watcher.store import schema
from watcher.store.findings import Findings
from watcher.store.library import Library
from watcher.store.packing import from_json
from watcher.store.places import among
from watcher.store.search import Searches
from watcher.store.search import filters as conditions
from watcher.store.search.searches import changes_query, follows, updated

PART = 500
"""Rows read in one go."""

_Candidate = tuple[Step, Entry, Stand | None]


class Records:
    """Walks through everything kept."""

    def __init__(self, engine: Engine, searches: Searches, findings: Findings, library: Library) -> None:
        self._engine = engine
        self._searches = searches
        self._findings = findings
        self._library = library
        self._ordered: tuple[Ledger, tuple[Step, ...]] | None = None

    def changes(
        self,
        wanted: Wanted = NOTHING,
        filters: Filters = EVERYTHING,
        *,
        after: ChangePlace | None = None,
        part: int = PART,
    ) -> Iterator[ChangeRecord]:
        """Changes that fit, the latest first, without those withdrawn, from behind a place on.

        Raises `CostlyError` at the first of them when reading a part of `part` rows takes too long.
        """
        keys = conditions.documents(self._searches.listing(), filters)
        reading: Callable[[], AbstractContextManager[Connection]] = self._searches.bounded
        while True:
            query = changes_query(wanted, filters, keys).where(*follows(after)).limit(part)
            with reading() as connection:
                places = [(row.event, row.position) for row in connection.execute(query)]
                found = {(row.event, row.position): row for row in connection.execute(_whole(places))}
            for place in places:
                record = _record(found[place])
                after = record.place
                yield record
            if len(places) < part:
                return
            # Nothing may break off a file half way because the machine is busy.
            reading = self._engine.connect

    def change(self, event: str, position: int) -> ChangeRecord | None:
        """One change, also one that was withdrawn."""
        with self._engine.connect() as connection:
            row = connection.execute(_whole([(event, position)])).first()
            if row is None:
                return None
            record = _record(row)
            table = schema.withdrawal
            query = (
                select(table.c.at, table.c.note, table.c.whole)
                .where(table.c.event == event)
                .order_by(table.c.at)
            )
            for taken in connection.execute(query):
                mistaken = from_json(Change, taken.whole)
                # A reading is withdrawn with all of its kind in the event.
                if (mistaken.category, mistaken.change) == (record.change.category, record.change.change):
                    return replace(record, withdrawn=TakenBack(taken.at, taken.note))
            return record

    def history(
        self, filters: Filters = EVERYTHING, *, after: FindingPlace | None = None, part: int = PART
    ) -> Iterator[FindingRecord]:
        """Every finding of every version, the latest versions first, without readings that were withdrawn.

        `since` and `until` of the filters bound when the version was seen.
        """
        ledger = self._findings.ledger()
        steps = self._steps(ledger)
        if after is not None:
            steps = steps[: bisect_left(steps, after[:3], key=_place_of) + 1]
        keys = conditions.documents(self._searches.listing(), filters)
        meant = None if keys is None else frozenset(keys)
        candidates: Iterator[_Candidate] = (
            (step, entry, None)
            for step in reversed(steps)
            if (meant is None or step.document in meant) and _within(step.seen_at, filters)
            for entry in ledger.entries.get(step.text, ())
            if _fits(ledger, step.document, entry, filters)
            and (after is None or _follows(step, entry, after))
        )
        newest = {key: life.number for key in ledger.documents if (life := ledger.version(key))}
        return self._read(candidates, filters, newest, part)

    def standing(
        self,
        at: datetime,
        filters: Filters = EVERYTHING,
        *,
        after: StandPlace | None = None,
        part: int = PART,
    ) -> Iterator[FindingRecord]:
        """What documents said at a moment, by document and in reading order.

        `since` and `until` of the filters bound when a clause came to say so.
        """
        ledger = self._findings.ledger()
        keys = conditions.documents(self._searches.listing(), filters)
        meant = sorted(ledger.documents if keys is None else keys)
        candidates: Iterator[_Candidate] = (
            (step, stand.entry, stand)
            for key in meant
            if (after is None or key >= after[0]) and (step := ledger.version(key, at)) is not None
            for stand in ledger.stands(key, at)
            if _fits(ledger, key, stand.entry, filters)
            and _within(stand.since, filters)
            and (after is None or (key, stand.entry.position) > after)
        )
        return self._read(candidates, filters, None, part)

    def finding(self, document: str, number: int, position: int) -> FindingRecord | None:
        """One finding of a version; None also when its reading was withdrawn."""
        found = next(self.of_version(document, number, first=position, part=1), None)
        return found if found is not None and found.position == position else None

    def of_version(
        self, document: str, number: int, *, first: int = 0, part: int = PART
    ) -> Iterator[FindingRecord]:
        """The findings of a version in reading order, from a place on."""
        ledger = self._findings.ledger()
        life = ledger.life(document)
        if not 1 <= number <= len(life):
            return iter(())
        step = life[number - 1]
        candidates: Iterator[_Candidate] = (
            (step, entry, None)
            for entry in ledger.entries.get(step.text, ())[first:]
            if _fits(ledger, document, entry, EVERYTHING)
        )
        return self._read(candidates, EVERYTHING, {document: len(life)}, part)

    def _steps(self, ledger: Ledger) -> tuple[Step, ...]:
        if self._ordered is None or self._ordered[0] is not ledger:
            self._ordered = ledger, tuple(sorted(ledger.steps, key=_place_of))
        return self._ordered[1]

    def _read(
        self, candidates: Iterator[_Candidate], filters: Filters, newest: dict[str, int] | None, part: int
    ) -> Iterator[FindingRecord]:
        """The words of each, and whether the filters let it through that only the words decide."""
        while some := list(islice(candidates, part)):
            documents = self._library.documents()
            whole = self._words([(step.text, entry.position) for step, entry, _ in some], filters)
            # Whoever asks for what is rare waits for fewer, longer queries.
            part = max(part, PART)
            for step, entry, stand in some:
                if (finding := whole.get((step.text, entry.position))) is not None:
                    current = newest is None or newest[step.document] == step.number
                    yield FindingRecord(
                        documents[step.document], step, entry.position, finding, current, stand
                    )

    def _words(self, places: Sequence[tuple[str, int]], filters: Filters) -> dict[tuple[str, int], Finding]:
        table = schema.finding
        query = select(table.c.text, table.c.position, table.c.whole).where(
            among(places, table.c.text, table.c.position)
        )
        if filters.severity is not None:
            enough = SEVERITIES[SEVERITIES.index(filters.severity) :]
            query = query.where(table.c.whole["severity"].as_string().in_(enough))
        if filters.languages:
            query = query.where(table.c.whole["language"].as_string().in_(filters.languages))
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {(row.text, row.position): from_json(Finding, row.whole) for row in rows}


def _place_of(step: Step) -> tuple[datetime, str, int]:
    return step.seen_at, step.document, step.number


def _follows(step: Step, entry: Entry, after: FindingPlace) -> bool:
    """The latest version first, within it in reading order."""
    here = _place_of(step)
    return here < after[:3] or (here == after[:3] and entry.position > after[3])


def _within(moment: datetime, filters: Filters) -> bool:
    return (filters.since is None or moment >= filters.since) and (
        filters.until is None or moment < filters.until
    )


def _fits(ledger: Ledger, document: str, entry: Entry, filters: Filters) -> bool:
    return (not filters.categories or entry.category in filters.categories) and (
        document,
        entry.clause,
        entry.category,
    ) not in ledger.withdrawn


def _whole(places: Sequence[tuple[str, int]]) -> Select[Any]:
    change, event, document = schema.change, schema.event, schema.document
    return (
        select(change.c.position, change.c.whole, event, document.c.definition, updated())
        .select_from(change)
        .join(event, event.c.id == change.c.event)
        .join(document, document.c.key == event.c.document)
        .add_columns(change.c.event)
        .where(among(places, change.c.event, change.c.position))
    )


def _record(row: Row[Any]) -> ChangeRecord:
    return ChangeRecord(
        event=row.event,
        position=row.position,
        document=from_json(Document, row.definition),
        old=row.old,
        new=row.new,
        old_text=row.old_text,
        new_text=row.new_text,
        seen_at=row.seen_at,
        updated=row.updated,
        change=from_json(Change, row.whole),
    )
