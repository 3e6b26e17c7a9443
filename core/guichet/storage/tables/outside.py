"""Calls to other services: the log of who asked whom, why, how it went, and nothing of what was said; the quotas."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["outside_call", "outside_quota", "outside_told"]


class OutsideCallTable(Base, table=True):
    """One call sent, answered or not."""

    __table_args__ = (
        one_of("outcome", ("answered", "unavailable", "timeout", "no_connection", "reset", "too_big", "refused")),
        Index("ix_outside_call_service", "service", "id"),
        Index("ix_outside_call_dossier", "dossier"),
    )

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)
    service: str
    host: str
    method: str
    purpose: str
    territory: str | None = None
    dossier: str | None = None
    outcome: str
    status: int | None = None
    milliseconds: int


class OutsideToldTable(Base, table=True):
    """What a call told of its service, where it told something: left alone from then on, calls still allowed."""

    call: str = Field(primary_key=True, foreign_key="outside_call.id", ondelete="CASCADE")
    breaker_open: bool
    quota_left: int | None = None
    quota_until: datetime | None = Field(default=None, sa_type=Instant)


class OutsideQuotaTable(Base, table=True):
    """What a service still allows, counted by all processes; the calls that are out, those its pace remembers."""

    service: str = Field(primary_key=True)
    left: int | None = None
    resets_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_until: datetime | None = Field(default=None, sa_type=Instant)
    speaks: bool | None = None
    flights: Any = Field(sa_type=CanonicalJson)
    taken: Any = Field(sa_type=CanonicalJson)


outside_call = table_of(OutsideCallTable)
outside_told = table_of(OutsideToldTable)
outside_quota = table_of(OutsideQuotaTable)
