"""Recovery: what was paid and is owed back is claimed by an act of its own, and what comes back is noted once.

The claim is the authorising officer's; collecting it is the accountant's. Guichet keeps the one and the other: the
sums claimed on a dossier never exceed what was paid on it, each receipt counts once, and once the money of an undone
decision is back, its commitment is let go of and an aid may be granted again. Who decides claims; who decides, or holds
the finance role, notes what came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from guichet.engine.stages import Standing
from guichet.model.authorities import Signatory
from guichet.model.records import AmountPart, Decision, Dossier
from guichet.services import envelopes
from guichet.services.act_heads import ActHead, signatories, signatory_of
from guichet.services.acting import DECISION_ROLE, FINANCE_ROLE, Actor, hold_dossier
from guichet.services.amount_parts import claimable_parts, parts_to_claim
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.claim_papers import problem_of_claim
from guichet.services.refusals import NotFound, Refused
from guichet.services.revocations import paid_cents, stage_of
from guichet.storage import Tx, decisions, dossiers, grants, outbox, parts, recoveries
from guichet.storage import payments as orders
from guichet.storage.recoveries import Recovery, Reimbursement

__all__ = [
    "Claim",
    "Recoverable",
    "claim_back",
    "claims_of",
    "drop_claim",
    "let_go_of_returned",
    "may_note",
    "money_came_back",
    "note_reimbursement",
    "recoverable",
]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with what came back of it."""

    recovery: Recovery
    back: tuple[Reimbursement, ...]

    @property
    def back_cents(self) -> int:
        """What came back."""
        return sum(one.cents for one in self.back)

    @property
    def left_cents(self) -> int:
        """What is still to come; nothing once it has ended."""
        return 0 if self.recovery.ended_at is not None else self.recovery.cents - self.back_cents

    @property
    def held_cents(self) -> int:
        """What it holds of the sum that may be claimed."""
        return self.back_cents + self.left_cents


@dataclass(frozen=True, slots=True)
class Recoverable:
    """What an agent may claim back on a dossier, and who may sign it today."""

    most_cents: int
    """What was paid and is not claimed yet."""
    decision: Decision
    stage: Standing
    signatories: Mapping[str, Signatory]
    parts: tuple[AmountPart, ...] = ()
    """What of it is each amount of the aid, where it has several."""


def claims_of(tx: Tx, dossier: Dossier) -> tuple[Claim, ...]:
    """The claims of a dossier, the first first."""
    back = recoveries.reimbursements(tx, dossier.id)
    return tuple(
        Claim(made, tuple(one for one in back if one.recovery == made.id))
        for made in recoveries.of_dossier(tx, dossier.id)
    )


def recoverable(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier) -> Recoverable | None:
    """What this agent may claim back; None when nothing was ever paid, or it is another body's."""
    paid, claims = paid_cents(orders.of_dossier(tx, dossier.id)), claims_of(tx, dossier)
    decision = next(reversed(decisions.of_dossier(tx, dossier.id)), None)
    if not (paid or claims) or decision is None or dossier.practice:
        return None
    acting = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)
    stage = stage_of(acting, decision)
    if stage is None or not actor.may(DECISION_ROLE, dossier.territory, dossier.scheme, stage.stage.body):
        return None
    able = signatories(cases, dossier.territory, stage.stage.issued_by or "", cases.today(dossier.territory))
    claimed = sum(one.held_cents for one in claims)
    return Recoverable(max(0, paid - claimed), decision, stage, MappingProxyType(able), claimable_parts(tx, dossier))


def may_note(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier) -> bool:
    """Whether this agent may note what came back of a claim."""
    finance = actor.may(FINANCE_ROLE, dossier.territory, dossier.scheme)
    return finance or recoverable(cases, tx, actor, dossier) is not None


def claim_back(
    cases: UseCases, agent_id: str, reference: str, cents: int, reason: str, head: ActHead, *, amount: str = ""
) -> Recovery:
    """Claim a sum back under an act.

    Args:
        amount: The amount of the aid that it is claimed of; left out, all of them in proportion.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: Not this body's, no reason, more than what was paid and is not claimed, an act that cannot be taken,
            or a number that another claim of the territory bears.
    """

    def act(tx: Tx) -> Recovery:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        may = recoverable(cases, tx, actor, dossier)
        if may is None:
            raise Refused("not_recoverable")
        if not reason.strip():
            raise Refused("recovery_without_reason")
        if not 0 < cents <= (most := _most_of(may, amount)):
            raise Refused("recovery_too_much", cents=most)
        made = _made(cases, tx, actor, dossier, may, cents, reason.strip(), head)
        problem = problem_of_claim(cases, tx, dossier, made)
        if problem is not None:
            raise Refused("claim_cannot_be_written", why=problem)
        _keep(tx, actor, dossier, made, amount)
        return made

    return cases.store.act(act)


def _most_of(may: Recoverable, amount: str) -> int:
    """The most that may be claimed of an amount, of all of them where none is named; raises Refused for no amount."""
    asked = [part.cents for part in may.parts if amount in ("", part.amount)]
    if amount and not asked:
        raise Refused("not_recoverable")
    return min(may.most_cents, sum(asked)) if asked else may.most_cents


