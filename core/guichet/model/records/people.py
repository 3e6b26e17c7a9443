"""Applicants, agents, sign-ins and sessions as stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

__all__ = ["Account", "Agent", "Assignment", "Organisation", "SessionKind", "SignIn", "WebSession"]

SessionKind = Literal["applicant", "agent", "half"]


@dataclass(frozen=True, slots=True)
class Account:
    """An applicant, known by a normalised e-mail address."""

    id: str
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A link and a code sent to an address, as hashes."""

    id: str
    email: str
    link_hash: str = field(repr=False)
    code_hash: str = field(repr=False)
    created_at: datetime
    expires_at: datetime
    attempts: int
    consumed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WebSession:
    """A browser's session; `half` is an agent whose TOTP is awaited."""

    id_hash: str
    kind: SessionKind
    subject: str
    csrf: str = field(repr=False)
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body's organisation in a territory."""

    id: str
    territory: str
    body: str
    name: str


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who instructs, decides or answers applicants."""

    id: str
    email: str
    name: str
    password_hash: str | None = field(repr=False)
    totp_secret: str | None = field(repr=False)
    totp_last_step: int | None
    failed_attempts: int
    locked_until: datetime | None
    active: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an agent may do: role × organisation × territory × scheme (None: all) × last day (None: no end)."""

    id: str
    agent: str
    role: str
    organisation: str
    body: str
    territory: str
    scheme: str | None
    ends_on: date | None
