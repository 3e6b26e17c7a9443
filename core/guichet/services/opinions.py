"""Opinions: a body answers the criteria only a person can judge, one dossier at a time or in mass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guichet.catalogue import CompiledVersion
from guichet.engine.stages import Standing, judged_by, standing
from guichet.model.records import Dossier
from guichet.model.rules import Criterion
from guichet.model.workflow import Workflow
from guichet.services.acting import OPINION_ROLE, Actor, acting_scheme, require_sight
from guichet.services.assessments import assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import MassResult, Selected, act_on_each, already_decided
from guichet.services.passages import go_on
from guichet.services.refusals import Refused, WrongPhase
from guichet.storage import Tx, decisions, dossiers


@dataclass(frozen=True, slots=True)
class Answers:
    """What a body says of one dossier.

    Args:
        favourable: The opinion as a whole.
        checks: Judged criterion → yes or no; those left out are answered yes by a favourable opinion.
        reasons: Failed criterion → what was typed, or the key of a listed reason; printed in the letter.
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
    key: str = "",
) -> MassResult:
    """Give an opinion on each dossier of a selection; some may be answered apart, by dossier id.

    Args:
        key: The idempotency key of the request, if any.

    Raises:
        NotFound: The agent does not exist or is no longer active.
    """
    own = apart or {}

    def act(tx: Tx, actor: Actor, dossier: Dossier) -> str:
        give_opinion(cases, tx, actor, dossier, own.get(dossier.id, answers))
        return ""

    return act_on_each(cases, agent_id, selection, act, key=key)


def give_opinion(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, answers: Answers) -> Dossier:
    """Give an opinion on a locked dossier inside an act.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: `not_for_you`, `opinion_without_reason`, or the dossier waits for something else.
    """
    require_sight(actor, dossier)
    compiled = compiled_for(cases, dossier)
    acting = acting_scheme(cases, dossier, compiled)
    workflow = acting.scheme.workflow
    here = _awaited_here(tx, actor, dossier, workflow)
    before = assess(cases, tx, dossier, compiled)
    checks, reasons = _answered(compiled.version_on(before.on), here.stage.body, answers, before.result.failed)
    after = assess(cases, tx, dossier, compiled, checks=checks)
    decisions.add_opinion(
        tx,
        dossier=dossier.id,
        stage=here.id,
        body=here.stage.body,
        agent=actor.agent.id,
        favourable=answers.favourable,
        checks={"answers": checks, "reasons": reasons},
        reason=answers.reason.strip(),
    )
    saved = dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        checks={**dossier.checks, **checks},
        stage=go_on(tx, dossier, acting, after, here.id),
        stage_at=tx.now,
        **result_columns(after),
    )
    data = {
        "stage": here.id,
        "body": here.stage.body,
        "favourable": answers.favourable,
        "checks": checks,
        "reasons": reasons,
        "reason": answers.reason.strip(),
        "result": after.as_json(),
    }
    tx.journal(dossier.territory, "opinion_given", subject=dossier.id, actor=actor.agent.id, data=data)
    return saved


def _answered(
    version: CompiledVersion | None, body: str, answers: Answers, failed: Iterable[str]
) -> tuple[dict[str, bool], dict[str, str]]:
    """What was answered to each criterion the body judges, and the sentence of each one answered no."""
    asked = judged_by(version.rules, body) if version is not None else ()
    checks = _checks(asked, answers)
    _require_reason(checks, failed, answers)
    criteria = version.rules.criteria if version is not None else {}
    refused = [name for name, yes in checks.items() if not yes]
    return checks, typed_for(criteria, refused, answers.reasons, answers.reason)


def _awaited_here(tx: Tx, actor: Actor, dossier: Dossier, workflow: Workflow) -> Standing:
    """The stage that waits for an opinion of this agent's body; raises Refused when it waits for something else."""
    here = standing(workflow, dossier)
    if here is None or here.stage.act != "opinion":
        raise already_decided(tx, dossier) or WrongPhase(dossier.phase, dossier.stage)
    if not actor.may(OPINION_ROLE, dossier.territory, dossier.scheme, here.stage.body):
        raise Refused("not_for_you", body=here.stage.body)
    return here


def typed_for(
    criteria: Mapping[str, Criterion], refused: Iterable[str], typed: Mapping[str, str], fallback: str = ""
) -> dict[str, str]:
    """The sentence of each judged criterion answered no: what was typed, or the listed reason named by its key.

    Raises:
        Refused: `criterion_without_reason`, for a criterion whose sentence quotes a reason nobody gave.
    """
    found: dict[str, str] = {}
    for name in refused:
        given = typed.get(name, "").strip() or fallback.strip()
        text = criteria[name].reasons.get(given, given)
        if not text and "{reason}" in criteria[name].otherwise:
            raise Refused("criterion_without_reason", criterion=criteria[name].label)
        if text:
            found[name] = text
    return found


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
