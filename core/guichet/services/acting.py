"""Who may act: an agent's assignments against a stage, a territory, a scheme and a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from guichet.model.records import Agent, Assignment, Dossier
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import Tx, agents

OPINION_ROLE, DECISION_ROLE, HELPDESK_ROLE = "instructor", "decider", "helpdesk"
ROLE_OF_ACT = {"opinion": OPINION_ROLE, "decision": DECISION_ROLE}


@dataclass(frozen=True, slots=True)
class Actor:
    """An agent with what they may do today."""

    agent: Agent
    assignments: tuple[Assignment, ...]

    def territories(self, scheme: str, roles: Collection[str] = ()) -> tuple[str, ...]:
        """The territories where the agent has one of some roles (any, when none is named) for a scheme."""
        return tuple(
            dict.fromkeys(
                assignment.territory
                for assignment in self.assignments
                if assignment.scheme in (None, scheme) and (not roles or assignment.role in roles)
            )
        )

    def may(self, role: str, territory: str, scheme: str, body: str | None = None) -> bool:
        """Whether the agent holds a role for a body, a territory and a scheme."""
        return any(
            assignment.role == role
            and assignment.territory == territory
            and assignment.scheme in (None, scheme)
            and (body is None or assignment.body == body)
            for assignment in self.assignments
        )

    def sees(self, dossier: Dossier) -> bool:
        """Whether the agent may see a dossier: filed, in a territory and for a scheme of some assignment."""
        return dossier.phase != "draft" and dossier.territory in self.territories(dossier.scheme)


def actor_of(cases: UseCases, tx: Tx, agent_id: str) -> Actor:
    """An active agent with the assignments of today; raises NotFound."""
    agent = agents.by_id(tx, agent_id)
    if agent is None or not agent.active:
        raise NotFound
    on = cases.clock.now().date()
    return Actor(agent, tuple(agents.assignments(tx, agent_id, on=on)))


def require_sight(actor: Actor, dossier: Dossier) -> None:
    """Raise NotFound when the agent may not see a dossier: absent and hidden answer alike."""
    if not actor.sees(dossier):
        raise NotFound
