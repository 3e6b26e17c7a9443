"""Revocation: a decision undone for the past, under an act of its own; the application waits for a decision again.

The deciding body is seized anew: the dossier goes back to the stage of the decision. What that held is let go of: its
one grant, the commitment, the orders that no file holds. While money of it is out, the grant and the commitment stay:
people claim it back first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from guichet.catalogue import CompiledScheme
from guichet.engine.stages import Standing
from guichet.model.authorities import Signatory
from guichet.model.days import add_months
from guichet.model.records import Decision, Dossier, PaymentOrder
from guichet.services import envelopes
from guichet.services.act_heads import ActHead, signatories, signatory_of
from guichet.services.acting import DECISION_ROLE, Actor, hold_dossier
from guichet.services.assessments import assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import check_revision
from guichet.services.pauses import with_decided_days
from guichet.services.refusals import Refused, WrongPhase
from guichet.services.write_backs import owe_write_back
from guichet.storage import Tx, decisions, dossiers, grants, later_filings, outbox, recoveries
from guichet.storage import payments as orders

__all__ = [
    "GROUNDS",
    "REVOKED",
    "Ground",
    "Revocable",
    "Revoked",
    "paid_cents",
    "revocable",
    "revoke_decision",
    "stage_of",
]

Ground: TypeAlias = Literal["illegal", "conditions", "fraud", "request"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
"""Illegal within the delay (CRPA L242-1, L243-3), conditions of an aid not met (L242-2), fraud (L241-2), asked by its
holder for a better one (L242-4)."""
REVOKED = "revoked"
"""The kind of a decision that undoes another."""

_MONTHS = 4
_GRANTS = ("granted", "granted_in_part")
_STOPPABLE = ("ordered", "resumed", "suspended")


@dataclass(frozen=True, slots=True)
class Revocable:
    """A decision that an agent may undo: from which stage, on which grounds, who may sign today."""

    decision: Decision
    stage: Standing
    acting: CompiledScheme
    grounds: tuple[Ground, ...]
    signatories: Mapping[str, Signatory]


@dataclass(frozen=True, slots=True)
class Revoked:
    """What a revocation did, and what was paid: nothing claims it back by itself."""

    dossier: Dossier
    decision: Decision
    paid_cents: int


def revocable(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier) -> Revocable | None:
    """The decision of a dossier that this agent may undo today; None when there is none, or it is another body's."""
    decision = next(reversed(decisions.of_dossier(tx, dossier.id)), None)
    if dossier.phase != "decided" or decision is None or decision.kind == REVOKED:
        return None
    acting = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)
    stage = stage_of(acting, decision)
    if stage is None or not actor.may(DECISION_ROLE, dossier.territory, dossier.scheme, stage.stage.body):
        return None
    today = cases.today(dossier.territory)
    grounds: tuple[Ground, ...] = GROUNDS if decision.kind in _GRANTS else ("illegal",)
    in_time: tuple[Ground, ...] = tuple(
        one for one in grounds if one != "illegal" or today <= last_day(cases, dossier, decision)
    )
    able = signatories(cases, dossier.territory, stage.stage.issued_by or "", today)
    return Revocable(decision, stage, acting, in_time, MappingProxyType(able)) if in_time else None


def last_day(cases: UseCases, dossier: Dossier, decision: Decision) -> date:
    """The last day on which a decision may be undone because it is illegal."""
    return add_months(decision.act_date or cases.day_of(decision.at, dossier.territory), _MONTHS)


def paid_cents(of_dossier: list[PaymentOrder] | tuple[PaymentOrder, ...]) -> int:
    """What the accountant paid of some orders."""
    return sum(one.cents for one in of_dossier if one.state == "paid")


def revoke_decision(
    cases: UseCases,
    agent_id: str,
    reference: str,
    ground: Ground,
    reason: str,
    head: ActHead,
    *,
    revision: int | None = None,
) -> Revoked:
    """Undo the decision of a dossier under an act; it waits for a decision again.

    Raises:
        NotFound: The agent may not see the dossier.
        WrongPhase: It is not decided.
        Refused: Not this body's to undo, no reason, a ground that does not hold, an act that cannot be taken, or a
            payment under way: the accountant's answer is needed first.
    """

    def act(tx: Tx) -> Revoked:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        check_revision(tx, dossier, revision)
        if dossier.phase != "decided":
            raise WrongPhase(dossier.phase, dossier.stage)
        return _revoke(cases, tx, actor, dossier, ground, reason.strip(), head)

    return cases.store.act(act)


