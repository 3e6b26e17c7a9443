"""Agents, their organisations and assignments, as a file gives them: imported at will, counted line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guichet.errors import Problem, ProblemsFound, guess
from guichet.model.records import Agent, Assignment, Organisation
from guichet.services.agent_files import AgentLine
from guichet.services.agent_sign_in import give_first_password
from guichet.services.cases import UseCases
from guichet.storage import Tx, agents, sessions
from guichet.storage.journal import INSTANCE

__all__ = [
    "FirstPassword",
    "Held",
    "Imported",
    "Keep",
    "close_agent",
    "everyone",
    "first_passwords",
    "import_agents",
    "reset_agent",
    "unassign",
]

Outcome = Literal["added", "updated", "unchanged"]
_CHUNK = 50
_EVER = date.min


@dataclass(frozen=True, slots=True)
class Imported:
    """The ledger of an import: read = added + updated + unchanged + rejected."""

    added: int
    updated: int
    unchanged: int
    rejected: int

    @property
    def read(self) -> int:
        """How many lines there were."""
        return self.added + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """What is handed to an agent once, to enter and choose a password of one's own."""

    email: str
    name: str
    password: str


Keep = Callable[[Sequence[FirstPassword]], None]
"""Writes first passwords where they will be read."""


def _tell_only(given: Sequence[FirstPassword]) -> None:  # noqa: ARG001  who calls reads what comes back
    return


@dataclass(frozen=True, slots=True)
class Held:
    """An agent with every assignment, ended ones included, each with its organisation."""

    agent: Agent
    assignments: tuple[tuple[Assignment, Organisation], ...]


def import_agents(cases: UseCases, lines: Sequence[AgentLine], problems: Iterable[Problem] = ()) -> Imported:
    """Make or update the agents and assignments of a file, and count; a second time changes nothing."""
    outcomes: list[Outcome] = []
    for start in range(0, len(lines), _CHUNK):
        chunk = lines[start : start + _CHUNK]
        outcomes += cases.store.act(lambda tx, chunk=chunk: _import_all(tx, chunk))
    rejected = len({problem.position.line if problem.position else 0 for problem in problems})
    counted = Imported(outcomes.count("added"), outcomes.count("updated"), outcomes.count("unchanged"), rejected)
    if counted.added or counted.updated:
        data = {"added": counted.added, "updated": counted.updated, "rejected": counted.rejected}
        cases.store.act(lambda tx: tx.journal(INSTANCE, "agents_imported", data=data))
    return counted


def first_passwords(cases: UseCases, keep: Keep = _tell_only) -> list[FirstPassword]:
    """Give a first password to every agent who has none; only their digests are kept.

    Args:
        keep: Writes them where they will be read, before they count: when it fails, no agent has one.
    """

    def act(tx: Tx) -> list[FirstPassword]:
        waiting = [one for one in agents.all_agents(tx) if one.password_hash is None and one.active]
        given = [FirstPassword(one.email, one.name, give_first_password(cases, tx, one.id)) for one in waiting]
        keep(given)
        return given

    return cases.store.act(act)


def reset_agent(cases: UseCases, email: str, keep: Keep = _tell_only) -> FirstPassword:
    """Give an agent a new first password, forget the phone, let the agent in again and close every session.

    Args:
        keep: As in `first_passwords`.

    Raises:
        ProblemsFound: No agent has this address.
    """

    def act(tx: Tx) -> FirstPassword:
        found = _agent(tx, email)
        password = give_first_password(cases, tx, found.id)
        agents.set_active(tx, found.id, active=True)
        sessions.end_all(tx, found.id)
        tx.journal(INSTANCE, "agent_reset", subject=found.id)
        given = FirstPassword(found.email, found.name, password)
        keep([given])
        return given

    return cases.store.act(act)


def close_agent(cases: UseCases, email: str) -> None:
    """Keep an agent out from now on; what the agent did stays.

    Raises:
        ProblemsFound: No agent has this address.
    """

    def act(tx: Tx) -> None:
        found = _agent(tx, email)
        agents.set_active(tx, found.id, active=False)
        sessions.end_all(tx, found.id)
        tx.journal(INSTANCE, "agent_closed", subject=found.id)

    cases.store.act(act)


def unassign(cases: UseCases, email: str, role: str, territory: str, scheme: str | None = None) -> int:
    """Take a role back from an agent at once, for one scheme or for all, and give how many assignments that ended.

    Raises:
        ProblemsFound: No agent has this address, or the agent holds no such role there.
    """

    def act(tx: Tx) -> int:
        found = _agent(tx, email)
        held = agents.assignments(tx, found.id, on=_EVER)
        taken = [
            one
            for one in held
            if (one.role, one.territory) == (role, territory) and (scheme is None or one.scheme == scheme)
        ]
        if not taken:
            wanted = {"value": found.email, "role": role, "territory": territory, "scheme": scheme}
            raise ProblemsFound([Problem("agents.not_held", {**wanted, "choices": sorted({*map(_said, held)})})])
        for one in taken:
            agents.unassign(tx, one.id)
            tx.journal(INSTANCE, "agent_unassigned", subject=found.id, data=_journaled(one))
        return len(taken)

    return cases.store.act(act)


def everyone(cases: UseCases) -> list[Held]:
    """Give every agent by address, with what each holds or held."""

    def read(tx: Tx) -> list[Held]:
        held: dict[str, list[tuple[Assignment, Organisation]]] = {}
        for one, organisation in agents.all_assignments(tx):
            held.setdefault(one.agent, []).append((one, organisation))
        return [Held(agent, tuple(held.get(agent.id, ()))) for agent in agents.all_agents(tx)]

    return cases.store.read(read)


def _said(one: Assignment) -> str:
    return " ".join(word for word in (one.role, one.territory, one.scheme) if word)


def _journaled(one: Assignment | AgentLine) -> dict[str, object]:
    ends_on = one.ends_on.isoformat() if one.ends_on else None
    return {"role": one.role, "body": one.body, "territory": one.territory, "scheme": one.scheme, "ends_on": ends_on}


def _agent(tx: Tx, email: str) -> Agent:
    found = agents.by_email(tx, email)
    if found is None:
        known = [one.email for one in agents.all_agents(tx)]
        raise ProblemsFound([Problem("agents.unknown_agent", guess(email, known))])
    return found


def _import_all(tx: Tx, chunk: Sequence[AgentLine]) -> list[Outcome]:
    return [_import(tx, line) for line in chunk]


def _import(tx: Tx, line: AgentLine) -> Outcome:
    before = agents.by_email(tx, line.email)
    agent = agents.ensure(tx, email=line.email, name=line.name)
    organisation = agents.ensure_organisation(tx, territory=line.territory, body=line.body, name=line.organisation)
    held = next(
        (
            one
            for one in agents.assignments(tx, agent.id, on=_EVER)
            if (one.role, one.organisation, one.territory, one.scheme)
            == (line.role, organisation.id, line.territory, line.scheme)
        ),
        None,
    )
    if held is not None and held.ends_on == line.ends_on:
        return "unchanged" if before is not None and before.name == line.name else "updated"
    agents.assign(
        tx,
        agent_id=agent.id,
        role=line.role,
        organisation_id=organisation.id,
        territory=line.territory,
        scheme=line.scheme,
        ends_on=line.ends_on,
    )
    tx.journal(INSTANCE, "agent_assigned", subject=agent.id, data=_journaled(line))
    return "updated" if held is not None else "added"
