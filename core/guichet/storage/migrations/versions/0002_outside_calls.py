"""The log of calls to other services."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0002_outside_calls"
down_revision = "0001"


def upgrade() -> None:
    """Create the log."""
    op.create_table(
        "outside_call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("dossier", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('answered', 'unavailable', 'timeout', 'no_connection', 'reset', 'too_big', 'refused')",
            name="ck_outside_call_outcome_known",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outside_call"),
    )
    op.create_index("ix_outside_call_service", "outside_call", ["service", "id"], unique=False)
    op.create_index("ix_outside_call_dossier", "outside_call", ["dossier"], unique=False)
    op.create_index("ix_outside_call_at", "outside_call", ["at"], unique=False)
