"""What the HTTP API keeps: tokens, files sent ahead, and the references of dossiers deleted since."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, table_of

__all__ = ["api_filing", "api_token", "api_upload", "gone_dossier"]


class ApiTokenTable(Base, table=True):
    """What another software may do; known by the hash of its secret."""

    __table_args__ = (CheckConstraint("per_minute >= 1", name="per_minute_positive"),)

    id: str = Field(primary_key=True)
    name: str
    secret_hash: str = Field(unique=True)
    territories: Any = Field(sa_type=CanonicalJson)
    schemes: Any = Field(sa_type=CanonicalJson)
    verbs: Any = Field(sa_type=CanonicalJson)
    per_minute: int
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class ApiUploadTable(Base, table=True):
    """A file sent before the dossier that will name it."""

    id: str = Field(primary_key=True)
    token: str = Field(foreign_key="api_token.id")
    territory: str
    scheme: str
    field: str
    stored: Any = Field(sa_type=CanonicalJson)
    at: datetime = Field(sa_type=Instant, index=True)


class ApiFilingTable(Base, table=True):
    """Which token filed a dossier; it outlives neither, and names no one."""

    dossier: str = Field(primary_key=True)
    token: str = Field(index=True)


class GoneDossierTable(Base, table=True):
    """A filed dossier deleted since; a trigger on `dossier` writes it."""

    __table_args__ = (Index("ix_gone_dossier_feed", "territory", "scheme", "gone_at", "reference"),)

    reference: str = Field(primary_key=True)
    scheme: str
    territory: str
    gone_at: datetime = Field(sa_type=Instant)


api_filing = table_of(ApiFilingTable)
api_token = table_of(ApiTokenTable)
api_upload = table_of(ApiUploadTable)
gone_dossier = table_of(GoneDossierTable)
