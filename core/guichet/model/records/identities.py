"""Identities given by other sites, as stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["FilingIdentity", "IdentityAttempt", "IdentityAudience", "PersonIdentity", "SessionIdentity"]

IdentityAudience = Literal["applicant", "agent"]


@dataclass(frozen=True, slots=True)
class IdentityAttempt:
    """A sign-in begun at a provider; `arrived` once it has come back without being anybody's yet."""

    id_hash: str = field(repr=False)
    provider: str
    audience: IdentityAudience
    territory: str
    path: str
    arrived: Any = field(repr=False)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonIdentity:
    """An account or an agent as a provider knows them; `claims` is what it said at `said_at`."""

    id: str
    audience: IdentityAudience
    person: str
    provider: str
    issuer: str
    subject: str
    email: str
    claims: Any = field(repr=False)
    linked_at: datetime
    said_at: datetime


@dataclass(frozen=True, slots=True)
class SessionIdentity:
    """What a provider said for the time of one session."""

    id_hash: str = field(repr=False)
    identity: str
    provider: str
    level: str
    means: tuple[str, ...]
    siret: str
    represents: bool
    hint: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FilingIdentity:
    """Who filed a dossier, as a provider said at that moment."""

    dossier: str
    provider: str
    issuer: str
    name: str
    level: str
    siret: str
    represents: bool
    at: datetime
