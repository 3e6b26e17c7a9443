"""Decisions: under an issuer, a signatory and an act number; one transaction with all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import may_decide
from guichet.engine.stages import ENDS, Standing, choices_of, earlier_stages, judged, standing
from guichet.model.records import Decision, Dossier
from guichet.model.territory import Signatory
from guichet.model.workflow import Choice
from guichet.services import envelopes, payments
from guichet.services.acting import DECISION_ROLE, Actor, actor_of, require_sight
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import MassResult, Selected, act_on_each
from guichet.services.refusals import Refused, WrongPhase
from guichet.storage import Tx, decisions, dossiers, grants, outbox


class NoFunds(Refused):
    """The envelope does not hold the sum; the act undoes what it began and marks the dossier."""


@dataclass(frozen=True, slots=True)
class ActHead:
    """The head of an act: who signs, its number and its day."""

    signatory: str
    """The key of a signatory of the territory, valid on the day."""
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided of a dossier.

    Args:
        cents: What is granted, for a grant in part.
        checks: Judged criterion → the decider's own answer; an opinion does not bind, changing it needs a reason.
        reasons: Failed criterion → what was typed.
        to: The stage a dossier is returned to.
    """

    choice: Choice
    cents: int | None = None
    reason: str = ""
    checks: Mapping[str, bool] = field(default_factory=dict[str, bool])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    to: str | None = None


def decide_all(
    cases: UseCases,
    agent_id: str,
    selection: Iterable[Selected],
    ruling: Ruling,
    head: ActHead | None,
    *,
    apart: Mapping[str, Ruling] | None = None,
) -> MassResult:
    """Decide each dossier of a selection under one act; some may be decided apart, by dossier id.

    Raises:
        NotFound: The agent does not exist or is no longer active.
    """
    actor = cases.store.read(lambda tx: actor_of(cases, tx, agent_id))
    own = apart or {}
    return act_on_each(
        cases, selection, lambda tx, dossier: decide(cases, tx, actor, dossier, own.get(dossier.id, ruling), head)
    )


def signatories(cases: UseCases, territory: str, issuer: str, on: date) -> dict[str, Signatory]:
    """Who may sign for an issuer in a territory on a day, by key."""
    return cases.territory(territory).signatories_for(issuer, on)


def decide(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ruling: Ruling, head: ActHead | None) -> str:
    """Decide a locked dossier inside an act; gives a note (`waiting_for_funds`, `returned`) or nothing.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: The decision cannot be taken as it is; the code says why.
        AlreadyGrantedError: The same key was granted before.
    """
    require_sight(actor, dossier)
    compiled = compiled_for(cases, dossier)
    here = _check_right(cases, tx, actor, dossier, compiled, ruling)
    if ruling.choice == "return_to":
        return _return(tx, actor, dossier, compiled, here, ruling)
    if head is None:
        raise Refused("act_head_missing")
    signatory = _signatory(cases, dossier, here, head)
    assessment = _assess(cases, tx, dossier, compiled, ruling)
    cents = _cents(ruling, assessment)
    _require_reason(ruling, assessment)
    try:
        with tx.savepoint():
            _take(cases, tx, actor, dossier, assessment, here, ruling, cents, head, signatory)
    except NoFunds:
        return _wait_for_funds(tx, actor, dossier, cents)
    return ""


def _check_right(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, compiled: CompiledScheme, ruling: Ruling
) -> Standing:
    workflow = compiled.scheme.workflow
    here = standing(workflow, dossier)
    if here is None or here.stage.act != "decision":
        raise WrongPhase(dossier.phase, dossier.stage)
    if not actor.may(DECISION_ROLE, dossier.territory, dossier.scheme, here.stage.body):
        raise Refused("not_for_you", body=here.stage.body)
    if ruling.choice not in choices_of(workflow, here.id):
        raise Refused("choice_not_offered", choice=ruling.choice)
    time_zone = cases.territory(dossier.territory).time_zone
    if not may_decide(compiled.scheme.calendar, cases.clock.business(), time_zone):
        raise Refused("not_decidable_yet", day=compiled.scheme.calendar.decidable_from)
    given = decisions.opinions(tx, dossier.id)
    if here.stage.needs is not None and not any(opinion.stage == here.stage.needs for opinion in given):
        raise Refused("opinion_needed", stage=here.stage.needs)
    excluded = here.stage.not_by_author_of
    if any(opinion.stage == excluded and opinion.agent == actor.agent.id for opinion in given):
        raise Refused("author_of_the_opinion")
    return here


def _signatory(cases: UseCases, dossier: Dossier, here: Standing, head: ActHead) -> Signatory:
    if not head.number.strip():
        raise Refused("act_number_missing")
    if head.day > cases.today(dossier.territory):
        raise Refused("act_in_the_future", day=head.day)
    valid = signatories(cases, dossier.territory, here.stage.issued_by or "", head.day)
    if head.signatory not in valid:
        raise Refused("signatory_not_valid", day=head.day)
    return valid[head.signatory]


def _assess(cases: UseCases, tx: Tx, dossier: Dossier, compiled: CompiledScheme, ruling: Ruling) -> Assessment:
    before = assess(cases, tx, dossier, compiled)
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
    return assess(cases, tx, dossier, compiled, checks=changed) if changed else before


