"""What is attached, written and said around a dossier. Bytes live beside the database, named by `stored_as`."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from guichet.storage.columns import Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["NOTICE_STATES", "attachment", "call", "document", "exchange", "notice"]

NOTICE_STATES = ("queued", "sent", "failed")


class AttachmentTable(Base, table=True):
    """A file an applicant supplies."""

    __table_args__ = (CheckConstraint("size >= 0", name="size_positive"),)

    id: str = Field(primary_key=True)
    dossier: str | None = Field(default=None, foreign_key="dossier.id", index=True)
    account: str | None = Field(default=None, foreign_key="account.id", index=True)
    field: str
    file_name: str
    media_type: str
    size: int = Field(sa_type=BigInteger)
    sha256: str
    stored_as: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)


class DocumentTable(Base, table=True):
    """A document Guichet wrote: receipt, letter, annex."""

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    kind: str
    file_name: str
    media_type: str
    sha256: str
    bytes: int
    stored_as: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)


class NoticeTable(Base, table=True):
    """A message sent at an event."""

    __table_args__ = (one_of("state", NOTICE_STATES), Index("ix_notice_state", "state"))

    id: str = Field(primary_key=True)
    dossier: str | None = Field(default=None, foreign_key="dossier.id", index=True)
    channel: str
    address: str
    subject: str
    body: str
    event: str
    state: str = "queued"
    attempts: int = 0
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    provider_reference: str | None = None


class ExchangeTable(Base, table=True):
    """Anything said between an applicant and agents."""

    __table_args__ = (one_of("author_kind", ("applicant", "agent", "system")),)

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    author_kind: str
    author: str
    body: str
    at: datetime = Field(sa_type=Instant)
    attachment: str | None = Field(default=None, foreign_key="attachment.id", index=True)


class CallTable(Base, table=True):
    """One answer of the helpdesk."""

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    agent: str = Field(foreign_key="agent.id")
    note: str
    at: datetime = Field(sa_type=Instant)


attachment = table_of(AttachmentTable)
document = table_of(DocumentTable)
notice = table_of(NoticeTable)
exchange = table_of(ExchangeTable)
call = table_of(CallTable)
