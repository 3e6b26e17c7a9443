"""Envelopes, their ledger, payment orders and batches."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["BATCH_STATES", "ORDER_STATES", "batch", "batch_line", "envelope", "ledger_line", "payment_order"]

_WHOLE = text("territory IS NULL")
_STANDING = text("state <> 'rejected'")
ORDER_STATES = ("ordered", "transmitted", "rejected", "suspended", "resumed", "paid")
BATCH_STATES = ("written", "transmitted")


class EnvelopeTable(Base, table=True):
    """A budget of a scheme, for one territory or for all; `alert_only` never blocks."""

    __table_args__ = (
        CheckConstraint("committed_cents >= 0", name="committed_positive"),
        CheckConstraint("ceiling_cents IS NULL OR ceiling_cents >= 0", name="ceiling_positive"),
        CheckConstraint(
            "alert_only OR ceiling_cents IS NULL OR committed_cents <= ceiling_cents", name="within_ceiling"
        ),
        UniqueConstraint("scheme", "territory"),
        Index("uq_envelope_whole", "scheme", unique=True, sqlite_where=_WHOLE, postgresql_where=_WHOLE),
    )

    id: str = Field(primary_key=True)
    scheme: str
    territory: str | None = None
    ceiling_cents: int | None = Field(default=None, sa_type=BigInteger)
    committed_cents: int = Field(default=0, sa_type=BigInteger)
    alert_only: bool = False


class LedgerLineTable(Base, table=True):
    """One commitment or release; the sum of an envelope's lines is what it has committed."""

    __table_args__ = (
        one_of("kind", ("commitment", "release")),
        CheckConstraint("(kind = 'commitment' AND cents >= 0) OR (kind = 'release' AND cents <= 0)", name="sign"),
        Index("ix_ledger_line_envelope", "envelope"),
        Index("ix_ledger_line_dossier", "dossier"),
    )

    id: str = Field(primary_key=True)
    envelope: str = Field(foreign_key="envelope.id")
    dossier: str = Field(foreign_key="dossier.id")
    decision: str | None = Field(default=None, foreign_key="decision.id", index=True)
    cents: int = Field(sa_type=BigInteger)
    kind: str
    at: datetime = Field(sa_type=Instant)


class BatchTable(Base, table=True):
    """The orders of one payment file, and the file's seal."""

    __table_args__ = (
        one_of("state", BATCH_STATES),
        UniqueConstraint("scheme", "territory", "on_day", "number"),
        CheckConstraint("lines >= 0 AND cents >= 0", name="totals_positive"),
    )

    id: str = Field(primary_key=True)
    scheme: str
    territory: str
    payer: str
    on_day: date
    number: int
    file_name: str
    sha256: str
    bytes: int
    lines: int
    cents: int = Field(sa_type=BigInteger)
    frozen: Any = Field(sa_type=CanonicalJson)
    state: str = "written"
    created_at: datetime = Field(sa_type=Instant)


class PaymentOrderTable(Base, table=True):
    """The instruction to pay one instalment of a decision; a rejected one may be replaced by another."""

    __table_args__ = (
        one_of("state", ORDER_STATES),
        CheckConstraint("cents > 0", name="cents_positive"),
        Index(
            "uq_payment_order_instalment",
            "decision",
            "instalment",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_payment_order_due", "scheme", "territory", "state", "batch"),
    )

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    scheme: str
    territory: str
    dossier: str = Field(foreign_key="dossier.id", index=True)
    decision: str = Field(foreign_key="decision.id", index=True)
    instalment: int = 1
    cents: int = Field(sa_type=BigInteger)
    payee: str
    iban: str
    bic: str | None = None
    siret: str | None = None
    label: str = ""
    state: str = "ordered"
    set_aside_reason: str | None = None
    state_reason: str | None = None
    batch: str | None = Field(default=None, foreign_key="batch.id", index=True)
    created_at: datetime = Field(sa_type=Instant)
    state_at: datetime = Field(sa_type=Instant)


class BatchLineTable(Base, table=True):
    """Which file an order went into: one for each sending, and a second sending only after a resumption."""

    __table_args__ = (
        UniqueConstraint("payment_order", "sending"),
        CheckConstraint("sending > 0", name="sending_counts"),
    )

    batch: str = Field(primary_key=True, foreign_key="batch.id")
    line: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    payment_order: str = Field(foreign_key="payment_order.id")
    sending: int = 1


envelope = table_of(EnvelopeTable)
ledger_line = table_of(LedgerLineTable)
batch = table_of(BatchTable)
payment_order = table_of(PaymentOrderTable)
batch_line = table_of(BatchLineTable)