def _revoke(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ground: Ground, reason: str, head: ActHead
) -> Revoked:
    """Lock order: dossier (held), uniqueness, envelope, order, outbox, journal."""
    may, signatory = _examined(cases, tx, actor, dossier, ground, reason, head)
    made = _orders_at_rest(tx, dossier)
    paid = paid_cents(made)
    revocation = decisions.add(
        tx,
        dossier=dossier.id,
        kind=REVOKED,
        snapshot_hash=may.acting.hash,
        issuer=may.decision.issuer,
        form=may.decision.form,
        act_number=head.number.strip(),
        act_date=head.day,
        signatory_name=signatory.name,
        signatory_quality=signatory.quality,
        reasons=[{"criterion": "", "reason": reason}],
        agent=actor.agent.id,
    )
    compiled = compiled_for(cases, dossier)
    if paid <= recoveries.reimbursed(tx, dossier.id):
        grants.release(tx, dossier.id)
        envelopes.release_grant(tx, dossier, revocation)
    _stop_what_follows(tx, actor, dossier, made, reason)
    saved = _reopen(cases, tx, actor, dossier, may, compiled)
    outbox.put(tx, "letter", {"dossier": saved.id, "decision": revocation.id}, key=f"letter:{revocation.id}")
    owe_write_back(tx, compiled, saved, revocation)
    data = {
        "decision": revocation.id,
        "revokes": may.decision.id,
        "ground": ground,
        "reason": reason,
        "act": revocation.act_number,
        "act_date": head.day.isoformat(),
        "signatory": signatory.name,
        "paid": paid,
    }
    tx.journal(saved.territory, "decision_revoked", subject=saved.id, actor=actor.agent.id, data=data)
    return Revoked(saved, revocation, paid)


def _examined(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ground: Ground, reason: str, head: ActHead
) -> tuple[Revocable, Signatory]:
    """What is undone and who signs; raises Refused when it cannot be undone so."""
    may = revocable(cases, tx, actor, dossier)
    if may is None:
        raise Refused("not_revocable")
    if ground not in may.grounds or (ground == "illegal" and head.day > last_day(cases, dossier, may.decision)):
        raise Refused("revocation_ground", day=last_day(cases, dossier, may.decision))
    if not reason:
        raise Refused("revocation_without_reason")
    signatory = signatory_of(cases, dossier, may.acting, may.stage, head)
    if may.decision.act_date is not None and head.day < may.decision.act_date:
        raise Refused("act_before_decision", day=may.decision.act_date)
    return may, signatory


def _orders_at_rest(tx: Tx, dossier: Dossier) -> list[PaymentOrder]:
    """The orders of a dossier; raises Refused while one is under way: the accountant answers first."""
    made = orders.of_dossier(tx, dossier.id, held=True)
    if any(one.state == "transmitted" or (one.state in orders.SENDABLE and one.batch) for one in made):
        raise Refused("payment_under_way")
    return made


def _stop_what_follows(tx: Tx, actor: Actor, dossier: Dossier, made: list[PaymentOrder], reason: str) -> None:
    """The orders that no file left with, and the forms asked or filed since, end with the decision."""
    for one in made:
        if one.state in _STOPPABLE:
            orders.move(tx, one.id, "rejected", reason=reason)
    for filing in later_filings.of_dossier(tx, dossier.id):
        if filing.state in ("asked", "filed"):
            end = "closed" if filing.state == "asked" else "refused"
            later_filings.settle(tx, filing.id, end, by=actor.agent.id, reason=reason)


def _reopen(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, may: Revocable, compiled: CompiledScheme
) -> Dossier:
    """The dossier back at its decision; the clock of silence does not count the days it was decided."""
    checks = with_decided_days(cases, dossier)
    waiting = replace(dossier, phase="instruction", decided_at=None, checks=checks)
    return dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        phase="instruction",
        stage=may.stage.id,
        stage_at=tx.now,
        decided_at=None,
        end=None,
        granted_cents=None,
        checks=checks,
        **result_columns(assess(cases, tx, waiting, compiled)),
    )


def stage_of(acting: CompiledScheme, decision: Decision) -> Standing | None:
    """The stage at which a decision is taken: that of its issuer, else the last one."""
    deciding = [Standing(name, one) for name, one in acting.scheme.workflow.stages.items() if one.act == "decision"]
    same = [one for one in deciding if one.stage.issued_by == decision.issuer]
    return next(reversed(same or deciding), None)
