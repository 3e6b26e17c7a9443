"""Dossiers filed in another software: what became of each row that brings one."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import CanonicalJson, Instant

revision = "0012_pulled_rows"
down_revision = "0011_heartbeats"


def upgrade() -> None:
    """Create the table of pulled rows."""
    op.create_table(
        "pulled_row",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.Column("snapshot_hash", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("reasons", CanonicalJson(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('filed', 'refused')", name="ck_pulled_row_state_known"),
        sa.PrimaryKeyConstraint("scheme", "territory", "number", name="pk_pulled_row"),
    )
