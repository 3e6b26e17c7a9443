"""The installation, and what it publishes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["current_snapshot", "instance", "snapshot"]


class InstanceTable(Base, table=True):
    """The one row of an installation; its mode never changes (a trigger holds it)."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"), one_of("mode", ("sandbox", "live")))

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mode: str
    created_at: datetime = Field(sa_type=Instant)
    business_day: date | None = None


class SnapshotTable(Base, table=True):
    """An immutable published form of a scheme for one territory."""

    hash: str = Field(primary_key=True)
    scheme: str = Field(index=True)
    territory: str
    format: int
    body: str
    plugin_versions: Any = Field(sa_type=CanonicalJson)
    published_at: datetime = Field(sa_type=Instant)


class CurrentSnapshotTable(Base, table=True):
    """Which snapshot a territory serves now; the number grows at each publication."""

    scheme: str = Field(primary_key=True)
    territory: str = Field(primary_key=True)
    hash: str = Field(foreign_key="snapshot.hash")
    number: int


instance = table_of(InstanceTable)
snapshot = table_of(SnapshotTable)
current_snapshot = table_of(CurrentSnapshotTable)
