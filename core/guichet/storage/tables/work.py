"""Signs of life of the workers."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, table_of

__all__ = ["worker_beat"]


class WorkerBeatTable(Base, table=True):
    """One worker: when it began, when it was last seen alive, what it is doing and since when."""

    name: str = Field(primary_key=True)
    began_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    doing: str | None = None
    doing_since: datetime | None = Field(default=None, sa_type=Instant)
    aside: Any = Field(sa_type=CanonicalJson, nullable=False, sa_column_kwargs={"server_default": "{}"})
    """Plugin that it calls no more → why."""


worker_beat = table_of(WorkerBeatTable)
