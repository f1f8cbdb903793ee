"""What every kept text says, and since when."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, Engine, delete, func, select

from watcher.model.finding import Change, Finding
from watcher.model.standing import Entry, Ledger, Says, Stand, Step
from watcher.store import schema, stamps
from watcher.store.packing import from_json, to_json

# More than this are read in one go, without naming each.
_FEW = 200


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that stands in versions and was not read by the rules asked for; `service` publishes it."""

    text: str
    service: str


class Findings:
    """Findings by text; `ledger` joins them to the versions of documents."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)
        self._lock = Lock()
        self._ledger: tuple[int, int, Ledger] | None = None

    def of(self, text: str, most: int | None = None) -> Says | None:
        """What a text says, at most so many findings from its beginning; None when it was not read yet."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schema.judged).where(schema.judged.c.text == text)).first()
            if row is None:
                return None
            table = schema.finding
            query = select(table.c.whole).where(table.c.text == text).order_by(table.c.position).limit(most)
            findings = tuple(from_json(Finding, one.whole) for one in connection.execute(query))
        return Says(findings, row.rules, row.unjudged)

    def read(self, text: str) -> bool:
        """Whether a text was read already."""
        query = select(schema.judged.c.text).where(schema.judged.c.text == text)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def unread(self, rules: str | None = None) -> tuple[Unread, ...]:
        """Texts of versions that nobody read, or that were not read by `rules`; those that stand now come first."""
        version, judged, document = schema.version, schema.judged, schema.document
        query = (
            select(version.c.text, func.min(document.c.service).label("service"))
            .join(document, document.c.key == version.c.document)
            .outerjoin(judged, judged.c.text == version.c.text)
            .group_by(version.c.text)
            .order_by(func.max(version.c.seen_at).desc(), version.c.text)
        )
        lacking = judged.c.text.is_(None)
        query = query.where(lacking if rules is None else lacking | (judged.c.rules != rules))
        with self._engine.connect() as connection:
            return tuple(Unread(row.text, row.service) for row in connection.execute(query))

    def keep(self, text: str, says: Says) -> None:
        """Keep what a text says, in place of what was kept of it before."""
        with self._writing.begin() as connection:
            keep(connection, text, says)
            stamps.bump(connection)
            stamps.bump(connection, stamps.READINGS)

    def ledger(self) -> Ledger:
        """Who says what since when, over all documents; kept, and only added to when the history grew."""
        with self._engine.connect() as connection:
            counts = stamps.counts(connection)
            history, readings = counts.get(stamps.HISTORY, 0), counts.get(stamps.READINGS, 0)
            with self._lock:
                known = self._ledger
                if known is None or known[1] != readings:
                    known = history, readings, _ledger(connection, Ledger())
                elif known[0] != history:
                    known = history, readings, _ledger(connection, known[2])
                self._ledger = known
                return known[2]

    def stands(
        self,
        document: str,
        at: datetime | None = None,
        categories: Sequence[str] = (),
        most: int | None = None,
    ) -> tuple[tuple[Stand, Finding], ...]:
        """What a document says now, or said at a time, with the words; only `categories`, when any are named.

        At most so many, from the beginning of the text.
        """
        stands = [
            stand
            for stand in self.ledger().stands(document, at)
            if not categories or stand.entry.category in categories
        ][:most]
        if not stands:
            return ()
        table = schema.finding
        last = stands[-1].entry.position
        query = select(table.c.position, table.c.whole).where(
            table.c.text == stands[0].text, table.c.position <= last
        )
        with self._engine.connect() as connection:
            whole = {row.position: row.whole for row in connection.execute(query)}
        return tuple((stand, from_json(Finding, whole[stand.entry.position])) for stand in stands)

    def same_clause(self, clause: str) -> tuple[str, ...]:
        """The texts in which a clause with these words says something, by the clause's key."""
        table = schema.finding
        query = select(table.c.text).where(table.c.clause == clause).distinct().order_by(table.c.text)
        with self._engine.connect() as connection:
            return tuple(row.text for row in connection.execute(query))


def keep(connection: Connection, text: str, says: Says) -> None:
    """Write what a text says within a transaction; the text itself is kept already."""
    connection.execute(delete(schema.finding).where(schema.finding.c.text == text))
    connection.execute(delete(schema.judged).where(schema.judged.c.text == text))
    connection.execute(schema.judged.insert(), {"text": text, "rules": says.rules, "unjudged": says.unjudged})
    rows = [
        {
            "text": text,
            "position": position,
            "category": finding.category,
            "rule": finding.rule,
            "clause": finding.clause,
            "polarity": finding.polarity,
            "whole": to_json(Finding, finding),
        }
        for position, finding in enumerate(says.findings)
    ]
    if rows:
        connection.execute(schema.finding.insert(), rows)


def _ledger(connection: Connection, known: Ledger) -> Ledger:
    """The ledger with what was recorded since; versions never change, and what a text says does not either."""
    fresh = _fresh(connection, known)
    texts = {step.text for step in (*fresh, *known.steps)} - known.entries.keys()
    found = _judged(connection, texts)
    judged = sorted(text for text, why in found.items() if not why)
    entries = dict.fromkeys(judged, ()) | _entries(connection, judged)
    unjudged = {text: why for text, why in found.items() if why}
    withdrawn = _withdrawn(connection)
    if (
        not fresh
        and not entries
        and unjudged.items() <= known.unjudged.items()
        and withdrawn == known.withdrawn
    ):
        return known
    return known.grown(fresh, entries, unjudged, withdrawn)


def _judged(connection: Connection, texts: Set[str]) -> dict[str, str]:
    """Those of the texts that somebody looked at; with why they were not judged, empty for those that were."""
    table = schema.judged
    query = select(table.c.text, table.c.unjudged)
    if len(texts) <= _FEW:
        query = query.where(table.c.text.in_(texts))
    return {row.text: row.unjudged for row in connection.execute(query) if row.text in texts}


def _withdrawn(connection: Connection) -> frozenset[tuple[str, str, str]]:
    event, taken = schema.event, schema.withdrawal
    query = select(event.c.document, taken.c.whole).join(event, event.c.id == taken.c.event)
    return frozenset(
        (row.document, change.now.clause, change.category)
        for row in connection.execute(query)
        if (change := from_json(Change, row.whole)).now is not None
    )


def _entries(connection: Connection, texts: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    table = schema.finding
    columns = ("text", "position", "category", "rule", "clause", "polarity")
    query = select(*(table.c[name] for name in columns)).order_by(table.c.text, table.c.position)
    if len(texts) <= _FEW:
        query = query.where(table.c.text.in_(texts))
    found: dict[str, list[Entry]] = defaultdict(list)
    for text, *rest in connection.execute(query):
        found[text].append(Entry(*rest))
    return {text: tuple(mine) for text, mine in found.items()}


def _fresh(connection: Connection, known: Ledger) -> list[Step]:
    """Versions that the ledger does not know; a document's are numbered in the order in which they came."""
    table = schema.version
    newest = select(table.c.document, func.max(table.c.number).label("number")).group_by(table.c.document)
    grown = {
        row.document: known.last(row.document)
        for row in connection.execute(newest)
        if row.number > known.last(row.document)
    }
    if not grown:
        return []
    query = select(table.c.document, table.c.number, table.c.seen_at, table.c.text)
    if len(grown) <= _FEW:
        query = query.where(table.c.document.in_(grown))
    return [
        Step(*row)
        for row in connection.execute(query)
        if row.document in grown and row.number > grown[row.document]
    ]
