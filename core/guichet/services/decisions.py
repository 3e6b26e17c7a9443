"""Decisions: under an issuer, a signatory and an act number; one transaction with all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import may_decide
from guichet.engine.stages import ENDS, Standing, choices_of, earlier_stages, judged, standing
from guichet.model.records import Decision, Dossier
from guichet.model.territory import Signatory, is_supplied
from guichet.model.workflow import Choice
from guichet.services import envelopes, payment_orders, payment_requests
from guichet.services.acting import DECISION_ROLE, Actor, acting_scheme, require_sight
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import MassResult, Selected, act_on_each, already_decided
from guichet.services.refusals import Refused, WrongPhase
from guichet.services.reopening import revoke_opinions
from guichet.services.write_backs import owe_write_back
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


@dataclass(frozen=True, slots=True)
class Ready:
    """A decision that may be taken, as examined."""

    here: Standing
    assessment: Assessment
    acting: CompiledScheme
    """The scheme whose workflow and letters the act follows."""
    cents: int | None = None
    signatory: Signatory | None = None


def decide_all(
    cases: UseCases,
    agent_id: str,
    selection: Iterable[Selected],
    ruling: Ruling,
    head: ActHead | None,
    *,
    apart: Mapping[str, Ruling] | None = None,
    key: str = "",
    confirmed: Mapping[str, int] | None = None,
) -> MassResult:
    """Decide each dossier of a selection under one act; some may be decided apart, by dossier id.

    Args:
        key: The idempotency key of the request, if any.
        confirmed: Dossier id → the sum that was shown and confirmed; a dossier that the rules would now grant another
            sum is left. None compares nothing.

    Raises:
        NotFound: The agent does not exist or is no longer active.
    """
    own = apart or {}

    def act(tx: Tx, actor: Actor, dossier: Dossier) -> str:
        return decide(cases, tx, actor, dossier, own.get(dossier.id, ruling), head, confirmed=confirmed)

    return act_on_each(cases, agent_id, selection, act, key=key)


def signatories(cases: UseCases, territory: str, issuer: str, on: date) -> dict[str, Signatory]:
    """Who may sign for an issuer in a territory on a day, by key."""
    return cases.territory(territory).signatories_for(issuer, on)


def decide(
    cases: UseCases,
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    ruling: Ruling,
    head: ActHead | None,
    *,
    confirmed: Mapping[str, int] | None = None,
) -> str:
    """Decide a locked dossier inside an act; gives a note (`waiting_for_funds`, `returned`) or nothing.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: The decision cannot be taken as it is; the code says why.
        AlreadyGrantedError: The same key was granted before.
    """
    ready = examine(cases, tx, actor, dossier, ruling, head)
    if ruling.choice == "return_to":
        return _return(cases, tx, actor, dossier, ready, ruling)
    if confirmed is not None and ready.cents is not None and confirmed.get(dossier.id) != ready.cents:
        raise Refused("sum_changed", cents=ready.cents)
    try:
        with tx.savepoint():
            _take(cases, tx, actor, dossier, ready, ruling, head)
    except NoFunds:
        return _wait_for_funds(tx, actor, dossier, ready.cents)
    return ""


def examine(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ruling: Ruling, head: ActHead | None) -> Ready:
    """Whether a decision may be taken and what it would grant; it changes nothing. Raises as `decide`."""
    require_sight(actor, dossier)
    compiled = compiled_for(cases, dossier)
    acting = acting_scheme(cases, dossier, compiled)
    here = _check_right(cases, tx, actor, dossier, acting, ruling)
    if ruling.choice == "return_to":
        _target(acting, here, ruling)
        return Ready(here, assess(cases, tx, dossier, compiled), acting)
    if head is None:
        raise Refused("act_head_missing")
    signatory = signatory_of(cases, dossier, acting, here, head)
    assessment = _assess(cases, tx, dossier, compiled, ruling, head.day)
    _require_reason(ruling, assessment)
    return Ready(here, assessment, acting, _cents(ruling, assessment), signatory)


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
    if here.stage.needs is not None and not any(opinion.stage == here.stage.needs for opinion in standing_now):
        raise Refused("opinion_needed", stage=here.stage.needs)
    excluded = here.stage.not_by_author_of
    if any(opinion.stage == excluded and opinion.agent == actor.agent.id for opinion in given):
        raise Refused("author_of_the_opinion")
    return here


def signatory_of(cases: UseCases, dossier: Dossier, acting: CompiledScheme, here: Standing, head: ActHead) -> Signatory:
    """Who signs an act on a dossier; raises Refused when its number, its day or its signatory will not do."""
    if not head.number.strip():
        raise Refused("act_number_missing")
    if head.day > cases.today(dossier.territory):
        raise Refused("act_in_the_future", day=head.day)
    if dossier.filed_at is not None and head.day < cases.day_of(dossier.filed_at, dossier.territory):
        raise Refused("act_before_filing", day=head.day)
    opens = acting.scheme.calendar.decidable_from
    if opens is not None and head.day < opens and not dossier.practice:
        raise Refused("not_decidable_yet", day=opens)
    valid = signatories(cases, dossier.territory, here.stage.issued_by or "", head.day)
    if head.signatory not in valid:
        raise Refused("signatory_not_valid", day=head.day)
    signatory = valid[head.signatory]
    if cases.mode == "live" and not (is_supplied(signatory.name) and is_supplied(signatory.quality)):
        raise Refused("signatory_placeholder")
    return signatory


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
        labels = labels_of(assessment.compiled, assessment.on, (*result.failed, *result.missing, *result.awaited))
        raise Refused(
            "not_eligible_to_grant", outcome=result.outcome, unavailable=result.unavailable, labels=labels, **what
        )
    if ruling.choice == "grant":
        return result.amount
    if ruling.cents is None or not 0 < ruling.cents <= result.amount:
        raise Refused("part_out_of_bounds", cents=ruling.cents, most=result.amount)
    return ruling.cents


def labels_of(compiled: CompiledScheme, on: date, names: Iterable[str]) -> list[str]:
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


def _take(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ready: Ready, ruling: Ruling, head: ActHead | None
) -> None:
    """Lock order: dossier (held), uniqueness, envelope, order, outbox, journal."""
    assessment, cents, signatory = ready.assessment, ready.cents, ready.signatory
    if head is None or signatory is None:
        raise Refused("act_head_missing")
    if cents is not None:
        _take_grant(tx, assessment.compiled, dossier)
    decision = decisions.add(
        tx,
        dossier=dossier.id,
        kind=ENDS[ruling.choice],
        snapshot_hash=ready.acting.hash,
        amount_cents=cents,
        issuer=ready.here.stage.issued_by,
        form=ready.here.stage.form,
        act_number=head.number.strip(),
        act_date=head.day,
        signatory_name=signatory.name,
        signatory_quality=signatory.quality,
        reasons=_reasons(tx, dossier, ruling, assessment),
        agent=actor.agent.id,
    )
    if cents is not None and not envelopes.commit_grant(cases, tx, assessment.compiled, dossier, decision):
        raise NoFunds("no_funds")
    answered = {name: answer for name, answer in assessment.facts.checks.items() if answer is not None}
    result: dict[str, Any] = result_columns(assessment)
    result["result"] = {**assessment.as_json(), "facts": assessment.kept_facts()}
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
        checks={**dossier.checks, **answered},
        **result,
    )
    if cents is not None:
        at_once = payment_requests.paid_at_once(cases, tx, assessment.compiled, saved, cents)
        payment_orders.order_payment(cases, tx, assessment.compiled, saved, decision, cents=at_once)
    outbox.put(tx, "letter", {"dossier": saved.id, "decision": decision.id}, key=f"letter:{decision.id}")
    owe_write_back(tx, assessment.compiled, saved, decision)
    data = _journalled(decision, ruling, assessment)
    tx.journal(saved.territory, "decided", subject=saved.id, actor=actor.agent.id, data=data)


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
    if declared is None or dossier.practice:
        return
    if dossier.grant_key is None:
        raise Refused("grant_key_missing")
    scope = dossier.territory if declared.across == "territory" else ""
    grants.take(tx, scheme=dossier.scheme, scope=scope, key=dossier.grant_key, dossier=dossier.id)


def _reasons(tx: Tx, dossier: Dossier, ruling: Ruling, assessment: Assessment) -> list[dict[str, str]]:
    """The failed criteria with what was typed for each, the deciding body's words before the opinion's own."""
    found: list[dict[str, str]] = []
    if ruling.choice != "grant":
        given = dict(reasons_given(tx, dossier.id))
        version = assessment.compiled.version_on(assessment.on)
        for name in assessment.result.failed:
            typed = ruling.reasons.get(name, "").strip() or given.get(name, "")
            criterion = version.rules.criteria.get(name) if version is not None else None
            text = criterion.reasons.get(typed, typed) if criterion is not None else typed
            found.append({"criterion": name, "reason": text})
    return [*found, {"criterion": "", "reason": ruling.reason.strip()}] if ruling.reason.strip() else found


def reasons_given(tx: Tx, dossier_id: str) -> dict[str, str]:
    """Failed criterion → what the standing opinions say of it."""
    found: dict[str, str] = {}
    for opinion in decisions.opinions(tx, dossier_id):
        given = opinion.checks.get("reasons")
        if isinstance(given, Mapping):
            found |= {str(name): str(text) for name, text in cast("Mapping[str, object]", given).items()}
    return found


def _target(acting: CompiledScheme, here: Standing, ruling: Ruling) -> str:
    back = earlier_stages(acting.scheme.workflow, here.id)
    target = ruling.to or back[-1]
    if target not in back:
        raise Refused("unknown_stage", stage=target)
    if not ruling.reason.strip():
        raise Refused("decision_without_reason", choice="return_to")
    return target


def _return(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ready: Ready, ruling: Ruling) -> str:
    """Send a dossier back: the opinion of the stage it returns to, and later ones, no longer stand or count."""
    target = _target(ready.acting, ready.here, ruling)
    back = earlier_stages(ready.acting.scheme.workflow, ready.here.id)
    checks = revoke_opinions(tx, dossier, back[back.index(target) :])
    reopened_dossier = replace(dossier, checks=checks)
    after = assess(cases, tx, reopened_dossier, ready.assessment.compiled)
    dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        stage=target,
        stage_at=tx.now,
        waiting_for_funds=False,
        checks=checks,
        **result_columns(after),
    )
    data = {"from": ready.here.id, "to": target, "reason": ruling.reason.strip()}
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
