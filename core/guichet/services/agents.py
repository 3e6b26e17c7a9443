"""What an agent may do: role × territory × scheme × day, as the assignments say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guichet.model.records import Agent, Assignment
from guichet.storage import Tx, agents

__all__ = ["ROLES", "SignedAgent", "may", "read_agent"]

ROLES = ("instructor", "decider", "helpdesk", "supervisor", "finance", "admin")
_EVER = date.min


@dataclass(frozen=True, slots=True)
class SignedAgent:
    """An agent with every assignment, ended ones included: the day of the act tells which count."""

    agent: Agent
    assignments: tuple[Assignment, ...]

    @property
    def id(self) -> str:
        """The agent's id."""
        return self.agent.id

    def holding(self, roles: Iterable[str], on: date) -> tuple[Assignment, ...]:
        """Give the assignments of some roles on a day."""
        wanted = frozenset(roles)
        return tuple(one for one in self.assignments if one.role in wanted and _holds(one, on))

    def territories(self, roles: Iterable[str], on: date) -> tuple[str, ...]:
        """Give the territories where the agent has one of the roles on a day, in order, each once."""
        return tuple(sorted({one.territory for one in self.holding(roles, on)}))

    def roles_in(self, territory: str, scheme: str | None, on: date) -> frozenset[str]:
        """Give the agent's roles in a territory on a day: for a scheme, or for any when None."""
        return frozenset(
            one.role
            for one in self.holding(ROLES, on)
            if one.territory == territory and (scheme is None or one.scheme in (None, scheme))
        )


def may(agent: SignedAgent, role: str, territory: str, scheme: str | None, on: date) -> bool:
    """Whether an agent holds a role for a scheme of a territory on a day (its last day included)."""
    return agent.agent.active and role in agent.roles_in(territory, scheme, on)


def read_agent(tx: Tx, agent_id: str) -> SignedAgent | None:
    """Give an active agent with every assignment; None for an unknown or inactive one."""
    agent = agents.by_id(tx, agent_id)
    if agent is None or not agent.active:
        return None
    return SignedAgent(agent, tuple(agents.assignments(tx, agent_id, on=_EVER)))


def _holds(one: Assignment, on: date) -> bool:
    return one.ends_on is None or on <= one.ends_on