def _cents(ruling: Ruling, assessment: Assessment) -> int | None:
    """The sum granted; a grant needs an eligible dossier, a part is above zero and not above what was computed."""
    if ruling.choice not in ("grant", "grant_in_part"):
        return None
    result = assessment.result
    if result.outcome != "eligible" or result.amount is None or result.amount <= 0:
        what = {"failed": result.failed, "missing": result.missing, "awaited": result.awaited}
        raise Refused("not_eligible_to_grant", outcome=result.outcome, unavailable=result.unavailable, **what)
    if ruling.choice == "grant":
        return result.amount
    if ruling.cents is None or not 0 < ruling.cents <= result.amount:
        raise Refused("part_out_of_bounds", cents=ruling.cents, most=result.amount)
    return ruling.cents


def _require_reason(ruling: Ruling, assessment: Assessment) -> None:
    typed = ruling.reason.strip() or any(ruling.reasons.values())
    if ruling.choice == "grant" or typed:
        return
    if ruling.choice == "refuse" and assessment.result.failed:
        return
    raise Refused("decision_without_reason", choice=ruling.choice)


def _take(
    cases: UseCases,
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    assessment: Assessment,
    here: Standing,
    ruling: Ruling,
    cents: int | None,
    head: ActHead,
    signatory: Signatory,
) -> None:
    """Lock order: dossier (held), uniqueness, envelope, order, outbox, journal."""
    compiled = assessment.compiled
    if cents is not None:
        _take_grant(tx, compiled, dossier)
    decision = decisions.add(
        tx,
        dossier=dossier.id,
        kind=ENDS[ruling.choice],
        snapshot_hash=compiled.hash,
        amount_cents=cents,
        issuer=here.stage.issued_by,
        form=here.stage.form,
        act_number=head.number.strip(),
        act_date=head.day,
        signatory_name=signatory.name,
        signatory_quality=signatory.quality,
        reasons=_reasons(ruling, assessment),
        agent=actor.agent.id,
    )
    if cents is not None and not envelopes.commit_grant(cases, tx, compiled, dossier, decision):
        raise NoFunds("no_funds")
    saved = dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        phase="decided",
        stage=None,
        stage_at=tx.now,
        decided_at=tx.now,
        end=ENDS[ruling.choice],
        granted_cents=cents,
        waiting_for_funds=False,
        checks={**dossier.checks, **assessment.facts.checks},
        **result_columns(assessment),
    )
    if cents is not None:
        payments.order_payment(cases, tx, compiled, saved, decision)
    _follow_up(tx, saved, decision)
    tx.journal(
        saved.territory,
        "decided",
        subject=saved.id,
        actor=actor.agent.id,
        data=_journalled(decision, ruling, assessment),
    )


def _wait_for_funds(tx: Tx, actor: Actor, dossier: Dossier, cents: int | None) -> str:
    """The envelope is spent: nothing is granted, the dossier waits in its stage, by the instant of its filing."""
    if not dossier.waiting_for_funds:
        dossiers.save(tx, dossier, by=actor.agent.name, waiting_for_funds=True)
        outbox.put(tx, "notice", {"dossier": dossier.id, "event": "waiting_for_funds"}, key=f"wait:{dossier.id}")
        data = {"cents": cents}
        tx.journal(dossier.territory, "waiting_for_funds", subject=dossier.id, actor=actor.agent.id, data=data)
    return "waiting_for_funds"


def _take_grant(tx: Tx, compiled: CompiledScheme, dossier: Dossier) -> None:
    declared = compiled.scheme.grants
    if declared is None:
        return
    if dossier.grant_key is None:
        raise Refused("grant_key_missing")
    scope = dossier.territory if declared.across == "territory" else ""
    grants.take(tx, scheme=dossier.scheme, scope=scope, key=dossier.grant_key, dossier=dossier.id)


def _follow_up(tx: Tx, dossier: Dossier, decision: Decision) -> None:
    payload = {"dossier": dossier.id, "decision": decision.id}
    outbox.put(tx, "letter", payload, key=f"letter:{decision.id}")


def _reasons(ruling: Ruling, assessment: Assessment) -> list[dict[str, str]]:
    """The failed criteria with what was typed for each, then the reason of the whole decision."""
    failed = [] if ruling.choice == "grant" else list(assessment.result.failed)
    found = [{"criterion": name, "reason": ruling.reasons.get(name, "")} for name in failed]
    return [*found, {"criterion": "", "reason": ruling.reason.strip()}] if ruling.reason.strip() else found


def _return(tx: Tx, actor: Actor, dossier: Dossier, compiled: CompiledScheme, here: Standing, ruling: Ruling) -> str:
    """Send a dossier back: the opinion of the stage it returns to, and later ones, no longer stand."""
    workflow = compiled.scheme.workflow
    back = earlier_stages(workflow, here.id)
    target = ruling.to or back[-1]
    if target not in back:
        raise Refused("unknown_stage", stage=target)
    if not ruling.reason.strip():
        raise Refused("decision_without_reason", choice="return_to")
    reopened = back[back.index(target) :]
    for opinion in decisions.opinions(tx, dossier.id):
        if opinion.stage in reopened:
            decisions.revoke_opinion(tx, opinion.id)
    dossiers.save(tx, dossier, by=actor.agent.name, stage=target, stage_at=tx.now)
    data = {"from": here.id, "to": target, "reason": ruling.reason.strip()}
    tx.journal(dossier.territory, "returned", subject=dossier.id, actor=actor.agent.id, data=data)
    return "returned"


def _journalled(decision: Decision, ruling: Ruling, assessment: Assessment) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "kind": decision.kind,
        "cents": decision.amount_cents,
        "act": decision.act_number,
        "act_date": decision.act_date.isoformat() if decision.act_date else None,
        "signatory": decision.signatory_name,
        "snapshot": decision.snapshot_hash,
        "checks": dict(ruling.checks),
        "result": assessment.as_json(),
    }
