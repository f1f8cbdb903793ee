"""What is written for searches, always within the transaction that records what is searched."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from watcher.errors import DamagedError
from watcher.model.finding import Change
from watcher.model.folding import digest
from watcher.model.life import Stay
from watcher.model.text import DocumentText
from watcher.model.words import searchable
from watcher.store import schema
from watcher.store.packing import from_json, to_json, unpack_json
from watcher.store.search import tables, wordlists

# SQLite takes a bounded number of values in one statement.
_MANY = 500


def add_version(
    connection: Connection, document: str, number: int, seen_at: datetime, text: DocumentText
) -> None:
    """Carry on the lives of a document's clauses with its newest version."""
    here = {clause.key: clause for clause in text.clauses if clause.folded}
    wordings = _wordings(connection, {clause.text for clause in here.values()})
    life = tables.life
    known = {row.key: row for row in connection.execute(select(life).where(life.c.document == document))}
    ended = [row for key, row in known.items() if row.until is None and key not in here]
    changed = [_ended(row, seen_at) for row in ended]
    fresh = []
    for key, clause in here.items():
        row, wording = known.get(key), wordings[digest(clause.text)]
        if row is None:
            stay = Stay(number, seen_at)
            fresh.append(
                {
                    "document": document,
                    "key": key,
                    "clause": wording,
                    "path": list(clause.path),
                    "stays": _stays((stay,)),
                    "since": seen_at,
                }
            )
        elif row.until is not None:
            stays = (*_read(row), Stay(number, seen_at))
            changed.append(_values(row, clause=wording, path=clause.path, stays=_stays(stays), until=None))
        elif row.clause != wording or row.path != list(clause.path):
            changed.append(_values(row, clause=wording, path=clause.path))
    if fresh:
        connection.execute(insert(life), fresh)
    for values in changed:
        connection.execute(update(life).where(life.c.id == values.pop("id")).values(values))


def add_changes(connection: Connection, event: str, changes: Sequence[Change]) -> None:
    """Number the changes of an event and index their words, as they stand and as they stood."""
    entry = tables.change_entry
    rows = [{"event": event, "position": position} for position in range(len(changes))]
    if not rows:
        return
    connection.execute(insert(entry), rows)
    numbers = {
        row.position: row.id for row in connection.execute(select(entry).where(entry.c.event == event))
    }
    wordlists.add(
        connection,
        "change_words",
        [(numbers[position], _words(change)) for position, change in enumerate(changes)],
    )


def remove_changes(connection: Connection, document: str) -> None:
    """Forget all changes of a document, before they are replaced."""
    entry, change = tables.change_entry, schema.change
    query = (
        select(entry.c.id, change.c.whole)
        .join(change, (change.c.event == entry.c.event) & (change.c.position == entry.c.position))
        .where(change.c.document == document)
    )
    rows = [(row.id, _words(from_json(Change, row.whole))) for row in connection.execute(query)]
    wordlists.remove(connection, "change_words", rows)
    for some in _some([number for number, _ in rows]):
        connection.execute(delete(entry).where(entry.c.id.in_(some)))


def rebuild(connection: Connection) -> None:
    """Index everything that is kept, in the order in which it was seen, into empty tables."""
    version, event, change = schema.version, schema.event, schema.change
    versions = connection.execute(
        select(version.c.document, version.c.number, version.c.seen_at, schema.text.c.packed)
        .join(schema.text, schema.text.c.digest == version.c.text)
        .order_by(version.c.seen_at, version.c.document, version.c.number)
        .execution_options(yield_per=50)
    )
    for row in versions:
        # A text that is damaged is found by nobody, and all others are.
        with suppress(DamagedError):
            text = unpack_json(DocumentText, row.packed)
            add_version(connection, row.document, row.number, row.seen_at, text)
    for one in connection.execute(select(event.c.id).order_by(event.c.seen_at, event.c.id)).all():
        wholes = select(change.c.whole).where(change.c.event == one.id).order_by(change.c.position)
        add_changes(connection, one.id, [from_json(Change, row.whole) for row in connection.execute(wholes)])


def _wordings(connection: Connection, texts: set[str]) -> Mapping[str, int]:
    """The number of each wording by its digest; those that were never seen are kept and indexed."""
    clause = tables.clause
    wanted = {digest(text): text for text in sorted(texts)}
    known: dict[str, int] = {}
    for some in _some(list(wanted)):
        query = select(clause.c.digest, clause.c.id).where(clause.c.digest.in_(some))
        known |= {row.digest: row.id for row in connection.execute(query)}
    last = connection.execute(select(func.coalesce(func.max(clause.c.id), 0))).scalar_one()
    fresh = {one: last + at for at, one in enumerate((one for one in wanted if one not in known), start=1)}
    if fresh:
        connection.execute(
            insert(clause),
            [{"id": number, "digest": one, "text": _sound(wanted[one])} for one, number in fresh.items()],
        )
        wordlists.add(
            connection, "clause_words", [(number, searchable(wanted[one])) for one, number in fresh.items()]
        )
    return known | fresh


def _ended(row: Row[Any], at: datetime) -> dict[str, Any]:
    *before, last = _read(row)
    return _values(row, stays=_stays((*before, Stay(last.version, last.since, at))), until=at)


def _values(row: Row[Any], *, path: tuple[str, ...] | None = None, **values: Any) -> dict[str, Any]:
    return {"id": row.id, **values} | ({} if path is None else {"path": list(path)})


def _read(row: Row[Any]) -> tuple[Stay, ...]:
    return from_json(tuple[Stay, ...], row.stays)


def _stays(stays: tuple[Stay, ...]) -> Any:
    return to_json(tuple[Stay, ...], stays)


def _words(change: Change) -> str:
    return searchable(f"{change.quote}\n{change.previous or ''}")


def _sound(text: str) -> str:
    """Without lone surrogates, which SQLite cannot keep."""
    return text.encode("utf-8", "replace").decode()


def _some(numbers: list[Any]) -> list[list[Any]]:
    return [numbers[at : at + _MANY] for at in range(0, len(numbers), _MANY)]
