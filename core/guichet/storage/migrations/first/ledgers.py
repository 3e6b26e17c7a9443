"""Lists, journal, outbox and saved keys."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant


def create() -> None:
    """Create the tables of this area."""
    op.create_table(
        "chain_head",
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("territory", name="pk_chain_head"),
    )
    op.create_table(
        "event",
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("inner_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("purged_at", Instant(), nullable=True),
        sa.CheckConstraint("(body IS NULL) = (purged_at IS NOT NULL)", name="ck_event_purged_dated"),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name="ck_event_purged_whole"),
        sa.PrimaryKeyConstraint("territory", "number", name="pk_event"),
    )
    op.create_index("ix_event_subject", "event", ["subject"], unique=False)
    op.create_table(
        "list_import",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("keeps_absent", sa.Boolean(), nullable=False),
        sa.Column("merged_up_to", sa.String(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('staging', 'merging', 'finished', 'abandoned')", name="ck_list_import_state_known"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_list_import"),
    )
    op.create_index("ix_list_import_list", "list_import", ["scheme", "list", "finished_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'done', 'dead')", name="ck_outbox_state_known"),
        sa.CheckConstraint("attempts >= 0", name="ck_outbox_attempts_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "saved_key",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_saved_key"),
    )
    op.create_index(op.f("ix_saved_key_at"), "saved_key", ["at"], unique=False)
    op.create_table(
        "staged_row",
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "key", "part", "line", name="pk_staged_row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_row",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.Column("import_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["list_import.id"], name="fk_list_row_import_id"),
        sa.PrimaryKeyConstraint("scheme", "list", "key", "territory", "part", "seq", name="pk_list_row"),
        sqlite_with_rowid=False,
    )
