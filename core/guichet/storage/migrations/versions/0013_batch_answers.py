"""What the receiver of a batch answered, where files of it were handed over and it could not be finished."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0013_batch_answers"
down_revision = "0012_pulled_rows"


def upgrade() -> None:
    """Create the table of answers."""
    op.create_table(
        "batch_answer",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("answer IN ('received', 'not_received')", name="ck_batch_answer_answer_known"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name="fk_batch_answer_batch"),
        sa.PrimaryKeyConstraint("batch", name="pk_batch_answer"),
    )
