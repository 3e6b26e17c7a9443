"""What sources gave dossiers."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["prefilled"]


class PrefilledTable(Base, table=True):
    """What one source said for one field of a dossier; the latest word takes the place of the one before."""

    __table_args__ = (one_of("state", ("given", "not_known", "silent", "unfit")),)

    dossier: str = Field(primary_key=True, foreign_key="dossier.id")
    field: str = Field(primary_key=True)
    prefill: str
    item: str
    state: str
    value: Any = Field(sa_type=CanonicalJson, nullable=True)
    provider: Any = Field(sa_type=CanonicalJson)
    as_of: date | None = None
    asked_for: str
    asked_at: datetime = Field(sa_type=Instant)
    kept_at: datetime = Field(sa_type=Instant)


prefilled = table_of(PrefilledTable)
