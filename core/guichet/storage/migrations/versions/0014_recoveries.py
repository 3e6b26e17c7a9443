"""Money claimed back: the claims, each an act with its number, and what came back of each."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0014_recoveries"
down_revision = "0013_batch_answers"


def upgrade() -> None:
    """Create the tables of claims and of reimbursements."""
    op.create_table(
        "recovery",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("id", "scheme", "territory", "dossier", "decision")
        ),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        *map(_text, ("reason", "act_number")),
        sa.Column("act_date", sa.Date(), nullable=False),
        *map(_text, ("signatory_name", "signatory_quality", "agent")),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.CheckConstraint("cents > 0", name="ck_recovery_cents_positive"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_recovery_dossier"),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name="fk_recovery_decision"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery"),
        sa.UniqueConstraint("territory", "act_number", name="uq_recovery_territory_act_number"),
    )
    op.create_index("ix_recovery_dossier", "recovery", ["dossier"])
    op.create_table(
        "reimbursement",
        *map(_text, ("recovery", "receipt")),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("cents > 0", name="ck_reimbursement_cents_positive"),
        sa.ForeignKeyConstraint(["recovery"], ["recovery.id"], name="fk_reimbursement_recovery"),
        sa.PrimaryKeyConstraint("recovery", "receipt", name="pk_reimbursement"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)
