"""Dossiers, and what is said, written and attached around them."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import Instant


def create() -> None:
    """Create the tables of this area."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("stage_at", Instant(), nullable=True),
        sa.Column("to_complete", sa.Boolean(), nullable=False),
        sa.Column("waiting_for_funds", sa.Boolean(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("snapshot_hash", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("filed_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("indicators", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("rules_version", sa.String(), nullable=True),
        sa.Column("computed_cents", sa.BigInteger(), nullable=True),
        sa.Column("provisional_cents", sa.BigInteger(), nullable=True),
        sa.Column("granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.Column("grant_key", sa.String(), nullable=True),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("iban_hash", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("search", sa.String(), nullable=False),
        sa.CheckConstraint("outcome IN ('eligible', 'not_eligible', 'undetermined')", name="ck_dossier_outcome_known"),
        sa.CheckConstraint(
            "phase = 'draft' OR filed_at IS NOT NULL OR phase = 'closed'", name="ck_dossier_filed_has_instant"
        ),
        sa.CheckConstraint(
            "phase IN ('draft', 'filed', 'instruction', 'decided', 'closed')", name="ck_dossier_phase_known"
        ),
        sa.CheckConstraint(
            "\"end\" IN ('granted', 'granted_in_part', 'refused', 'inadmissible', "
            "'dropped', 'withdrawn', 'transferred')",
            name="ck_dossier_end_known",
        ),
        sa.CheckConstraint("\"end\" IS NULL OR phase IN ('decided', 'closed')", name="ck_dossier_end_after_decision"),
        sa.CheckConstraint("computed_cents IS NULL OR computed_cents >= 0", name="ck_dossier_computed_positive"),
        sa.CheckConstraint("granted_cents IS NULL OR granted_cents >= 0", name="ck_dossier_granted_positive"),
        sa.CheckConstraint("revision >= 1", name="ck_dossier_revision_positive"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_dossier_account"),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshot.hash"], name="fk_dossier_snapshot_hash"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("reference", name="uq_dossier_reference"),
    )
    op.create_index("ix_dossier_account", "dossier", ["account"], unique=False)
    op.create_index("ix_dossier_iban_hash", "dossier", ["iban_hash"], unique=False)
    op.create_index("ix_dossier_siren", "dossier", ["siren", "scheme"], unique=False)
    op.create_index("ix_dossier_work", "dossier", ["scheme", "territory", "phase", "stage", "filed_at"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("size >= 0", name="ck_attachment_size_positive"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_attachment_account"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_attachment_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index(op.f("ix_attachment_account"), "attachment", ["account"], unique=False)
    op.create_index(op.f("ix_attachment_dossier"), "attachment", ["dossier"], unique=False)
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agent.id"], name="fk_call_agent"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_call_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_call"),
    )
    op.create_index(op.f("ix_call_dossier"), "call", ["dossier"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("act_number", sa.String(), nullable=True),
        sa.Column("act_date", sa.Date(), nullable=True),
        sa.Column("signatory_name", sa.String(), nullable=True),
        sa.Column("signatory_quality", sa.String(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("agent", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("snapshot_hash", sa.String(), nullable=False),
        sa.Column("notified_at", Instant(), nullable=True),
        sa.Column("notified_by", sa.String(), nullable=True),
        sa.CheckConstraint("amount_cents IS NULL OR amount_cents >= 0", name="ck_decision_amount_positive"),
        sa.ForeignKeyConstraint(["agent"], ["agent.id"], name="fk_decision_agent"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_decision_dossier"),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshot.hash"], name="fk_decision_snapshot_hash"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index(op.f("ix_decision_dossier"), "decision", ["dossier"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_document_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index(op.f("ix_document_dossier"), "document", ["dossier"], unique=False)
    op.create_table(
        "grant",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_grant_dossier"),
        sa.PrimaryKeyConstraint("scheme", "scope", "key", name="pk_grant"),
    )
    op.create_index(op.f("ix_grant_dossier"), "grant", ["dossier"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("provider_reference", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name="ck_notice_state_known"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_notice_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index(op.f("ix_notice_dossier"), "notice", ["dossier"], unique=False)
    op.create_index("ix_notice_state", "notice", ["state"], unique=False)
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("favourable", sa.Boolean(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent"], ["agent.id"], name="fk_opinion_agent"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_opinion_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_opinion"),
    )
    op.create_index(op.f("ix_opinion_dossier"), "opinion", ["dossier"], unique=False)
    op.create_table(
        "exchange",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("author_kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("attachment", sa.String(), nullable=True),
        sa.CheckConstraint("author_kind IN ('applicant', 'agent', 'system')", name="ck_exchange_author_kind_known"),
        sa.ForeignKeyConstraint(["attachment"], ["attachment.id"], name="fk_exchange_attachment"),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_exchange_dossier"),
        sa.PrimaryKeyConstraint("id", name="pk_exchange"),
    )
    op.create_index(op.f("ix_exchange_dossier"), "exchange", ["dossier"], unique=False)
