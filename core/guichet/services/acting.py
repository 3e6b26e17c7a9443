"""Who may act: an agent's assignments against a stage, a territory, a scheme and a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.model.records import FORGOTTEN, Agent, Assignment, Dossier
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import Tx, agents, dossiers

OPINION_ROLE, DECISION_ROLE, HELPDESK_ROLE, FINANCE_ROLE = "instructor", "decider", "helpdesk", "finance"
ROLE_OF_ACT = {"opinion": OPINION_ROLE, "decision": DECISION_ROLE}
READING_ROLES = (OPINION_ROLE, DECISION_ROLE, "supervisor", FINANCE_ROLE)
"""Who reads whole dossiers; the helpdesk has a page of its own, which says less."""

_EVER = date.min


@dataclass(frozen=True, slots=True)
class Actor:
    """An agent with what they may do today."""

    agent: Agent
    assignments: tuple[Assignment, ...]

    def territories(self, scheme: str, roles: Collection[str] = READING_ROLES) -> tuple[str, ...]:
        """The territories where the agent has one of some roles for a scheme."""
        return tuple(
            dict.fromkeys(
                assignment.territory
                for assignment in self.assignments
                if assignment.scheme in (None, scheme) and assignment.role in roles
            )
        )

    def places(self, roles: Collection[str] = READING_ROLES) -> tuple[tuple[str, str | None], ...]:
        """Where the agent has one of some roles: territory and scheme, None for all the schemes there."""
        held = ((one.territory, one.scheme) for one in self.assignments if one.role in roles)
        return tuple(dict.fromkeys(held))

    def may(self, role: str, territory: str, scheme: str, body: str | None = None) -> bool:
        """Whether the agent holds a role for a body, a territory and a scheme."""
        return any(
            assignment.role == role
            and assignment.territory == territory
            and assignment.scheme in (None, scheme)
            and (body is None or assignment.body == body)
            for assignment in self.assignments
        )

    def roles(self, territory: str, scheme: str) -> frozenset[str]:
        """Every role the agent holds for a scheme of a territory."""
        return frozenset(
            assignment.role
            for assignment in self.assignments
            if assignment.territory == territory and assignment.scheme in (None, scheme)
        )

    def reads(self, territory: str, scheme: str) -> bool:
        """Whether the agent reads the dossiers of a scheme in a territory."""
        return territory in self.territories(scheme)

    def sees(self, dossier: Dossier) -> bool:
        """Whether the agent may read a dossier: filed, in a territory and for a scheme of a reading role."""
        return (
            dossier.phase != "draft"
            and FORGOTTEN not in dossier.checks
            and self.reads(dossier.territory, dossier.scheme)
        )


def actor_of(cases: UseCases, tx: Tx, agent_id: str) -> Actor:
    """An active agent with the assignments that hold today, on each territory's calendar; raises NotFound."""
    agent = agents.by_id(tx, agent_id)
    if agent is None or not agent.active:
        raise NotFound
    every = agents.assignments(tx, agent_id, on=_EVER)
    held = (one for one in every if one.ends_on is None or cases.today(one.territory) <= one.ends_on)
    return Actor(agent, tuple(held))


def require_sight(actor: Actor, dossier: Dossier) -> None:
    """Raise NotFound when the agent may not see a dossier: absent and hidden answer alike."""
    if not actor.sees(dossier):
        raise NotFound


def hold_dossier(cases: UseCases, tx: Tx, agent_id: str, reference: str) -> tuple[Actor, Dossier]:
    """Give an agent, and a dossier they may see, held until the end of the act; raises NotFound."""
    actor, found = actor_of(cases, tx, agent_id), dossiers.by_reference(tx, reference)
    if found is None:
        raise NotFound
    dossier = dossiers.lock(tx, found.id)
    require_sight(actor, dossier)
    return actor, dossier


def require_reading(actor: Actor, territory: str, scheme: str) -> None:
    """Raise NotFound when the agent reads no dossier of a scheme in a territory."""
    if not actor.reads(territory, scheme):
        raise NotFound


def acting_scheme(cases: UseCases, dossier: Dossier, pinned: CompiledScheme) -> CompiledScheme:
    """The scheme whose workflow and letters an act follows: the one published now, else the dossier's own.

    Form and texts stay those the dossier is pinned to; a stage that is published no more keeps the dossier's own.
    """
    current = cases.snapshots.current(dossier.scheme, dossier.territory)
    if current is None or dossier.stage not in current.scheme.workflow.stages:
        return pinned
    return current
