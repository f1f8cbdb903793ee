"""Since when the recipient of a letter refuses it."""

import sqlalchemy as sa
from alembic import op

from watcher.store.schema import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; letters refused so far count from their next refusal."""
    op.add_column("outbox", sa.Column("refused_since", Moment(), nullable=True))
