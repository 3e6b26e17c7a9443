"""Duties outside the request, and the results of requests that carried an idempotency key."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["outbox", "saved_key"]

_QUEUED = text("state = 'queued'")
_DEAD = text("state = 'dead'")


class OutboxTable(Base, table=True):
    """A duty, claimed by one worker at a time under a lease."""

    __table_args__ = (
        one_of("state", ("queued", "done", "dead")),
        CheckConstraint("attempts >= 0", name="attempts_positive"),
        Index("ix_outbox_due", "due_at", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_outbox_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
    )

    id: str = Field(primary_key=True)
    kind: str
    key: str | None = Field(default=None, unique=True)
    payload: Any = Field(sa_type=CanonicalJson)
    state: str = "queued"
    due_at: datetime = Field(sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    worker: str | None = None
    attempts: int = 0
    kills: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many workers in a row held it and did not come back."""
    last_error: str | None = None


class SavedKeyTable(Base, table=True):
    """What a request with an idempotency key answered the first time."""

    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    result: Any = Field(sa_type=CanonicalJson, nullable=True)
    at: datetime = Field(sa_type=Instant, index=True)


outbox = table_of(OutboxTable)
saved_key = table_of(SavedKeyTable)
