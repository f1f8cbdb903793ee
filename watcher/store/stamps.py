"""A count for each kind of thing that pages show, raised with every change: whether a kept page still holds."""

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from watcher.store import schema

HISTORY = "history"
"""Versions, events, findings, refused pages, and the definitions of documents."""
READINGS = "readings"
"""What is known of texts and events recorded before: read late, or judged anew by other rules."""
DOCUMENTS = "documents"
"""The definitions of documents."""


def bump(connection: Connection, topic: str = HISTORY) -> None:
    """Say, in the transaction that changes something, that pages which show it no longer hold."""
    table = schema.stamp
    statement = insert(table).values(topic=topic, count=1)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["topic"], set_={"count": table.c.count + 1})
    )


def count(connection: Connection, topic: str = HISTORY) -> int:
    """How often something of a kind changed."""
    query = select(schema.stamp.c.count).where(schema.stamp.c.topic == topic)
    return connection.execute(query).scalar() or 0


def counts(connection: Connection) -> dict[str, int]:
    """How often something of each kind changed; a kind of which nothing ever did is missing."""
    query = select(schema.stamp.c.topic, schema.stamp.c.count)
    return {row[0]: row[1] for row in connection.execute(query)}


def health(connection: Connection) -> str:
    """What changes with every check: the time of the latest, and how many documents fail."""
    table = schema.document
    row = connection.execute(
        select(func.max(table.c.last_check), func.sum(table.c.failures), func.count())
    ).one()
    return " ".join(str(value) for value in row)
