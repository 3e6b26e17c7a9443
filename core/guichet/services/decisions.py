"""Decisions: under an issuer, a signatory and an act number; one transaction with all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guichet.engine.stages import ENDS
from guichet.model.authorities import Signatory
from guichet.model.records import AmountPart, Decision, Dossier
from guichet.services import envelopes, payment_orders, payment_requests, recoveries
from guichet.services.act_heads import ActHead
from guichet.services.acting import Actor
from guichet.services.amount_parts import freeze_parts
from guichet.services.assessments import Assessment
from guichet.services.cases import UseCases
from guichet.services.decision_reasons import reasons_of
from guichet.services.examinations import Ready, examine
from guichet.services.filing import result_columns
from guichet.services.grant_limits import limit_of
from guichet.services.mass_acts import MassResult, Selected, act_on_each
from guichet.services.refusals import Refused
from guichet.services.rulings import Ruling
from guichet.services.sending_back import send_back
from guichet.services.write_backs import owe_write_back
from guichet.storage import Tx, decisions, dossiers, grants, outbox


class NoFunds(Refused):
    """The envelope does not hold the sum; the act undoes what it began and marks the dossier."""


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
    if ready.target is not None:
        return send_back(cases, tx, actor, dossier, ready, ready.target, ruling.reason)
    if confirmed is not None and ready.cents is not None and confirmed.get(dossier.id) != ready.cents:
        raise Refused("sum_changed", cents=ready.cents)
    try:
        with tx.savepoint():
            _take(cases, tx, actor, dossier, ready, ruling, head)
    except NoFunds:
        return _wait_for_funds(tx, actor, dossier, ready.cents)
    return ""


def _take(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ready: Ready, ruling: Ruling, head: ActHead | None
) -> None:
    """Lock order: dossier (held), uniqueness, envelope, order, outbox, journal."""
    assessment, cents, signatory = ready.assessment, ready.cents, ready.signatory
    if head is None or signatory is None:
        raise Refused("act_head_missing")
    recoveries.let_go_of_returned(tx, dossier)
    key = dossier.grant_key
    if cents is not None:
        key = _take_grant(cases, tx, ready, dossier)
    decision = _recorded(tx, actor, dossier, ready, ruling, head, signatory)
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
        grant_key=key,
        waiting_for_funds=False,
        checks={**dossier.checks, **answered},
        **result,
    )
    granted: tuple[AmountPart, ...] = ()
    if cents is not None:
        granted = freeze_parts(cases, tx, assessment.compiled, saved, decision, ruling.parts)
        at_once = payment_requests.paid_at_once(assessment.compiled, granted, cents)
        payment_orders.order_payment(cases, tx, assessment.compiled, saved, decision, cents=at_once)
    outbox.put(tx, "letter", {"dossier": saved.id, "decision": decision.id}, key=f"letter:{decision.id}")
    owe_write_back(tx, assessment.compiled, saved, decision)
    data = _journalled(decision, ruling, assessment, granted)
    tx.journal(saved.territory, "decided", subject=saved.id, actor=actor.agent.id, data=data)


def _recorded(
    tx: Tx, actor: Actor, dossier: Dossier, ready: Ready, ruling: Ruling, head: ActHead, signatory: Signatory
) -> Decision:
    stage = ready.here.stage
    return decisions.add(
        tx,
        dossier=dossier.id,
        kind=ENDS[ruling.choice],
        snapshot_hash=ready.acting.hash,
        amount_cents=ready.cents,
        issuer=stage.issued_by,
        form=stage.form,
        act_number=head.number.strip(),
        act_date=head.day,
        signatory_name=signatory.name,
        signatory_quality=signatory.quality,
        reasons=reasons_of(tx, dossier, ruling, ready.assessment),
        agent=actor.agent.id,
    )


def _wait_for_funds(tx: Tx, actor: Actor, dossier: Dossier, cents: int | None) -> str:
    """The envelope is spent: nothing is granted, the dossier waits in its stage, by the instant of its filing."""
    if not dossier.waiting_for_funds:
        dossiers.save(tx, dossier, by=actor.agent.name, waiting_for_funds=True)
        outbox.put(tx, "notice", {"dossier": dossier.id, "event": "waiting_for_funds"}, key=f"wait:{dossier.id}")
        data = {"cents": cents}
        tx.journal(dossier.territory, "waiting_for_funds", subject=dossier.id, actor=actor.agent.id, data=data)
    return "waiting_for_funds"


def _take_grant(cases: UseCases, tx: Tx, ready: Ready, dossier: Dossier) -> str | None:
    """Take the one grant of the dossier's key, and give the key; None where nothing limits grants."""
    limit = limit_of(cases, ready.assessment.compiled, ready.acting, dossier)
    if limit is None:
        return dossier.grant_key
    declared, key = limit
    if key is None:
        raise Refused("grant_key_missing")
    scope = dossier.territory if declared.across == "territory" else ""
    grants.take(tx, scheme=dossier.scheme, scope=scope, key=key, dossier=dossier.id)
    return key


def _journalled(
    decision: Decision, ruling: Ruling, assessment: Assessment, granted: tuple[AmountPart, ...]
) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "kind": decision.kind,
        "cents": decision.amount_cents,
        **({"parts": {part.amount: part.cents for part in granted}} if granted else {}),
        "act": decision.act_number,
        "act_date": decision.act_date.isoformat() if decision.act_date else None,
        "signatory": decision.signatory_name,
        "snapshot": decision.snapshot_hash,
        "checks": dict(ruling.checks),
        "result": assessment.as_json(),
    }
