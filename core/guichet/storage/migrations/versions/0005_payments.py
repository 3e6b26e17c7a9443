"""Suspension, returns, the ledger of handed-over files, forms filed after the application."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant

revision = "0005_payments"
down_revision = "0004_api"


def upgrade() -> None:
    """Create the tables in the order their keys ask for, and let an order stand in a file again once resumed."""
    _later_filings()
    _files_and_holds()
    _returns()
    _account_changes()
    _sendings()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _later_filings() -> None:
    op.create_table(
        "later_filing",
        *map(_text, ("id", "reference", "dossier", "form", "about", "state", "reason", "snapshot_hash")),
        sa.Column("answers", sa.Text(), nullable=False),
        _text("asked_by"),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("filed_at", Instant(), nullable=True),
        _text("settled_by"),
        sa.Column("settled_at", Instant(), nullable=True),
        _text("settled_reason"),
        sa.CheckConstraint(
            "state IN ('asked', 'filed', 'accepted', 'refused', 'closed')", name="ck_later_filing_state_known"
        ),
        sa.CheckConstraint("(filed_at IS NULL) = (state IN ('asked', 'closed'))", name="ck_later_filing_filed_once"),
        sa.PrimaryKeyConstraint("id", name="pk_later_filing"),
        sa.UniqueConstraint("reference", name="uq_later_filing_reference"),
        _key("later_filing", "dossier", "dossier.id"),
        _key("later_filing", "snapshot_hash", "snapshot.hash"),
    )
    open_ = sa.text("state IN ('asked', 'filed')")
    op.create_index(
        "uq_later_filing_open",
        "later_filing",
        ["dossier", "form"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )


def _files_and_holds() -> None:
    op.create_table(
        "order_told",
        _text("payment_order"),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("payment_order", name="pk_order_told"),
        _key("order_told", "payment_order", "payment_order.id"),
    )
    op.create_table(
        "batch_file",
        _text("batch"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        _text("name"),
        _text("sha256"),
        sa.Column("bytes", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("reference"),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("laid_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('sealed', 'begun', 'laid')", name="ck_batch_file_state_known"),
        sa.PrimaryKeyConstraint("batch", "position", name="pk_batch_file"),
        _key("batch_file", "batch", "batch.id"),
    )
    op.create_table(
        "payment_hold",
        *map(_text, ("id", "scheme", "territory", "because")),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_payment_hold"),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_payment_hold_standing",
        "payment_hold",
        ["scheme", "territory"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _returns() -> None:
    op.create_table(
        "return_import",
        *map(_text, ("id", "scheme", "territory", "file_name", "sha256")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("read", "applied", "unchanged", "rejected")),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("read = applied + unchanged + rejected", name="ck_return_import_adds_up"),
        sa.PrimaryKeyConstraint("id", name="pk_return_import"),
    )
    op.create_table(
        "return_line",
        _text("return_import"),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        _text("payment_order", nullable=True),
        _text("result"),
        _text("because"),
        sa.CheckConstraint("result IN ('applied', 'unchanged', 'rejected')", name="ck_return_line_result_known"),
        sa.PrimaryKeyConstraint("return_import", "line", name="pk_return_line"),
        _key("return_line", "return_import", "return_import.id"),
        _key("return_line", "payment_order", "payment_order.id"),
    )
    op.create_table(
        "return_fact",
        *map(_text, ("payment_order", "outcome")),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        _text("mandate"),
        sa.Column("mandate_on", sa.Date(), nullable=True),
        *map(_text, ("reason", "return_import")),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'paid', 'rejected', 'suspended')", name="ck_return_fact_outcome_known"
        ),
        sa.PrimaryKeyConstraint("payment_order", "outcome", "on_day", name="pk_return_fact"),
        _key("return_fact", "payment_order", "payment_order.id"),
        _key("return_fact", "return_import", "return_import.id"),
    )
    op.create_index("ix_return_fact_import", "return_fact", ["return_import"], unique=False)


def _account_changes() -> None:
    op.create_table(
        "account_change",
        *map(_text, ("id", "dossier", "later_filing", "payment_order", "new_order", "payee_before", "iban_before")),
        _text("bic_before", nullable=True),
        *map(_text, ("payee", "iban")),
        _text("bic", nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_change"),
        sa.UniqueConstraint("later_filing", name="uq_account_change_later_filing"),
        _key("account_change", "dossier", "dossier.id"),
        _key("account_change", "later_filing", "later_filing.id"),
        _key("account_change", "payment_order", "payment_order.id"),
        _key("account_change", "new_order", "payment_order.id"),
    )
    op.create_index("ix_account_change_dossier", "account_change", ["dossier"], unique=False)


def _sendings() -> None:
    """An order may stand in a second file; SQLite changes no constraint of a table that stands, so it is copied."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("batch_line", sa.Column("sending", sa.Integer(), nullable=False, server_default="1"))
        op.alter_column("batch_line", "sending", server_default=None)
        op.drop_constraint("uq_batch_line_payment_order", "batch_line")
        op.create_unique_constraint("uq_batch_line_payment_order_sending", "batch_line", ["payment_order", "sending"])
        op.create_check_constraint("ck_batch_line_sending_counts", "batch_line", "sending > 0")
        return
    op.rename_table("batch_line", "batch_line_before")
    op.create_table(
        "batch_line",
        _text("batch"),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        _text("payment_order"),
        sa.Column("sending", sa.Integer(), nullable=False),
        sa.CheckConstraint("sending > 0", name="ck_batch_line_sending_counts"),
        sa.PrimaryKeyConstraint("batch", "line", name="pk_batch_line"),
        sa.UniqueConstraint("payment_order", "sending", name="uq_batch_line_payment_order_sending"),
        _key("batch_line", "batch", "batch.id"),
        _key("batch_line", "payment_order", "payment_order.id"),
    )
    op.execute(
        "INSERT INTO batch_line (batch, line, payment_order, sending) "
        "SELECT batch, line, payment_order, 1 FROM batch_line_before"
    )
    op.drop_table("batch_line_before")
