"""Filters as conditions on tables."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, or_, select

from watcher.model.finding import SEVERITIES
from watcher.model.search import Filters, Listed
from watcher.store import schema
from watcher.store.search import tables


def listing(connection: Connection) -> tuple[Listed, ...]:
    """Every document there is, by key."""
    table = schema.document
    query = select(
        table.c.key,
        table.c.service,
        table.c.definition["name"].as_string().label("name"),
        table.c.definition["groups"].label("groups"),
    ).order_by(table.c.key)
    return tuple(
        Listed(row.key, row.service, row.name, tuple(row.groups or ())) for row in connection.execute(query)
    )


def documents(listing: Iterable[Listed], filters: Filters) -> list[str] | None:
    """The keys of the documents that are meant, or None when every document is."""
    if not (filters.services or filters.groups or filters.types or filters.documents):
        return None
    return [one.key for one in listing if filters.mean(one)]


def on_lives(filters: Filters, keys: list[str] | None) -> Iterator[ColumnElement[bool]]:
    """For clauses: those of these documents that say something in the categories and stood between the dates."""
    life = tables.life
    if keys is not None:
        yield life.c.document.in_(keys)
    if filters.categories:
        # The words of a clause are its identity, so what they say in one document they say in another.
        finding = schema.finding
        yield life.c.key.in_(select(finding.c.clause).where(finding.c.category.in_(filters.categories)))
    if filters.since is not None:
        yield or_(life.c.until.is_(None), life.c.until > filters.since)
    if filters.until is not None:
        yield life.c.since < filters.until


def on_changes(filters: Filters, keys: list[str] | None) -> Iterator[ColumnElement[bool]]:
    """For changes, joined with their events; what was withdrawn is none of them.

    A reading is withdrawn with all of its kind in the event.
    """
    change, event, taken = schema.change, schema.event, schema.withdrawal
    yield ~(
        select(taken.c.id)
        .where(
            taken.c.event == change.c.event,
            taken.c.whole["category"].as_string() == change.c.category,
            taken.c.whole["change"].as_string() == change.c.kind,
        )
        .correlate(change)
        .exists()
    )
    if keys is not None:
        yield change.c.document.in_(keys)
    if filters.categories:
        yield change.c.category.in_(filters.categories)
    if filters.changes:
        yield change.c.kind.in_([kind.value for kind in filters.changes])
    if filters.severity is not None:
        enough = SEVERITIES[SEVERITIES.index(filters.severity) :]
        yield change.c.severity.in_(enough)
    if filters.languages:
        yield change.c.whole["language"].as_string().in_(filters.languages)
    if filters.events:
        yield change.c.event.in_(filters.events)
    if filters.since is not None:
        yield event.c.seen_at >= filters.since
    if filters.until is not None:
        yield event.c.seen_at < filters.until
