"""Dossiers filed in another software: what became of each row of the list that brings them."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["pulled_row"]


class PulledRowTable(Base, table=True):
    """One row: filed as a dossier, once for ever, or refused with its reasons until it changes."""

    __table_args__ = (one_of("state", ("filed", "refused")),)

    scheme: str = Field(primary_key=True)
    territory: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    state: str
    row_hash: str
    snapshot_hash: str
    reference: str | None = None
    reasons: Any = Field(sa_type=CanonicalJson)
    at: datetime = Field(sa_type=Instant)


pulled_row = table_of(PulledRowTable)