def _made(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, may: Recoverable, cents: int, reason: str, head: ActHead
) -> Recovery:
    """The claim under its act, not kept yet; raises Refused for an act that cannot be taken."""
    acting = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)
    signatory = signatory_of(cases, dossier, acting, may.stage, head)
    return Recovery(
        id=tx.ids.new(),
        scheme=dossier.scheme,
        territory=dossier.territory,
        dossier=dossier.id,
        decision=may.decision.id,
        cents=cents,
        reason=reason,
        act_number=head.number.strip(),
        act_date=head.day,
        signatory_name=signatory.name,
        signatory_quality=signatory.quality,
        agent=actor.agent.id,
        at=tx.now,
        ended_at=None,
        ended_reason="",
    )


def _keep(tx: Tx, actor: Actor, dossier: Dossier, made: Recovery, amount: str) -> None:
    """Keep a claim with the amounts that make it, owe its papers, journal it; raises Refused for a number taken."""
    if not recoveries.add(tx, made):
        raise Refused("recovery_number_taken", number=made.act_number)
    claimed = parts_to_claim(tx, dossier, made.cents, amount)
    parts.keep(tx, "recovery", made.id, claimed, made.cents)
    outbox.put(tx, "claim_papers", {"recovery": made.id}, key=f"claim_papers:{made.id}")
    data: dict[str, object] = {
        "recovery": made.id,
        "act": made.act_number,
        "act_date": made.act_date.isoformat(),
        "cents": made.cents,
        "reason": made.reason,
        "signatory": made.signatory_name,
        "decision": made.decision,
    }
    if claimed:
        data["parts"] = {part.amount: part.cents for part in claimed}
    tx.journal(dossier.territory, "recovery_claimed", subject=dossier.id, actor=actor.agent.id, data=data)


def note_reimbursement(
    cases: UseCases, agent_id: str, reference: str, recovery_id: str, cents: int, on: date, receipt: str
) -> Claim:
    """Note what the accountant collected under a claim; one receipt counts once.

    Raises:
        NotFound: The agent may not see the dossier, or the claim is not one of it.
        Refused: Not this body's, no receipt, one noted already, more than what is left, or a day that cannot be.
    """

    def act(tx: Tx) -> Claim:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        if not may_note(cases, tx, actor, dossier):
            raise Refused("not_recoverable")
        claim = _claim(tx, dossier, recovery_id)
        noted = receipt.strip()
        if not noted:
            raise Refused("reimbursement_without_receipt")
        if any(one.receipt == noted for one in claim.back):
            raise Refused("reimbursement_noted", receipt=noted)
        if not 0 < cents <= claim.left_cents:
            raise Refused("reimbursement_too_much", cents=claim.left_cents)
        if not claim.recovery.act_date <= on <= cases.today(dossier.territory):
            raise Refused("reimbursement_day", day=claim.recovery.act_date)
        made = Reimbursement(recovery_id, noted, cents, on, actor.agent.id, tx.now)
        recoveries.reimburse(tx, made)
        owed = let_go_of_returned(tx, dossier)
        data = {"recovery": recovery_id, "act": claim.recovery.act_number, "cents": cents, "receipt": noted}
        data = {**data, "on": on.isoformat(), "owed": owed}
        tx.journal(dossier.territory, "recovery_reimbursed", subject=dossier.id, actor=actor.agent.id, data=data)
        return Claim(claim.recovery, (*claim.back, made))

    return cases.store.act(act)


def drop_claim(cases: UseCases, agent_id: str, reference: str, recovery_id: str, reason: str) -> Recovery:
    """End a claim: what came back stays so, the rest may be claimed again.

    Raises:
        NotFound: The agent may not see the dossier, or the claim is not one of it.
        Refused: Not this body's, no reason, or nothing is left of it to drop.
    """

    def act(tx: Tx) -> Recovery:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        if recoverable(cases, tx, actor, dossier) is None:
            raise Refused("not_recoverable")
        claim = _claim(tx, dossier, recovery_id)
        if not reason.strip():
            raise Refused("recovery_without_reason")
        if not claim.left_cents:
            raise Refused("recovery_over")
        recoveries.end(tx, recovery_id, reason.strip())
        data = {"recovery": recovery_id, "act": claim.recovery.act_number, "dropped": claim.left_cents}
        data = {**data, "reason": reason.strip()}
        tx.journal(dossier.territory, "recovery_dropped", subject=dossier.id, actor=actor.agent.id, data=data)
        return claim.recovery

    return cases.store.act(act)


def _claim(tx: Tx, dossier: Dossier, recovery_id: str) -> Claim:
    found = next((one for one in claims_of(tx, dossier) if one.recovery.id == recovery_id), None)
    if found is None:
        raise NotFound
    return found


def money_came_back(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Let go of what an undone decision held, once the transfer that paid it came back to the accountant."""
    cases.store.act(lambda tx: let_go_of_returned(tx, dossiers.lock(tx, str(payload["dossier"]))))


def let_go_of_returned(tx: Tx, dossier: Dossier) -> int:
    """What is still owed of an undone decision's money; once nothing is, what it held may be granted again.

    Until then its key stays taken too: another dossier of the same company would be paid while that money is out.
    """
    owed = paid_cents(orders.of_dossier(tx, dossier.id)) - recoveries.reimbursed(tx, dossier.id)
    if owed <= 0 and not dossier.granted_cents:
        grants.release(tx, dossier.id)
        envelopes.release_grant(tx, dossier)
    return owed
