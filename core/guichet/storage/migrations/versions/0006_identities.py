"""Sign-ins through other sites."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import CanonicalJson, Instant

revision = "0006_identities"
down_revision = "0005_payments"


def upgrade() -> None:
    """Create the tables of attempts, identities, and what sessions and filings owe to them."""
    op.create_table(
        "identity_attempt",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("arrived", CanonicalJson(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.CheckConstraint("audience IN ('applicant', 'agent')", name="ck_identity_attempt_audience_known"),
        sa.PrimaryKeyConstraint("id_hash", name="pk_identity_attempt"),
    )
    op.create_index(op.f("ix_identity_attempt_expires_at"), "identity_attempt", ["expires_at"], unique=False)
    op.create_table(
        "person_identity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("claims", CanonicalJson(), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.CheckConstraint("audience IN ('applicant', 'agent')", name="ck_person_identity_audience_known"),
        sa.PrimaryKeyConstraint("id", name="pk_person_identity"),
        sa.UniqueConstraint("audience", "issuer", "subject", name="uq_person_identity_audience_issuer_subject"),
        sa.UniqueConstraint("audience", "person", "issuer", name="uq_person_identity_audience_person_issuer"),
    )
    op.create_table(
        "filing_identity",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=False),
        sa.Column("represents", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name="fk_filing_identity_dossier"),
        sa.PrimaryKeyConstraint("dossier", name="pk_filing_identity"),
    )
    op.create_table(
        "session_identity",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("means", CanonicalJson(), nullable=False),
        sa.Column("siret", sa.String(), nullable=False),
        sa.Column("represents", sa.Boolean(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["identity"], ["person_identity.id"], name="fk_session_identity_identity"),
        sa.ForeignKeyConstraint(
            ["id_hash"], ["web_session.id_hash"], name="fk_session_identity_id_hash", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name="pk_session_identity"),
    )
    op.create_index(op.f("ix_session_identity_identity"), "session_identity", ["identity"], unique=False)
