"""The tables that searches look in; all of them can be made anew from the others."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from watcher.store.schema import Moment, metadata

# Distinct wordings of clauses, which the index of words points to: each kept once, however many versions show it.
clause = Table(
    "clause",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
)

# The life of a clause in a document, as `watcher.model.life` tells it. `key` is the clause's identity, `clause` its
# last wording, `stays` all times in which it stood; `since` and `until` (null while it stands) bound them.
life = Table(
    "life",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("key", String(16), nullable=False),
    Column("clause", ForeignKey("clause.id"), nullable=False, index=True),
    Column("path", JSON, nullable=False),
    Column("stays", JSON, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    UniqueConstraint("document", "key"),
)

# A number for each change, which the index of words points to.
change_entry = Table(
    "change_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", String(16), nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("event", "position"),
    ForeignKeyConstraint(["event", "position"], ["change.event", "change.position"]),
)
