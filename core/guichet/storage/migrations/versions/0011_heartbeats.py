"""Signs of life of the workers; what each call told of its service's breaker and quota."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0011_heartbeats"
down_revision = "0010_practice"


def upgrade() -> None:
    """Create the tables of workers, and of what calls tell."""
    op.create_table(
        "worker_beat",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("doing", sa.String(), nullable=True),
        sa.Column("doing_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_worker_beat"),
    )
    op.create_table(
        "outside_told",
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("breaker_open", sa.Boolean(), nullable=False),
        sa.Column("quota_left", sa.Integer(), nullable=True),
        sa.Column("quota_until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["outside_call.id"], name="fk_outside_told_call", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call", name="pk_outside_told"),
    )
