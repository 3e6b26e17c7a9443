"""Opinions: a body answers the criteria only a person can judge, one dossier at a time or in mass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guichet.engine.stages import Standing, judged_by, standing
from guichet.model.records import Dossier
from guichet.services.acting import OPINION_ROLE, Actor, actor_of, require_sight
from guichet.services.assessments import assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import MassResult, Selected, act_on_each
from guichet.services.refusals import Refused, WrongPhase
from guichet.storage import Tx, decisions, dossiers


@dataclass(frozen=True, slots=True)
class Answers:
    """What a body says of one dossier.

    Args:
        favourable: The opinion as a whole.
        checks: Judged criterion → yes or no; those left out are answered yes by a favourable opinion.
        reasons: Failed criterion → what was typed, printed in the letter.
        reason: A reason of the whole opinion.
    """

    favourable: bool
    checks: Mapping[str, bool] = field(default_factory=dict[str, bool])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    reason: str = ""


def give_opinions(
    cases: UseCases,
    agent_id: str,
    selection: Iterable[Selected],
    answers: Answers,
    *,
    apart: Mapping[str, Answers] | None = None,
) -> MassResult:
    """Give an opinion on each dossier of a selection; some may be answered apart, by dossier id.

    Raises:
        NotFound: The agent does not exist or is no longer active.
    """
    actor = cases.store.read(lambda tx: actor_of(cases, tx, agent_id))
    own = apart or {}

    def act(tx: Tx, dossier: Dossier) -> str:
        give_opinion(cases, tx, actor, dossier, own.get(dossier.id, answers))
        return ""

    return act_on_each(cases, selection, act)


def give_opinion(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, answers: Answers) -> Dossier:
    """Give an opinion on a locked dossier inside an act.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: `not_for_you`, `opinion_without_reason`, or the dossier waits for something else.
    """
    require_sight(actor, dossier)
    compiled = compiled_for(cases, dossier)
    here = standing(compiled.scheme.workflow, dossier)
    if here is None or here.stage.act != "opinion":
        raise WrongPhase(dossier.phase, dossier.stage)
    if not actor.may(OPINION_ROLE, dossier.territory, dossier.scheme, here.stage.body):
        raise Refused("not_for_you", body=here.stage.body)
    before = assess(cases, tx, dossier, compiled)
    version = compiled.version_on(before.on)
    asked = judged_by(version.rules, here.stage.body) if version is not None else ()
    checks = _checks(asked, answers)
    _require_reason(checks, before.result.failed, answers)
    after = assess(cases, tx, dossier, compiled, checks=checks)
    decisions.add_opinion(
        tx,
        dossier=dossier.id,
        stage=here.id,
        body=here.stage.body,
        agent=actor.agent.id,
        favourable=answers.favourable,
        checks={"answers": checks, "reasons": dict(answers.reasons)},
        reason=answers.reason,
    )
    saved = dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        checks={**dossier.checks, **checks},
        **_next(compiled.scheme.workflow.stage_after(here.id), tx),
        **result_columns(after),
    )
    tx.journal(
        dossier.territory,
        "opinion_given",
        subject=dossier.id,
        actor=actor.agent.id,
        data=_journalled(here, answers, checks, after.as_json()),
    )
    return saved


def _checks(asked: Iterable[str], answers: Answers) -> dict[str, bool]:
    if answers.favourable:
        return {name: answers.checks.get(name, True) for name in asked}
    return {name: answers.checks[name] for name in asked if name in answers.checks}


def _require_reason(checks: Mapping[str, bool], failed: Iterable[str], answers: Answers) -> None:
    """An unfavourable opinion rests on a failed criterion or a typed reason; a favourable one fails none."""
    refused = [name for name, yes in checks.items() if not yes]
    if answers.favourable and refused:
        raise Refused("favourable_with_failed_criterion", criteria=refused)
    if not answers.favourable and not (refused or answers.reason.strip() or list(failed)):
        raise Refused("opinion_without_reason")


def _next(stage: str | None, tx: Tx) -> dict[str, Any]:
    return {"stage": stage, "stage_at": tx.now}


def _journalled(
    here: Standing, answers: Answers, checks: Mapping[str, bool], result: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "stage": here.id,
        "body": here.stage.body,
        "favourable": answers.favourable,
        "checks": dict(checks),
        "reasons": dict(answers.reasons),
        "reason": answers.reason,
        "result": dict(result),
    }
