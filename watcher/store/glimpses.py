"""What events did, without their words; those of the last months are kept in mind, because every first page asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from threading import Lock

from sqlalchemy import ColumnElement, Connection, select

from watcher.model.finding import Change
from watcher.model.report import Glimpse
from watcher.store import schema, stamps
from watcher.store.packing import from_json

# More than this are read in one go, without naming each.
_FEW = 200


class Lately:
    """The events since a time. After a change to the history only new ones are read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._readings = -1
        self._known: dict[str, Glimpse] = {}

    def since(self, connection: Connection, since: datetime) -> tuple[Glimpse, ...]:
        """Those that matter, oldest first, without what was withdrawn."""
        event = schema.event
        readings = stamps.count(connection, stamps.READINGS)
        ids = [row.id for row in connection.execute(select(event.c.id).where(event.c.seen_at >= since))]
        with self._lock:
            known = self._known if self._readings == readings else {}
            fresh = [one for one in ids if one not in known]
            where = event.c.id.in_(fresh) if len(fresh) <= _FEW else event.c.seen_at >= since
            known = known | {one.id: one for one in read(connection, where)} if fresh else known
            self._readings, self._known = readings, {one: known[one] for one in ids if one in known}
            found = [one for one in self._known.values() if one.lead[1].matters]
        return tuple(left(sorted(found, key=lambda one: (one.seen_at, one.id)), withdrawn(connection)))


def read(connection: Connection, where: ColumnElement[bool]) -> tuple[Glimpse, ...]:
    """Events that tell something, as they were told, oldest first."""
    event, change = schema.event, schema.change
    query = (
        select(event.c.id, event.c.document, event.c.old, event.c.new, event.c.seen_at)
        .add_columns(change.c.category, change.c.kind, change.c.severity)
        .join(change, change.c.event == event.c.id)
        .where(where)
        .order_by(event.c.seen_at, event.c.id, change.c.position)
    )
    found = []
    for _, group in groupby(connection.execute(query), key=lambda row: row.id):
        rows = list(group)
        one = rows[0]
        changes = tuple((row.category, row.kind, row.severity) for row in rows)
        found.append(Glimpse(one.id, one.document, one.old, one.new, one.seen_at, changes))
    return tuple(found)


def left(glimpses: Iterable[Glimpse], taken: dict[str, set[tuple[str, str]]]) -> Iterable[Glimpse]:
    """Events without what was withdrawn of them; those of which nothing is left are left out."""
    for one in glimpses:
        gone = taken.get(one.id)
        if gone is None:
            yield one
        elif changes := tuple(change for change in one.changes if change[:2] not in gone):
            yield replace(one, changes=changes)


def withdrawn(connection: Connection) -> dict[str, set[tuple[str, str]]]:
    """Category and kind of what was withdrawn, by event. A reading is withdrawn with all of its kind in the event."""
    table = schema.withdrawal
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in connection.execute(select(table.c.event, table.c.whole)):
        change = from_json(Change, row.whole)
        found[row.event].add((change.category, change.change.value))
    return found
