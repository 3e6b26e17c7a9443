"""Exchanges between an applicant and agents around a filed dossier."""

from __future__ import annotations

from guichet.model.records import Dossier, Exchange
from guichet.services.acting import DECISION_ROLE, OPINION_ROLE, actor_of, require_sight
from guichet.services.cases import UseCases
from guichet.services.drafts import owned
from guichet.services.refusals import Refused, WrongPhase
from guichet.storage import Tx, dossiers, exchanges, outbox

__all__ = ["LONGEST", "exchanges_of", "write_as_agent", "write_as_applicant"]

LONGEST = 4000


def write_as_applicant(cases: UseCases, account: str, reference: str, body: str) -> Exchange:
    """Add an applicant's message to their filed dossier.

    Raises:
        NotFound: It is not their dossier.
        WrongPhase: It is a draft: nobody would read it.
        Refused: The message is empty or too long.
    """
    text = checked(body)

    def act(tx: Tx) -> Exchange:
        dossier = owned(tx, account, reference)
        if dossier.filed_at is None:
            raise WrongPhase(dossier.phase, dossier.stage)
        made = exchanges.add(tx, dossier=dossier.id, author_kind="applicant", author=account, body=text)
        tx.journal(dossier.territory, "message_written", subject=dossier.id, actor=account, data={"exchange": made.id})
        return made

    return cases.store.act(act)


def write_as_agent(cases: UseCases, agent_id: str, dossier_id: str, body: str) -> Exchange:
    """Add an agent's message and queue the notice that brings it to the applicant.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: They only read it, or the message is empty or too long.
    """
    text = checked(body)

    def act(tx: Tx) -> Exchange:
        actor = actor_of(cases, tx, agent_id)
        dossier = dossiers.by_id(tx, dossier_id)
        require_sight(actor, dossier)
        if not any(actor.may(role, dossier.territory, dossier.scheme) for role in (OPINION_ROLE, DECISION_ROLE)):
            raise Refused("not_for_you", body="")
        made = exchanges.add(tx, dossier=dossier.id, author_kind="agent", author=actor.agent.name, body=text)
        tx.journal(dossier.territory, "message_written", subject=dossier.id, actor=agent_id, data={"exchange": made.id})
        payload = {"dossier": dossier.id, "event": "message", "message": text}
        outbox.put(tx, "notice", payload, key=f"message:{made.id}")
        return made

    return cases.store.act(act)


def exchanges_of(tx: Tx, dossier: Dossier) -> tuple[Exchange, ...]:
    """What was said around a dossier, the first first."""
    return tuple(exchanges.of_dossier(tx, dossier.id))


def checked(body: str) -> str:
    """A message that can be kept: not empty, not too long, without characters that no keyboard types."""
    text = body.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("message_empty")
    if len(text) > LONGEST:
        raise Refused("message_too_long", length=len(text), most=LONGEST)
    if any(ord(character) < 32 and character not in "\n\t" for character in text):
        raise Refused("message_unreadable")
    return text
