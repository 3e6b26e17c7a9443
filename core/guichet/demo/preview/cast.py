"""The people of a preview: one agent for each thing that agents do, the applicants of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guichet.services.acting import HELPDESK_ROLE, ROLE_OF_ACT
from guichet.services.agent_files import AgentLine
from guichet.services.cases import UseCases
from guichet.services.organisations import import_agents
from guichet.storage import agents

__all__ = ["Someone", "engage_cast"]


@dataclass(frozen=True, slots=True)
class Someone:
    """An agent one may be."""

    id: str
    name: str
    role: str
    body: str


def engage_cast(cases: UseCases, scheme: str, territory: str) -> list[Someone]:
    """Engage one agent for each role and body of the workflow, and one of the helpdesk."""
    lines = list(_lines(cases, scheme, territory))
    import_agents(cases, lines)
    known = {agent.email: agent.id for agent in cases.store.read(agents.all_agents)}
    return [Someone(known[line.email], line.name, line.role, line.organisation) for line in lines]


def _lines(cases: UseCases, scheme: str, territory: str) -> Iterator[AgentLine]:
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None:
        return
    workflow = compiled.scheme.workflow
    wanted = [
        (ROLE_OF_ACT[step.act], step.body, step.label) for step in workflow.stages.values() if step.act in ROLE_OF_ACT
    ]
    first = next(iter(workflow.bodies))
    place = cases.territory(territory)
    for number, (role, body, what) in enumerate(
        dict.fromkeys([*wanted, (HELPDESK_ROLE, first, "Assistance")]), start=1
    ):
        organisation = place.organisation(body, cases.today(territory))
        named = organisation.name if organisation is not None else workflow.bodies[body]
        yield AgentLine(number, f"agent-{number}@exemple.fr", what or role, role, named, body, territory, scheme)
