"""Letters that tell of no event, and a name for each subscriber that is not the address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Name the subscribers there are, and call the letters there are alerts."""
    with op.batch_alter_table("subscriber") as table:
        table.add_column(sa.Column("id", sa.String(length=32), nullable=True))
    op.execute(
        "UPDATE subscriber SET id = lower(hex(randomblob(16)))"
        if op.get_bind().dialect.name == "sqlite"
        else "UPDATE subscriber SET id = replace(gen_random_uuid()::text, '-', '')"
    )
    with op.batch_alter_table("subscriber") as table:
        table.alter_column("id", existing_type=sa.String(length=32), nullable=False)
        table.create_unique_constraint(op.f("uq_subscriber_id"), ["id"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("kind", sa.String(length=20), server_default="alert", nullable=False))
        table.alter_column("event", existing_type=sa.String(length=16), nullable=True)
