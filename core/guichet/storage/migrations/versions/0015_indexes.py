"""Ways to the rows that pages, forgetting and clean-ups look for."""

from alembic import op

revision = "0015_indexes"
down_revision = "0014_recoveries"

_ON = (
    ("attachment", "stored_as"),
    ("document", "stored_as"),
    ("exchange", "attachment"),
    ("later_filing", "dossier"),
    ("ledger_line", "decision"),
    ("payment_order", "decision"),
    ("recovery", "decision"),
    ("return_line", "payment_order"),
)
_WORK = ["scheme", "territory", "practice", "phase", "stage", "filed_at"]
_WORK += ["id", "reference", "end", "to_complete", "waiting_for_funds", "stage_at"]


def upgrade() -> None:
    """Create the indexes."""
    for table, column in _ON:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_index("ix_dossier_work", "dossier")
    op.create_index("ix_dossier_work", "dossier", _WORK)
    op.create_index("ix_return_fact_mandate", "return_fact", ["mandate"])
