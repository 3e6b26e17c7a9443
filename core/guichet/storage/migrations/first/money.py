"""Envelopes, payment orders and batches."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant


def create() -> None:
    """Create the tables of this area."""
    op.create_table(
        "batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('written', 'transmitted')", name="ck_batch_state_known"),
        sa.CheckConstraint("lines >= 0 AND cents >= 0", name="ck_batch_totals_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.UniqueConstraint("scheme", "territory", "on_day", "number", name="uq_batch_scheme_territory_on_day_number"),
    )
    op.create_table(
        "envelope",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=True),
        sa.Column("committed_cents", sa.BigInteger(), nullable=False),
        sa.Column("alert_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "alert_only OR ceiling_cents IS NULL OR committed_cents <= ceiling_cents", name="ck_envelope_within_ceiling"
        ),
        sa.CheckConstraint("ceiling_cents IS NULL OR ceiling_cents >= 0", name="ck_envelope_ceiling_positive"),
        sa.CheckConstraint("committed_cents >= 0", name="ck_envelope_committed_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_envelope"),
        sa.UniqueConstraint("scheme", "territory", name="uq_envelope_scheme_territory"),
    )
    op.create_index(
        "uq_envelope_whole",
        "envelope",
        ["scheme"],
        unique=True,
        sqlite_where=sa.text("territory IS NULL"),
        postgresql_where=sa.text("territory IS NULL"),
    )
    op.create_table(
        "ledger_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("envelope", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'commitment' AND cents >= 0) OR (kind = 'release' AND cents <= 0)", name="ck_ledger_line_sign"
        ),
        sa.CheckConstraint("kind IN ('commitment', 'release')", name="ck_ledger_line_kind_known"),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name="fk_ledger_line_decision"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_ledger_line_dossier"),
        sa.ForeignKeyConstraint(["envelope"], ["envelope.id"], name="fk_ledger_line_envelope"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_line"),
    )
    op.create_index("ix_ledger_line_dossier", "ledger_line", ["dossier"], unique=False)
    op.create_index("ix_ledger_line_envelope", "ledger_line", ["envelope"], unique=False)
    op.create_table(
        "payment_order",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("bic", sa.String(), nullable=True),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_aside_reason", sa.String(), nullable=True),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("batch", sa.String(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('ordered', 'transmitted', 'rejected', 'suspended', 'resumed', 'paid')",
            name="ck_payment_order_state_known",
        ),
        sa.CheckConstraint("cents > 0", name="ck_payment_order_cents_positive"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name="fk_payment_order_batch"),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name="fk_payment_order_decision"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_payment_order_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_payment_order"),
        sa.UniqueConstraint("reference", name="uq_payment_order_reference"),
    )
    op.create_index(op.f("ix_payment_order_batch"), "payment_order", ["batch"], unique=False)
    op.create_index(op.f("ix_payment_order_dossier"), "payment_order", ["dossier"], unique=False)
    op.create_index("ix_payment_order_due", "payment_order", ["scheme", "territory", "state", "batch"], unique=False)
    op.create_index(
        "uq_payment_order_instalment",
        "payment_order",
        ["decision", "instalment"],
        unique=True,
        sqlite_where=sa.text("state <> 'rejected'"),
        postgresql_where=sa.text("state <> 'rejected'"),
    )
    op.create_table(
        "batch_line",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payment_order", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name="fk_batch_line_batch"),
        sa.ForeignKeyConstraint(["payment_order"], ["payment_order.id"], name="fk_batch_line_payment_order"),
        sa.PrimaryKeyConstraint("batch", "line", name="pk_batch_line"),
        sa.UniqueConstraint("payment_order", name="uq_batch_line_payment_order"),
    )
