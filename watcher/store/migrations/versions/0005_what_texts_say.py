"""What every text says, and a count of changes to the history."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Severities stand beside the changes. Texts that were kept before are read when a report is made, when pages are served, or by `rules rejudge`."""
    op.create_table(
        "judged",
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.String(length=80), nullable=False),
        sa.Column("unjudged", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["text.digest"], name=op.f("fk_judged_text_text")),
        sa.PrimaryKeyConstraint("text", name=op.f("pk_judged")),
    )
    op.create_table(
        "finding",
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("polarity", sa.String(length=20), nullable=False),
        sa.Column("whole", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["judged.text"], name=op.f("fk_finding_text_judged")),
        sa.PrimaryKeyConstraint("text", "position", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_category"), "finding", ["category"], unique=False)
    op.create_index(op.f("ix_finding_clause"), "finding", ["clause"], unique=False)
    op.create_table(
        "stamp",
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_stamp")),
    )
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("severity", sa.String(length=20), server_default="low", nullable=False))
    op.execute(
        "UPDATE change SET severity = json_extract(whole, '$.severity')"
        if op.get_bind().dialect.name == "sqlite"
        else "UPDATE change SET severity = whole->>'severity'"
    )
