"""Agents, their organisations and assignments, and what guards their sign-in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_, select, update

from guichet.model.records import Agent, Assignment, Organisation
from guichet.storage.accounts import normalised
from guichet.storage.errors import NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.people import agent, assignment, organisation
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "able",
    "all_agents",
    "all_assignments",
    "assign",
    "assigned",
    "assignments",
    "by_email",
    "by_id",
    "clear_failures",
    "count_failure",
    "ensure",
    "ensure_organisation",
    "lock_until",
    "organisations",
    "replace_totp",
    "set_active",
    "set_password",
    "set_totp",
    "take_totp_step",
    "unassign",
]

_AGENT = reading(agent, Agent)


def ensure(tx: Tx, *, email: str, name: str) -> Agent:
    """Give the agent of an address, made at need, under this name."""
    insert_unless_there(tx, agent, id=tx.ids.new(), email=normalised(email), name=name, failed_attempts=0, active=True)
    tx.run(update(agent).where(agent.c.email == normalised(email), agent.c.name != name).values(name=name))
    found = by_email(tx, email)
    if found is None:
        raise NotFoundError(kind="agent", id=normalised(email))
    return found


def by_email(tx: Tx, email: str) -> Agent | None:
    """Give the agent of an address."""
    return one(tx, Agent, _AGENT.where(agent.c.email == normalised(email)))


def by_id(tx: Tx, agent_id: str) -> Agent | None:
    """Give the agent of an id."""
    return one(tx, Agent, _AGENT.where(agent.c.id == agent_id))


def all_agents(tx: Tx) -> list[Agent]:
    """Give every agent by address."""
    return every(tx, Agent, _AGENT.order_by(agent.c.email))


def ensure_organisation(tx: Tx, *, territory: str, body: str, name: str) -> Organisation:
    """Give the organisation of a body in a territory, made at need."""
    insert_unless_there(tx, organisation, id=tx.ids.new(), territory=territory, body=body, name=name)
    same = (organisation.c.territory == territory, organisation.c.body == body, organisation.c.name == name)
    found = one(tx, Organisation, reading(organisation, Organisation).where(*same))
    if found is None:
        raise NotFoundError(kind="organisation", id=name)
    return found


def organisations(tx: Tx, territory: str) -> list[Organisation]:
    """Give the organisations of a territory."""
    statement = reading(organisation, Organisation).where(organisation.c.territory == territory)
    return every(tx, Organisation, statement.order_by(organisation.c.id))


def assigned(tx: Tx, territory: str, scheme: str, *, on: date) -> list[Assignment]:
    """Give what active agents hold in a territory on a day for one scheme, by name: not what they hold for all."""
    columns = [organisation.c.body if name == "body" else assignment.c[name] for name in Assignment.__slots__]
    statement = (
        select(*columns)
        .join_from(assignment, organisation, organisation.c.id == assignment.c.organisation)
        .join(agent, agent.c.id == assignment.c.agent)
        .where(assignment.c.territory == territory, assignment.c.scheme == scheme, agent.c.active.is_(True))
        .where(or_(assignment.c.ends_on.is_(None), assignment.c.ends_on >= on))
        .order_by(assignment.c.id)
    )
    return every(tx, Assignment, statement)


def assign(
    tx: Tx,
    *,
    agent_id: str,
    role: str,
    organisation_id: str,
    territory: str,
    scheme: str | None = None,
    ends_on: date | None = None,
) -> bool:
    """Give an agent a role somewhere and say whether it is new; the same one again only moves its last day."""
    same = (
        assignment.c.agent == agent_id,
        assignment.c.role == role,
        assignment.c.organisation == organisation_id,
        assignment.c.territory == territory,
        assignment.c.scheme.is_(None) if scheme is None else assignment.c.scheme == scheme,
    )
    if tx.run(update(assignment).where(*same).values(ends_on=ends_on)).rowcount:
        return False
    tx.run(
        assignment.insert().values(
            id=tx.ids.new(),
            agent=agent_id,
            role=role,
            organisation=organisation_id,
            territory=territory,
            scheme=scheme,
            ends_on=ends_on,
        )
    )
    return True


def unassign(tx: Tx, assignment_id: str) -> None:
    """Take a role back."""
    tx.run(assignment.delete().where(assignment.c.id == assignment_id))


def all_assignments(tx: Tx) -> list[tuple[Assignment, Organisation]]:
    """Give what every agent holds or held, with its organisation, the oldest assignment first."""
    known = {one.id: one for one in every(tx, Organisation, reading(organisation, Organisation))}
    columns = [organisation.c.body if name == "body" else assignment.c[name] for name in Assignment.__slots__]
    statement = select(*columns).join_from(assignment, organisation, organisation.c.id == assignment.c.organisation)
    return [(one, known[one.organisation]) for one in every(tx, Assignment, statement.order_by(assignment.c.id))]


def assignments(tx: Tx, agent_id: str, *, on: date) -> list[Assignment]:
    """Give what an agent may do on a day."""
    columns = [organisation.c.body if name == "body" else assignment.c[name] for name in Assignment.__slots__]
    statement = (
        select(*columns)
        .join_from(assignment, organisation, organisation.c.id == assignment.c.organisation)
        .where(assignment.c.agent == agent_id, or_(assignment.c.ends_on.is_(None), assignment.c.ends_on >= on))
        .order_by(assignment.c.id)
    )
    return every(tx, Assignment, statement)


def able(tx: Tx, territory: str, scheme: str, *, on: date) -> list[tuple[str, str, str]]:
    """Give (agent, role, body) for each active agent who may act in a territory, for a scheme, on a day."""
    here = (assignment.c.territory == territory, or_(assignment.c.scheme.is_(None), assignment.c.scheme == scheme))
    held = or_(assignment.c.ends_on.is_(None), assignment.c.ends_on >= on)
    statement = (
        select(assignment.c.agent, assignment.c.role, organisation.c.body)
        .join_from(assignment, organisation, organisation.c.id == assignment.c.organisation)
        .join(agent, agent.c.id == assignment.c.agent)
        .where(*here, held, agent.c.active.is_(True))
        .order_by(assignment.c.id)
    )
    return [(row.agent, row.role, row.body) for row in tx.all(statement)]


def set_password(tx: Tx, agent_id: str, password_hash: str) -> None:
    """Keep the hash of a new password."""
    _set(tx, agent_id, password_hash=password_hash, failed_attempts=0, locked_until=None)


def set_totp(tx: Tx, agent_id: str, secret: str | None) -> None:
    """Keep a new TOTP secret, or none; the steps used before are forgotten."""
    _set(tx, agent_id, totp_secret=secret, totp_last_step=None)


def replace_totp(tx: Tx, agent_id: str, before: str, after: str) -> bool:
    """Write the same TOTP secret otherwise, the steps used are kept; False when it is another one by now."""
    same = (agent.c.id == agent_id, agent.c.totp_secret == before)
    return tx.run(update(agent).where(*same).values(totp_secret=after)).rowcount == 1


def set_active(tx: Tx, agent_id: str, *, active: bool) -> None:
    """Let an agent in, or out."""
    _set(tx, agent_id, active=active)


def take_totp_step(tx: Tx, agent_id: str, step: int) -> bool:
    """Use a TOTP step up; False when this one or a later one was used: a code serves once."""
    unused = or_(agent.c.totp_last_step.is_(None), agent.c.totp_last_step < step)
    return tx.run(update(agent).where(agent.c.id == agent_id, unused).values(totp_last_step=step)).rowcount == 1


def count_failure(tx: Tx, agent_id: str) -> int:
    """Count a failed sign-in and give how many in a row."""
    statement = update(agent).where(agent.c.id == agent_id).values(failed_attempts=agent.c.failed_attempts + 1)
    return tx.value(statement.returning(agent.c.failed_attempts)) or 0


def lock_until(tx: Tx, agent_id: str, until: datetime) -> None:
    """Refuse sign-ins until an instant."""
    _set(tx, agent_id, locked_until=until)


def clear_failures(tx: Tx, agent_id: str) -> None:
    """Forget failed sign-ins after a good one."""
    _set(tx, agent_id, failed_attempts=0, locked_until=None)


def _set(tx: Tx, agent_id: str, **values: object) -> None:
    tx.run(update(agent).where(agent.c.id == agent_id).values(**values))
