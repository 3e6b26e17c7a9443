"""Applicants, agents, their sign-ins and their sessions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from guichet.storage.columns import Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["account", "agent", "assignment", "organisation", "probe_attempt", "sign_in", "web_session"]


class AccountTable(Base, table=True):
    """An applicant, known by a normalised e-mail address."""

    id: str = Field(primary_key=True)
    email: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Instant)


class SignInTable(Base, table=True):
    """A link and a code sent to an address; consumed once."""

    __table_args__ = (CheckConstraint("attempts >= 0", name="attempts_positive"),)

    id: str = Field(primary_key=True)
    email: str = Field(index=True)
    link_hash: str = Field(unique=True)
    code_hash: str
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    attempts: int = 0
    consumed_at: datetime | None = Field(default=None, sa_type=Instant)


class WebSessionTable(Base, table=True):
    """A browser's session; `half` is an agent whose password was right and whose TOTP is awaited."""

    __table_args__ = (one_of("kind", ("applicant", "agent", "half")),)

    id_hash: str = Field(primary_key=True)
    kind: str
    subject: str = Field(index=True)
    csrf: str
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant, index=True)


class OrganisationTable(Base, table=True):
    """A body's organisation in a territory: the Région's service, the Préfecture's office."""

    __table_args__ = (UniqueConstraint("territory", "body", "name"),)

    id: str = Field(primary_key=True)
    territory: str
    body: str
    name: str


class AgentTable(Base, table=True):
    """A person who instructs, decides or answers applicants."""

    __table_args__ = (CheckConstraint("failed_attempts >= 0", name="failed_attempts_positive"),)

    id: str = Field(primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str | None = None
    totp_secret: str | None = None
    totp_last_step: int | None = None
    failed_attempts: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Instant)
    active: bool = True


class AssignmentTable(Base, table=True):
    """What an agent may do, where, for which scheme (none: all), until when (none: no end)."""

    id: str = Field(primary_key=True)
    agent: str = Field(foreign_key="agent.id", index=True)
    role: str
    organisation: str = Field(foreign_key="organisation.id", index=True)
    territory: str = Field(index=True)
    scheme: str | None = None
    ends_on: date | None = None


class ProbeAttemptTable(Base, table=True):
    """How often a bucket (an account, an address) tried a gate in a window of time."""

    bucket: str = Field(primary_key=True)
    window_start: datetime = Field(sa_type=Instant, primary_key=True)
    attempts: int


account = table_of(AccountTable)
sign_in = table_of(SignInTable)
web_session = table_of(WebSessionTable)
organisation = table_of(OrganisationTable)
agent = table_of(AgentTable)
assignment = table_of(AssignmentTable)
probe_attempt = table_of(ProbeAttemptTable)
