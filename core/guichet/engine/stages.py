"""Where a dossier may go from where it stands: derived from the scheme's stages, never written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledVersion
from guichet.model.records import Dossier, End
from guichet.model.rules import RuleVersion
from guichet.model.workflow import Choice, Stage, Workflow

ENDS: Mapping[str, End] = {
    "grant": "granted",
    "grant_in_part": "granted_in_part",
    "refuse": "refused",
    "drop": "dropped",
    "declare_inadmissible": "inadmissible",
}
"""Choice of a decision → the end it gives the dossier."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands: its stage's id and declaration."""

    id: str
    stage: Stage


def standing(workflow: Workflow, dossier: Dossier) -> Standing | None:
    """The stage in which a dossier waits for an act; None outside instruction or while it is being completed."""
    if dossier.phase != "instruction" or dossier.to_complete or dossier.stage not in workflow.stages:
        return None
    return Standing(dossier.stage, workflow.stages[dossier.stage])


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a dossier goes on: the stage it enters, None after the last, and those it passes over on the way."""

    stage: str | None
    over: tuple[str, ...] = ()


def passage(
    workflow: Workflow, version: CompiledVersion | None, values: Mapping[str, Any], after: str | None = None
) -> Passage:
    """The next stage whose condition does not say no: what cannot be told is treated, never passed over.

    Args:
        version: The rules of the judging day, with which conditions are read; without rules every stage applies.
        values: What these rules read, and the computed amount.
        after: The stage that is done; the first one is looked for without it.
    """
    stage = workflow.first_stage() if after is None else workflow.stage_after(after)
    over: list[str] = []
    while stage is not None and version is not None and not enters(version, stage, values):
        over.append(stage)
        stage = workflow.stage_after(stage)
    return Passage(stage, tuple(over))


def enters(version: CompiledVersion, stage: str, values: Mapping[str, Any]) -> bool:
    """Whether a dossier enters a stage, by its condition; one that is unknown holds it there."""
    condition = version.passages.get(stage)
    return condition is None or condition.evaluate(values).outcome != "not_eligible"


def earlier_stages(workflow: Workflow, stage: str) -> tuple[str, ...]:
    """The stages a dossier may be returned to, in file order."""
    names = list(workflow.stages)
    return tuple(names[: names.index(stage)])


def choices_of(workflow: Workflow, stage: str) -> tuple[Choice, ...]:
    """What may be decided at a stage; returning needs somewhere to return to."""
    declared = workflow.stages[stage].choices
    return tuple(choice for choice in declared if choice != "return_to" or earlier_stages(workflow, stage))


def judged_by(rules: RuleVersion, body: str) -> tuple[str, ...]:
    """The criteria that a body is asked to judge, in file order."""
    return tuple(name for name, criterion in rules.criteria.items() if criterion.checked_by == body)


def judged(rules: RuleVersion) -> tuple[str, ...]:
    """Every criterion that some body judges, in file order."""
    return tuple(name for name, criterion in rules.criteria.items() if criterion.answer == "judged")
