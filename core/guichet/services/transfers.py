"""Transfer: an application that another body is competent for is sent on, and its applicant told (CRPA art. L114-2).

It is no refusal: the dossier closes with its reference and its day of filing, which hold for the body that receives it.
"""

from __future__ import annotations

from guichet.engine.stages import standing
from guichet.locale import Texts
from guichet.model.records import Dossier
from guichet.services.acting import ROLE_OF_ACT, Actor, acting_scheme, actor_of, require_sight
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.mass_acts import already_decided, check_revision
from guichet.services.messages import checked
from guichet.services.refusals import NotFound, Refused, WrongPhase
from guichet.storage import Tx, dossiers, exchanges, outbox

__all__ = ["may_transfer", "transfer"]


def may_transfer(cases: UseCases, actor: Actor, dossier: Dossier) -> bool:
    """Whether a dossier waits for an act of this agent's, who may then find that it is another body's."""
    here = standing(acting_scheme(cases, dossier, compiled_for(cases, dossier)).scheme.workflow, dossier)
    return here is not None and actor.may(
        ROLE_OF_ACT[here.stage.act], dossier.territory, dossier.scheme, here.stage.body
    )


def transfer(
    cases: UseCases, agent_id: str, reference: str, to: str, reason: str = "", *, revision: int | None = None
) -> Dossier:
    """Close a dossier as sent on to the competent body, and tell the applicant which it is.

    Args:
        to: The body that receives it, as the applicant reads it: its name, its address at need.

    Raises:
        NotFound: The agent may not see the dossier.
        WrongPhase: It is not in instruction, or it is being completed.
        Refused: It does not wait for this agent's body, it changed, or nobody is named.
    """
    named, because = " ".join(to.split()), reason.strip()

    def act(tx: Tx) -> Dossier:
        actor = actor_of(cases, tx, agent_id)
        found = dossiers.by_reference(tx, reference)
        if found is None:
            raise NotFound
        dossier = dossiers.lock(tx, found.id)
        require_sight(actor, dossier)
        check_revision(tx, dossier, revision)
        if dossier.phase != "instruction" or dossier.to_complete:
            raise already_decided(tx, dossier) or WrongPhase(dossier.phase, dossier.stage)
        if not may_transfer(cases, actor, dossier):
            raise Refused("not_for_you", body="")
        if not named:
            raise Refused("transfer_to_nobody")
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
        _tell(tx, actor, saved, named, because)
        return saved

    return cases.store.act(act)


def _tell(tx: Tx, actor: Actor, dossier: Dossier, to: str, reason: str) -> None:
    told = Texts("fr")("letters.transferred", to=to, reference=dossier.reference)
    body = checked(f"{told} {reason}")
    made = exchanges.add(tx, dossier=dossier.id, author_kind="agent", author=actor.agent.name, body=body)
    data = {"to": to, "reason": reason}
    tx.journal(dossier.territory, "transferred", subject=dossier.id, actor=actor.agent.id, data=data)
    payload = {"dossier": dossier.id, "event": "message", "message": body}
    outbox.put(tx, "notice", payload, key=f"message:{made.id}")
