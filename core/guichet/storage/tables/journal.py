"""The journal: append-only lines (triggers hold it), a chain of hashes per territory, and the head of each chain."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from guichet.storage.columns import Instant
from guichet.storage.tables.base import Base, table_of

__all__ = ["chain_head", "event"]


class EventTable(Base, table=True):
    """One line; `body` is the canonical JSON that was hashed, gone with its salt once purged."""

    __table_args__ = (
        CheckConstraint("(body IS NULL) = (salt IS NULL)", name="purged_whole"),
        CheckConstraint("(body IS NULL) = (purged_at IS NOT NULL)", name="purged_dated"),
        Index("ix_event_subject", "subject"),
    )

    territory: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str
    at: datetime = Field(sa_type=Instant)
    subject: str | None = None
    actor: str | None = None
    salt: str | None = None
    body: str | None = None
    inner_hash: str
    hash: str
    purged_at: datetime | None = Field(default=None, sa_type=Instant)


class ChainHeadTable(Base, table=True):
    """The last number and hash of a territory's chain; the last lock of every act."""

    territory: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger)
    hash: str


event = table_of(EventTable)
chain_head = table_of(ChainHeadTable)
