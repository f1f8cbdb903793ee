"""What a search looks in (lives of clauses, an index of words), and what servers said with the pages that are kept."""

import sqlalchemy as sa
from alembic import op

from watcher.store.schema import Moment
from watcher.store.search.index import rebuild
from watcher.store.search.wordlists import create

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables, and fill what searches look in from the versions and changes that are kept.

    All of that is derived from other tables, so it is filled as the program does it today.
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
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("redirects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_answer_sha256_blob")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_sha256"), "answer", ["sha256"], unique=False)
    create(op.get_bind())
    rebuild(op.get_bind())
