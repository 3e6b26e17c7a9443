"""An agent's home: each scheme and territory of their assignments, what waits there, since when, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.model.workflow import Stage
from guichet.services.acting import HELPDESK_ROLE, ROLE_OF_ACT, Actor, actor_of
from guichet.services.cases import UseCases
from guichet.services.work_tables import overdue_before
from guichet.storage import Tx, work_selection
from guichet.storage.work_selection import Load

__all__ = ["AgentHome", "SchemeHome", "StageHome", "read_home"]


@dataclass(frozen=True, slots=True)
class StageHome:
    """One stage: how many wait, how many are late, the oldest filing, and whether it is the agent's to act on."""

    id: str
    label: str
    number: int
    late: int
    oldest: date | None
    mine: bool


@dataclass(frozen=True, slots=True)
class SchemeHome:
    """One scheme in one territory."""

    territory: str
    scheme: str
    title: str
    stages: tuple[StageHome, ...]
    pre_instruction: int
    to_complete: int
    waiting_for_funds: int
    decided: int
    oldest: date | None
    """The oldest filing still undecided."""


@dataclass(frozen=True, slots=True)
class AgentHome:
    """What an agent finds when they arrive."""

    schemes: tuple[SchemeHome, ...]
    answers_calls: bool
    """Whether the agent answers applicants somewhere."""


def read_home(cases: UseCases, agent_id: str) -> AgentHome:
    """The home of an agent. Raises NotFound."""

    def read(tx: Tx) -> AgentHome:
        actor = actor_of(cases, tx, agent_id)
        places = [(scheme, where) for scheme, where in cases.snapshots.all_current() if actor.reads(where, scheme)]
        found = (_scheme(cases, tx, actor, scheme, where) for scheme, where in places)
        ordered = sorted((one for one in found if one is not None), key=lambda one: (one.territory, one.title))
        return AgentHome(tuple(ordered), any(one.role == HELPDESK_ROLE for one in actor.assignments))

    return cases.store.read(read)


def _scheme(cases: UseCases, tx: Tx, actor: Actor, scheme: str, where: str) -> SchemeHome | None:
    compiled = cases.snapshots.current(scheme, where)
    if compiled is None:
        return None
    loads = work_selection.loads(tx, scheme, where, tuple(overdue_before(cases, compiled)))
    open_ = [load for load in loads if load.phase in ("filed", "instruction")]
    return SchemeHome(
        territory=where,
        scheme=scheme,
        title=compiled.scheme.title,
        stages=tuple(
            _stage(cases, actor, compiled, name, stage, loads)
            for name, stage in compiled.scheme.workflow.stages.items()
        ),
        pre_instruction=_sum(load for load in loads if load.phase == "filed"),
        to_complete=_sum(load for load in open_ if load.to_complete),
        waiting_for_funds=_sum(load for load in open_ if load.waiting_for_funds),
        decided=_sum(load for load in loads if load.phase == "decided"),
        oldest=_oldest(cases, where, open_),
    )


def _stage(
    cases: UseCases, actor: Actor, compiled: CompiledScheme, name: str, stage: Stage, loads: list[Load]
) -> StageHome:
    here = [load for load in loads if load.stage == name and load.phase == "instruction" and not load.to_complete]
    where = compiled.territory
    mine = actor.may(ROLE_OF_ACT[stage.act], where, compiled.scheme.id, stage.body)
    late = sum(load.late for load in here)
    return StageHome(name, stage.label or name, _sum(here), late, _oldest(cases, where, here), mine)


def _sum(loads: Iterable[Load]) -> int:
    return sum(load.number for load in loads)


def _oldest(cases: UseCases, where: str, loads: list[Load]) -> date | None:
    instants = [load.oldest for load in loads if load.oldest is not None]
    return cases.day_of(min(instants), where) if instants else None
