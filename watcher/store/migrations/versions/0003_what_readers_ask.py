"""Requests that wait for confirmation, what counts towards limits, suggestions, and readings called wrong."""

import sqlalchemy as sa
from alembic import op

from watcher.store.schema import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_address"), "request", ["address"], unique=False)
    op.create_index(op.f("ix_request_asked_at"), "request", ["asked_at"], unique=False)
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked")),
    )
    op.create_index(op.f("ix_asked_at"), "asked", ["at"], unique=False)
    op.create_index(op.f("ix_asked_key_at"), "asked", ["key", "at"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_suggestion")),
    )
    op.create_table(
        "wrong_reading",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=20), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_wrong_reading_event_event")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_wrong_reading")),
    )
    op.create_index(op.f("ix_wrong_reading_address"), "wrong_reading", ["address"], unique=False)
    op.create_index(op.f("ix_wrong_reading_event"), "wrong_reading", ["event"], unique=False)
