"""Sign-ins through other sites: attempts under way, identities known, and what a session or a filing owes to one."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["filing_identity", "identity_attempt", "person_identity", "session_identity"]


class IdentityAttemptTable(Base, table=True):
    """A sign-in begun at a provider, or come back from it without being anybody's yet; known by a hash, used once."""

    __table_args__ = (one_of("audience", ("applicant", "agent")),)

    id_hash: str = Field(primary_key=True)
    provider: str
    audience: str
    territory: str
    path: str
    arrived: Any = Field(default=None, sa_type=CanonicalJson, nullable=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class PersonIdentityTable(Base, table=True):
    """An applicant's account or an agent as a provider knows them: issuer and subject are the key."""

    __table_args__ = (
        UniqueConstraint("audience", "issuer", "subject"),
        UniqueConstraint("audience", "person", "issuer"),
        one_of("audience", ("applicant", "agent")),
    )

    id: str = Field(primary_key=True)
    audience: str
    person: str
    provider: str
    issuer: str
    subject: str
    email: str
    claims: Any = Field(sa_type=CanonicalJson)
    linked_at: datetime = Field(sa_type=Instant)
    said_at: datetime = Field(sa_type=Instant)


class SessionIdentityTable(Base, table=True):
    """What a provider said for the time of one session."""

    id_hash: str = Field(primary_key=True, foreign_key="web_session.id_hash", ondelete="CASCADE")
    identity: str = Field(foreign_key="person_identity.id", index=True)
    provider: str
    level: str
    means: Any = Field(sa_type=CanonicalJson)
    siret: str
    represents: bool
    hint: str


class FilingIdentityTable(Base, table=True):
    """Who filed a dossier, as a provider said at that moment."""

    dossier: str = Field(primary_key=True, foreign_key="dossier.id")
    provider: str
    issuer: str
    name: str
    level: str
    siret: str
    represents: bool
    at: datetime = Field(sa_type=Instant)


identity_attempt = table_of(IdentityAttemptTable)
person_identity = table_of(PersonIdentityTable)
session_identity = table_of(SessionIdentityTable)
filing_identity = table_of(FilingIdentityTable)
