"""How far webhooks have followed the journals."""

import sqlalchemy as sa
from alembic import op

revision = "0008_webhooks"
down_revision = "0007_prefilled"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "webhook_cursor",
        sa.Column("webhook", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("webhook", "territory", name="pk_webhook_cursor"),
    )
