"""Restorations of this installation from a backup, and what was paid between the two."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from guichet.storage.columns import Instant
from guichet.storage.tables.base import Base, table_of

__all__ = ["paid_meanwhile", "restoration"]


class RestorationTable(Base, table=True):
    """One restoration; until it is released, nothing leaves for the outside."""

    __table_args__ = (
        CheckConstraint("(released_at IS NULL) = (released_by IS NULL)", name="released_by_someone"),
        CheckConstraint("last_number >= 0", name="last_number_positive"),
    )

    id: str = Field(primary_key=True)
    backup: str
    backup_at: datetime = Field(sa_type=Instant)
    restored_at: datetime = Field(sa_type=Instant)
    released_at: datetime | None = Field(default=None, sa_type=Instant)
    released_by: str | None = None
    released_on: date | None = None
    last_number: int = 0


class PaidMeanwhileTable(Base, table=True):
    """A dossier named by a payment file that left after the backup: it is never ordered to be paid again."""

    dossier: str = Field(primary_key=True, foreign_key="dossier.id")
    restoration: str = Field(foreign_key="restoration.id")
    file: str


restoration = table_of(RestorationTable)
paid_meanwhile = table_of(PaidMeanwhileTable)
