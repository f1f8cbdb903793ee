"""What a search looks in: the lives of clauses, and an index of the words of clauses and changes."""

import sqlalchemy as sa
from alembic import op

from watcher.store.schema import Moment
from watcher.store.search.index import rebuild
from watcher.store.search.wordlists import create

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables, and fill them from the versions and changes that are kept.

    All of it is derived from other tables, so it is filled as the program does it today.
    """
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("digest", name=op.f("uq_clause_digest")),
    )
    op.create_table(
        "life",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("stays", sa.JSON(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["clause"], ["clause.id"], name=op.f("fk_life_clause_clause")),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name=op.f("fk_life_document_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life")),
        sa.UniqueConstraint("document", "key", name=op.f("uq_life_document_key")),
    )
    op.create_index(op.f("ix_life_clause"), "life", ["clause"], unique=False)
    op.create_table(
        "change_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event", "position"],
            ["change.event", "change.position"],
            name=op.f("fk_change_entry_event_position_change"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_entry")),
        sa.UniqueConstraint("event", "position", name=op.f("uq_change_entry_event_position")),
    )
    create(op.get_bind())
    rebuild(op.get_bind())
