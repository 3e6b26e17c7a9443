"""Attachments, documents, notices, exchanges and calls as stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Attachment", "AuthorKind", "Call", "Document", "Exchange", "Notice", "NoticeState"]

NoticeState = Literal["queued", "sent", "failed"]
AuthorKind = Literal["applicant", "agent", "system"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file an applicant supplies; its bytes lie under `stored_as`."""

    id: str
    dossier: str | None
    account: str | None
    field: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A document Guichet wrote: receipt, letter, annex."""

    id: str
    dossier: str
    kind: str
    file_name: str
    media_type: str
    sha256: str
    bytes: int
    stored_as: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message sent at an event."""

    id: str
    dossier: str | None
    channel: str
    address: str
    subject: str
    body: str
    event: str
    state: NoticeState
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    provider_reference: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Anything said between an applicant and agents."""

    id: str
    dossier: str
    author_kind: AuthorKind
    author: str
    body: str
    at: datetime
    attachment: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """One answer of the helpdesk."""

    id: str
    dossier: str
    agent: str
    note: str
    at: datetime
