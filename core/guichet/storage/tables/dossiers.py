"""The dossier and what agents say of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["ENDS", "PHASES", "decision", "dossier", "grant", "opinion"]

PHASES = ("draft", "filed", "instruction", "decided", "closed")
ENDS = ("granted", "granted_in_part", "refused", "inadmissible", "dropped", "withdrawn", "transferred")
_COUNTED_BY = ("id", "reference", "end", "to_complete", "waiting_for_funds", "stage_at")


class DossierTable(Base, table=True):
    """One application, from draft to closed."""

    __table_args__ = (
        one_of("phase", PHASES),
        one_of("outcome", ("eligible", "not_eligible", "undetermined")),
        CheckConstraint('"end" IN ({})'.format(", ".join(f"'{end}'" for end in ENDS)), name="end_known"),
        CheckConstraint("\"end\" IS NULL OR phase IN ('decided', 'closed')", name="end_after_decision"),
        CheckConstraint("phase = 'draft' OR filed_at IS NOT NULL OR phase = 'closed'", name="filed_has_instant"),
        CheckConstraint("granted_cents IS NULL OR granted_cents >= 0", name="granted_positive"),
        CheckConstraint("computed_cents IS NULL OR computed_cents >= 0", name="computed_positive"),
        CheckConstraint("revision >= 1", name="revision_positive"),
        # All that the work table counts and sorts by without opening a dossier: its rows are a hundred times narrower.
        Index("ix_dossier_work", "scheme", "territory", "practice", "phase", "stage", "filed_at", *_COUNTED_BY),
        Index("ix_dossier_feed", "territory", "scheme", "changed_at", "id"),
        Index("ix_dossier_siren", "siren", "scheme"),
        Index("ix_dossier_iban_hash", "iban_hash"),
        Index("ix_dossier_account", "account"),
    )

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    scheme: str
    territory: str
    account: str | None = Field(default=None, foreign_key="account.id")
    title: str = ""
    phase: str
    stage: str | None = None
    stage_at: datetime | None = Field(default=None, sa_type=Instant)
    to_complete: bool = False
    waiting_for_funds: bool = False
    practice: bool = False
    snapshot_hash: str = Field(foreign_key="snapshot.hash")
    revision: int
    created_at: datetime = Field(sa_type=Instant)
    filed_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    changed_by: str
    answers: Any = Field(sa_type=CanonicalJson)
    checks: Any = Field(sa_type=CanonicalJson)
    result: Any = Field(sa_type=CanonicalJson, nullable=True)
    indicators: Any = Field(sa_type=CanonicalJson)
    columns: Any = Field(sa_type=CanonicalJson)
    outcome: str | None = None
    rules_version: str | None = None
    computed_cents: int | None = Field(default=None, sa_type=BigInteger)
    provisional_cents: int | None = Field(default=None, sa_type=BigInteger)
    granted_cents: int | None = Field(default=None, sa_type=BigInteger)
    end: str | None = None
    grant_key: str | None = None
    siren: str | None = None
    iban_hash: str | None = None
    payee: str | None = None
    search: str = ""


class OpinionTable(Base, table=True):
    """What a body thinks of a dossier before another decides; revoked, never erased."""

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    stage: str
    body: str
    agent: str = Field(foreign_key="agent.id")
    favourable: bool
    checks: Any = Field(sa_type=CanonicalJson)
    reason: str = ""
    at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class DecisionTable(Base, table=True):
    """An administrative act on a dossier: its issuer, form, number, date, signatory and reasons."""

    __table_args__ = (CheckConstraint("amount_cents IS NULL OR amount_cents >= 0", name="amount_positive"),)

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    kind: str
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    issuer: str | None = None
    form: str | None = None
    act_number: str | None = None
    act_date: date | None = None
    signatory_name: str | None = None
    signatory_quality: str | None = None
    reasons: Any = Field(sa_type=CanonicalJson)
    agent: str | None = Field(default=None, foreign_key="agent.id")
    at: datetime = Field(sa_type=Instant)
    snapshot_hash: str = Field(foreign_key="snapshot.hash")
    notified_at: datetime | None = Field(default=None, sa_type=Instant)
    notified_by: str | None = None


class GrantTable(Base, table=True):
    """The one grant a key may hold in a scope; taken by the deciding act, released by revocation."""

    scheme: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)


dossier = table_of(DossierTable)
opinion = table_of(OpinionTable)
decision = table_of(DecisionTable)
grant = table_of(GrantTable)
