"""Restorations from a backup, and what was paid meanwhile."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0009_restorations"
down_revision = "0008_webhooks"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "restoration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("backup", sa.String(), nullable=False),
        sa.Column("backup_at", Instant(), nullable=False),
        sa.Column("restored_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("(released_at IS NULL) = (released_by IS NULL)", name="ck_restoration_released_by_someone"),
        sa.CheckConstraint("last_number >= 0", name="ck_restoration_last_number_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_restoration"),
    )
    op.create_table(
        "paid_meanwhile",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("restoration", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_paid_meanwhile_dossier"),
        sa.ForeignKeyConstraint(["restoration"], ["restoration.id"], name="fk_paid_meanwhile_restoration"),
        sa.PrimaryKeyConstraint("dossier", name="pk_paid_meanwhile"),
    )
