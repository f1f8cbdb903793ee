"""Notices that letters are made of, claims with a lease, withdrawals, outages, and what the operator was told."""

import sqlalchemy as sa
from alembic import op

from watcher.store.schema import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; letters that an older program had claimed are free again."""
    op.create_table(
        "body",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_body")),
    )
    op.create_table(
        "notice",
        sa.Column("subscriber", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("held_until", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=True),
        sa.Column("told", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("subscriber", "kind", "about", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_settled_at"), "notice", ["settled_at"], unique=False)
    op.create_index(op.f("ix_notice_letter"), "notice", ["letter"], unique=False)
    op.create_index(op.f("ix_notice_kind_about"), "notice", ["kind", "about"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("whole", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_withdrawal_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index(op.f("ix_withdrawal_event"), "withdrawal", ["event"], unique=False)
    op.create_table(
        "outage",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("back_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_index(op.f("ix_outage_service"), "outage", ["service"], unique=False)
    op.create_table(
        "fact",
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("over_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("topic", "key", name=op.f("pk_fact")),
    )
    op.create_table(
        "refused",
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused")),
    )
    op.add_column("document", sa.Column("failing_since", Moment(), nullable=True))
    op.execute("UPDATE document SET failing_since = last_good WHERE failures > 0")
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("way", sa.String(length=100), server_default="mail", nullable=False))
        table.add_column(sa.Column("body", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("tried_at", Moment(), nullable=True))
        table.add_column(sa.Column("claimed_by", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("claimed_until", Moment(), nullable=True))
        table.create_foreign_key(op.f("fk_outbox_body_body"), "body", ["body"], ["digest"])
        table.create_index(op.f("ix_outbox_claimed_by"), ["claimed_by"], unique=False)
