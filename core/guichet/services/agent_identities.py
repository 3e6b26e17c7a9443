"""Agents through a provider: only one who is already an active agent here, matched once and confirmed by themselves."""

from __future__ import annotations

from guichet.model.records import Agent, SessionKind
from guichet.plugin.contracts import Identity
from guichet.services.agent_sign_in import is_enrolled, require_assignment
from guichet.services.arrivals import Arrived, take_arrival
from guichet.services.cases import UseCases
from guichet.services.identity_doors import NotTrusted
from guichet.services.identity_links import link_person
from guichet.services.refusals import Refused
from guichet.storage import Tx, agents, identities
from guichet.storage.journal import INSTANCE

__all__ = ["NoSecondFactor", "NotAnAgent", "admit", "agent_for", "link_agent"]


class NotAnAgent(Refused):
    """The provider's person is no active agent of this installation, or another identity already stands for them."""

    def __init__(self) -> None:
        super().__init__("not_an_agent")


class NoSecondFactor(Refused):
    """The provider speaks of one factor only, and the agent has no phone here yet."""

    def __init__(self) -> None:
        super().__init__("no_second_factor")


def agent_for(cases: UseCases, arrived: Arrived) -> Agent:
    """Give the active agent who bears the address of who arrived; raises NotAnAgent."""
    found = cases.store.read(lambda tx: _matching(tx, arrived.identity))
    if found is None:
        raise NotAnAgent
    return found


def link_agent(cases: UseCases, secret: str) -> tuple[Agent, str, Identity, str]:
    """Link who arrived to the agent of that address, once; give agent, provider, identity and the identity's id.

    Raises:
        NotTrusted: nobody arrived by this browser, or too long ago.
        NotAnAgent
    """

    def act(tx: Tx) -> tuple[Agent, str, Identity, str] | None:
        arrived = take_arrival(tx, secret, "agent")
        if arrived is None:
            raise NotTrusted
        provider, identity = arrived
        found = _matching(tx, identity)
        if found is None:
            return None
        linked = link_person(tx, "agent", found.id, provider, identity)
        return (found, provider, identity, linked) if linked is not None else None

    linked = cases.store.act(act)
    if linked is None:
        raise NotAnAgent
    return linked


def admit(cases: UseCases, agent_id: str, provider: str, identity: Identity) -> SessionKind:
    """Give the session an agent may have: whole when the provider saw two factors, else half until the phone's code.

    Raises:
        NotAnAgent: no longer active.
        NoAssignment, NoSecondFactor
    """
    found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    if found is None or not found.active:
        raise NotAnAgent
    require_assignment(cases, found)
    if not identity.strong:
        if not is_enrolled(found):
            raise NoSecondFactor
        return "half"
    data = {"provider": provider, "level": identity.level}
    cases.store.act(lambda tx: tx.journal(INSTANCE, "agent_signed_in", subject=found.id, actor=found.id, data=data))
    return "agent"


def _matching(tx: Tx, identity: Identity) -> Agent | None:
    """The active agent of the address the provider answers for, unless that issuer knows them as somebody else."""
    found = agents.by_email(tx, identity.email) if identity.email and identity.email_proved else None
    if found is None or not found.active:
        return None
    known = identities.of_person(tx, "agent", found.id)
    return None if any(one.issuer == identity.issuer for one in known) else found
