"""Cutting the link between an identity and a person: their other sessions end, and another way in always remains."""

from __future__ import annotations

from guichet.model.records import IdentityAudience, PersonIdentity
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, Refused
from guichet.services.sessions import session_hash
from guichet.storage import Tx, agents, identities, sessions
from guichet.storage.journal import INSTANCE

__all__ = ["NoOtherWayIn", "identities_of", "identity_of", "unlink"]


class NoOtherWayIn(Refused):
    """An agent without a password would not come in any more."""

    def __init__(self) -> None:
        super().__init__("no_other_way_in")


def identities_of(cases: UseCases, audience: IdentityAudience, person: str) -> tuple[PersonIdentity, ...]:
    """The identities linked to an account or an agent, the first first."""
    return tuple(cases.store.read(lambda tx: identities.of_person(tx, audience, person)))


def identity_of(cases: UseCases, audience: IdentityAudience, person: str, identity_id: str) -> PersonIdentity:
    """One identity of a person; raises NotFound for another's."""
    for one in identities_of(cases, audience, person):
        if one.id == identity_id:
            return one
    raise NotFound


def unlink(cases: UseCases, audience: IdentityAudience, person: str, identity_id: str, *, session_id: str) -> str:
    """Cut a link and end every session of the person but this one; give the provider's key.

    An applicant still enters by the code of a mail; an agent by their password, or another identity.

    Raises:
        NotFound: it is not the person's, or was cut already.
        NoOtherWayIn
    """

    def act(tx: Tx) -> str:
        mine = identities.of_person(tx, audience, person)
        found = next((one for one in mine if one.id == identity_id), None)
        if found is None:
            raise NotFound
        if audience == "agent" and len(mine) == 1 and not _has_password(tx, person):
            raise NoOtherWayIn
        if not identities.unlink(tx, identity_id):
            raise NotFound
        ended = sessions.end_others(tx, person, session_hash(session_id))
        data = {"provider": found.provider, "sessions_ended": ended}
        tx.journal(INSTANCE, "identity_unlinked", subject=person, actor=person, data=data)
        return found.provider

    return cases.store.act(act)


def _has_password(tx: Tx, agent_id: str) -> bool:
    agent = agents.by_id(tx, agent_id)
    return agent is not None and agent.password_hash is not None
