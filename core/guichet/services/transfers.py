"""Transfer: an application that another body is competent for is sent on, and its applicant told (CRPA art. L114-2).

It is no refusal: the dossier closes with its reference and its day of filing, which hold for the body that receives it.
Where the scheme says who issues its decisions, the transfer may be an act: numbered, signed, with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue import CompiledScheme
from guichet.engine.stages import Standing, standing
from guichet.locale import Texts, format_day
from guichet.model.authorities import Signatory
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead, signatories, signatory_of
from guichet.services.acting import ROLE_OF_ACT, Actor, acting_scheme, hold_dossier
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.mass_acts import already_decided, check_revision
from guichet.services.messages import checked
from guichet.services.refusals import Refused, WrongPhase
from guichet.storage import Tx, decisions, dossiers, exchanges, outbox

__all__ = ["TRANSFERRED", "may_transfer", "transfer", "transfer_signatories"]

TRANSFERRED = "transferred"
"""The kind of an act that sends an application on."""


def may_transfer(cases: UseCases, actor: Actor, dossier: Dossier) -> bool:
    """Whether a dossier waits for an act of this agent's, who may then find that it is another body's."""
    here = standing(acting_scheme(cases, dossier, compiled_for(cases, dossier)).scheme.workflow, dossier)
    return here is not None and actor.may(
        ROLE_OF_ACT[here.stage.act], dossier.territory, dossier.scheme, here.stage.body
    )


def transfer_signatories(cases: UseCases, dossier: Dossier, acting: CompiledScheme) -> Mapping[str, Signatory]:
    """Who may sign the act of a transfer today, by key; nobody where the scheme names no issuer."""
    issuing = _issuing(acting)
    if issuing is None:
        return {}
    return signatories(cases, dossier.territory, issuing.stage.issued_by or "", cases.today(dossier.territory))


def transfer(
    cases: UseCases,
    agent_id: str,
    reference: str,
    to: str,
    reason: str = "",
    head: ActHead | None = None,
    *,
    revision: int | None = None,
) -> Dossier:
    """Close a dossier as sent on to the competent body, and tell the applicant which it is.

    Args:
        to: The body that receives it, as the applicant reads it: its name, its address at need.
        head: The act that sends it on, where there is one; it wants a reason.

    Raises:
        NotFound: The agent may not see the dossier.
        WrongPhase: It is not in instruction, or it is being completed.
        Refused: It does not wait for this agent's body, it changed, nobody is named, the scheme wants an act and there
            is none, or it cannot be taken.
    """
    named, because = " ".join(to.split()), reason.strip()

    def act(tx: Tx) -> Dossier:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        check_revision(tx, dossier, revision)
        if dossier.phase != "instruction" or dossier.to_complete:
            raise already_decided(tx, dossier) or WrongPhase(dossier.phase, dossier.stage)
        if not may_transfer(cases, actor, dossier):
            raise Refused("not_for_you", body="")
        if not named:
            raise Refused("transfer_to_nobody")
        return _sent_on(cases, tx, actor, dossier, named, because, head)

    return cases.store.act(act)


def _sent_on(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, to: str, reason: str, head: ActHead | None
) -> Dossier:
    acting = acting_scheme(cases, dossier, compiled_for(cases, dossier))
    if head is None and acting.scheme.workflow.transfer.act == "required":
        raise Refused("transfer_without_act")
    signed = (head, _signed(cases, dossier, acting, head, reason)) if head is not None else None
    saved = dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        phase="closed",
        stage=None,
        stage_at=tx.now,
        end="transferred",
        waiting_for_funds=False,
    )
    _record(tx, actor, saved, acting, to, reason, signed)
    _tell(tx, actor, saved, to, reason, signed)
    return saved


def _issuing(acting: CompiledScheme) -> Standing | None:
    """The last stage whose decisions have an issuer."""
    stages = acting.scheme.workflow.stages.items()
    return next((Standing(name, one) for name, one in reversed(stages) if one.issued_by), None)


def _signed(cases: UseCases, dossier: Dossier, acting: CompiledScheme, head: ActHead, reason: str) -> Signatory:
    issuing = _issuing(acting)
    if issuing is None:
        raise Refused("signatory_not_valid", day=head.day)
    if not reason:
        raise Refused("transfer_without_reason")
    return signatory_of(cases, dossier, acting, issuing, head, decides=False)


def _record(
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    acting: CompiledScheme,
    to: str,
    reason: str,
    signed: tuple[ActHead, Signatory] | None,
) -> None:
    """Keep the act among those of the dossier, and owe its letter where the scheme has one."""
    has_letter = TRANSFERRED in acting.scheme.letters
    if signed is None and not has_letter:
        return
    issuing = _issuing(acting)
    head, who = signed or (None, None)
    made = decisions.add(
        tx,
        dossier=dossier.id,
        kind=TRANSFERRED,
        snapshot_hash=acting.hash,
        issuer=issuing.stage.issued_by if issuing is not None else None,
        form=issuing.stage.form if issuing is not None and head is not None else None,
        act_number=head.number.strip() if head is not None else None,
        act_date=head.day if head is not None else None,
        signatory_name=who.name if who is not None else None,
        signatory_quality=who.quality if who is not None else None,
        reasons=[{"criterion": "", "reason": reason, "to": to}],
        agent=actor.agent.id,
    )
    if has_letter:
        outbox.put(tx, "letter", {"dossier": dossier.id, "decision": made.id}, key=f"letter:{made.id}")


def _tell(
    tx: Tx, actor: Actor, dossier: Dossier, to: str, reason: str, signed: tuple[ActHead, Signatory] | None
) -> None:
    say = Texts("fr")
    told = [say("letters.transferred", to=to, reference=dossier.reference), reason]
    data = {"to": to, "reason": reason}
    if signed is not None:
        head, who = signed
        number, day = head.number.strip(), format_day(head.day, "fr")
        told.append(say("letters.transfer_act", number=number, day=day, name=who.name, quality=who.quality))
        data |= {"act": number, "act_date": head.day.isoformat(), "signatory": who.name}
    body = checked(" ".join(one for one in told if one))
    made = exchanges.add(tx, dossier=dossier.id, author_kind="agent", author=actor.agent.name, body=body)
    tx.journal(dossier.territory, "transferred", subject=dossier.id, actor=actor.agent.id, data=data)
    payload = {"dossier": dossier.id, "event": "message", "message": body}
    outbox.put(tx, "notice", payload, key=f"message:{made.id}")
