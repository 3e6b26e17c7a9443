"""The HTTP API: tokens, files sent ahead, dossiers deleted since, and dossiers in the order of their changes."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import CanonicalJson, Instant

revision = "0004_api"
down_revision = "0003_list_fetches"

_ON_SQLITE = """CREATE TRIGGER dossier_delete_noted AFTER DELETE ON dossier WHEN OLD.filed_at IS NOT NULL BEGIN
    INSERT OR REPLACE INTO gone_dossier (reference, scheme, territory, gone_at)
    VALUES (OLD.reference, OLD.scheme, OLD.territory, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'); END"""
_ON_POSTGRES = (
    """CREATE FUNCTION dossier_delete_noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO gone_dossier (reference, scheme, territory, gone_at)
    VALUES (OLD.reference, OLD.scheme, OLD.territory, clock_timestamp()) ON CONFLICT DO NOTHING; RETURN NULL; END $$""",
    """CREATE TRIGGER dossier_delete_noted AFTER DELETE ON dossier FOR EACH ROW WHEN (OLD.filed_at IS NOT NULL)
    EXECUTE FUNCTION dossier_delete_noted()""",
)


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("territories", CanonicalJson(), nullable=False),
        sa.Column("schemes", CanonicalJson(), nullable=False),
        sa.Column("verbs", CanonicalJson(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.CheckConstraint("per_minute >= 1", name="ck_api_token_per_minute_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("secret_hash", name="uq_api_token_secret_hash"),
    )
    op.create_table(
        "api_upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("stored", CanonicalJson(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["token"], ["api_token.id"], name="fk_api_upload_token"),
        sa.PrimaryKeyConstraint("id", name="pk_api_upload"),
    )
    op.create_index(op.f("ix_api_upload_at"), "api_upload", ["at"], unique=False)
    op.create_table(
        "api_filing",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", name="pk_api_filing"),
    )
    op.create_index(op.f("ix_api_filing_token"), "api_filing", ["token"], unique=False)
    op.create_table(
        "gone_dossier",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("gone_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_gone_dossier"),
    )
    op.create_index("ix_gone_dossier_feed", "gone_dossier", ["territory", "scheme", "gone_at", "reference"])
    op.create_index("ix_dossier_feed", "dossier", ["territory", "scheme", "changed_at", "id"])
    for statement in _ON_POSTGRES if op.get_bind().dialect.name == "postgresql" else (_ON_SQLITE,):
        op.execute(statement)
