"""Money claimed back, and what came back of it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from guichet.storage.columns import Instant
from guichet.storage.tables.base import Base, table_of

__all__ = ["recovery", "reimbursement"]


class RecoveryTable(Base, table=True):
    """An act that claims back what was paid on a dossier; ended, it claims no more than what came back."""

    __table_args__ = (
        CheckConstraint("cents > 0", name="cents_positive"),
        UniqueConstraint("territory", "act_number"),
        Index("ix_recovery_dossier", "dossier"),
    )

    id: str = Field(primary_key=True)
    scheme: str
    territory: str
    dossier: str = Field(foreign_key="dossier.id")
    decision: str = Field(foreign_key="decision.id", index=True)
    cents: int = Field(sa_type=BigInteger)
    reason: str
    act_number: str
    act_date: date
    signatory_name: str
    signatory_quality: str
    agent: str
    at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_reason: str = ""


class ReimbursementTable(Base, table=True):
    """Money that came back under a claim: one line for each receipt of the accountant."""

    __table_args__ = (CheckConstraint("cents > 0", name="cents_positive"),)

    recovery: str = Field(primary_key=True, foreign_key="recovery.id")
    receipt: str = Field(primary_key=True)
    cents: int = Field(sa_type=BigInteger)
    on_day: date
    agent: str
    at: datetime = Field(sa_type=Instant)


recovery = table_of(RecoveryTable)
reimbursement = table_of(ReimbursementTable)
