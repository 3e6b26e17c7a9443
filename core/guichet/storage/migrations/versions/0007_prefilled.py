"""What sources give dossiers."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0007_prefilled"
down_revision = "0006_identities"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "prefilled",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("prefill", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("asked_for", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('given', 'not_known', 'silent', 'unfit')", name="ck_prefilled_state_known"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_prefilled_dossier"),
        sa.PrimaryKeyConstraint("dossier", "field", name="pk_prefilled"),
    )
