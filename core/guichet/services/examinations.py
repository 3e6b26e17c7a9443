"""Whether a decision may be taken on a dossier, and what it would grant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import may_decide
from guichet.engine.stages import Standing, choices_of, earlier_stages, judged, standing
from guichet.model.authorities import Signatory
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead, signatory_of
from guichet.services.acting import DECISION_ROLE, Actor, acting_scheme, require_sight
from guichet.services.amount_parts import computed_parts
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.mass_acts import already_decided
from guichet.services.passages import passed_over
from guichet.services.refusals import Refused, WrongPhase
from guichet.services.rulings import Ruling
from guichet.storage import Tx, decisions


@dataclass(frozen=True, slots=True)
class Ready:
    """A decision that may be taken, as examined."""

    here: Standing
    assessment: Assessment
    acting: CompiledScheme
    """The scheme whose workflow and letters the act follows."""
    cents: int | None = None
    signatory: Signatory | None = None
    target: str | None = None
    """The stage the dossier is sent back to, where that is the decision."""


def examine(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ruling: Ruling, head: ActHead | None) -> Ready:
    """Whether a decision may be taken and what it would grant; it changes nothing. Raises as `decide`."""
    require_sight(actor, dossier)
    compiled = compiled_for(cases, dossier)
    acting = acting_scheme(cases, dossier, compiled)
    here = _check_right(cases, tx, actor, dossier, acting, ruling)
    if ruling.choice == "return_to":
        target = _target(acting, here, ruling)
        return Ready(here, assess(cases, tx, dossier, compiled), acting, target=target)
    if head is None:
        raise Refused("act_head_missing")
    signatory = signatory_of(cases, dossier, acting, here, head)
    assessment = _assess(cases, tx, dossier, compiled, ruling, head.day)
    _require_reason(ruling, assessment)
    cents = _cents(ruling, assessment)
    _check_parts(ruling, assessment, cents)
    return Ready(here, assessment, acting, cents, signatory)


def _check_right(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, acting: CompiledScheme, ruling: Ruling
) -> Standing:
    workflow = acting.scheme.workflow
    here = standing(workflow, dossier)
    if here is None or here.stage.act != "decision":
        raise already_decided(tx, dossier) or WrongPhase(dossier.phase, dossier.stage)
    if not actor.may(DECISION_ROLE, dossier.territory, dossier.scheme, here.stage.body):
        raise Refused("not_for_you", body=here.stage.body)
    if ruling.choice not in choices_of(workflow, here.id):
        raise Refused("choice_not_offered", choice=ruling.choice)
    time_zone = cases.territory(dossier.territory).time_zone
    if not dossier.practice and not may_decide(acting.scheme.calendar, cases.clock.business(), time_zone):
        raise Refused("not_decidable_yet", day=acting.scheme.calendar.decidable_from)
    given = decisions.opinions(tx, dossier.id, revoked=True)
    standing_now = [opinion for opinion in given if opinion.revoked_at is None]
    needed = here.stage.needs
    if needed is not None and not any(opinion.stage == needed for opinion in standing_now):
        conditional = needed in workflow.stages and workflow.stages[needed].when
        if not conditional or needed not in passed_over(cases, tx, dossier):
            raise Refused("opinion_needed", stage=needed)
    excluded = here.stage.not_by_author_of
    if any(opinion.stage == excluded and opinion.agent == actor.agent.id for opinion in given):
        raise Refused("author_of_the_opinion")
    return here


def _assess(
    cases: UseCases, tx: Tx, dossier: Dossier, compiled: CompiledScheme, ruling: Ruling, day: date
) -> Assessment:
    """The dossier under the rules of its judging day, with the decider's own answers where they differ.

    A decision applies the law in force on the day it bears, be it recorded here later.
    """
    before = assess(cases, tx, dossier, compiled, decided_on=day)
    version = compiled.version_on(before.on)
    known = judged(version.rules) if version is not None else ()
    changed = {
        name: answer
        for name, answer in ruling.checks.items()
        if name in known and dossier.checks.get(name) is not answer
    }
    overturned = [name for name in changed if isinstance(dossier.checks.get(name), bool)]
    if overturned and not (ruling.reason.strip() or all(ruling.reasons.get(name) for name in overturned)):
        raise Refused("overturned_without_reason", criteria=overturned)
    return assess(cases, tx, dossier, compiled, checks=changed, decided_on=day) if changed else before


def _cents(ruling: Ruling, assessment: Assessment) -> int | None:
    """The sum granted; a grant needs an eligible dossier, a part is above zero and not above what was computed."""
    if ruling.choice not in ("grant", "grant_in_part"):
        return None
    result = assessment.result
    if result.outcome != "eligible" or result.amount is None or result.amount <= 0:
        what = {"failed": result.failed, "missing": result.missing, "awaited": result.awaited}
        labels = _labels_of(assessment.compiled, assessment.on, (*result.failed, *result.missing, *result.awaited))
        raise Refused(
            "not_eligible_to_grant", outcome=result.outcome, unavailable=result.unavailable, labels=labels, **what
        )
    if ruling.choice == "grant":
        return result.amount
    if ruling.cents is None or not 0 < ruling.cents <= result.amount:
        raise Refused("part_out_of_bounds", cents=ruling.cents, most=result.amount)
    return ruling.cents


def _check_parts(ruling: Ruling, assessment: Assessment, cents: int | None) -> None:
    """The sum typed of each amount is not above what was computed of it, and they make what is granted."""
    if not ruling.parts or ruling.choice != "grant_in_part" or cents is None:
        return
    most = {part.amount: part for part in computed_parts(assessment)}
    for amount, given in ruling.parts.items():
        part = most.get(amount)
        if given < 0 or given > (part.cents if part is not None else 0):
            raise Refused(
                "amount_out_of_bounds",
                amount=part.label if part is not None else amount,
                cents=given,
                most=part.cents if part is not None else 0,
            )
    if sum(ruling.parts.values()) != cents:
        raise Refused("amounts_do_not_add_up", sum=sum(ruling.parts.values()), cents=cents)


def _labels_of(compiled: CompiledScheme, on: date, names: Iterable[str]) -> list[str]:
    """What people call some criteria, gates and fields, under the rules of a day."""
    version = compiled.version_on(on)
    found: list[str] = []
    for name in names:
        declared = version.rules.criteria.get(name) or version.rules.gates.get(name) if version is not None else None
        field_ = compiled.fields.get(name)
        found.append(declared.label if declared is not None else field_.declaration.label if field_ else name)
    return found


def _require_reason(ruling: Ruling, assessment: Assessment) -> None:
    typed = ruling.reason.strip() or any(ruling.reasons.values())
    if ruling.choice == "grant" or typed:
        return
    if ruling.choice == "refuse" and assessment.result.failed:
        return
    raise Refused("decision_without_reason", choice=ruling.choice)


def _target(acting: CompiledScheme, here: Standing, ruling: Ruling) -> str:
    back = earlier_stages(acting.scheme.workflow, here.id)
    target = ruling.to or back[-1]
    if target not in back:
        raise Refused("unknown_stage", stage=target)
    if not ruling.reason.strip():
        raise Refused("decision_without_reason", choice="return_to")
    return target
