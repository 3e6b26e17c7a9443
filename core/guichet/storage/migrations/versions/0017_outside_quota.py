"""The quota of each outside service, counted by all the processes of an instance together."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import CanonicalJson, Instant

revision = "0017_outside_quota"
down_revision = "0016_parts"


def upgrade() -> None:
    """Create the table of quotas."""
    op.create_table(
        "outside_quota",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("resets_at", Instant(), nullable=True),
        sa.Column("closed_until", Instant(), nullable=True),
        sa.Column("speaks", sa.Boolean(), nullable=True),
        sa.Column("flights", CanonicalJson(), nullable=False),
        sa.Column("taken", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("service", name="pk_outside_quota"),
    )
