"""The account under which an agent practises: their own, apart from any applicant's, and closed to sign-in by mail.

Its address ends in a name that no mail reaches (RFC 2606), so no link can ever open it; the messages of its dossiers go
to the agent. Whatever is begun in it is practice: the account decides, not the page.
"""

from __future__ import annotations

from guichet.model.records import Account
from guichet.storage import Tx, accounts, agents

__all__ = ["is_practice", "practice_account", "practice_address", "practises"]

_ENDING = "@exercice.invalid"


def practice_account(tx: Tx, agent_id: str) -> Account:
    """The account under which an agent practises, made at need."""
    return accounts.ensure(tx, f"{agent_id}{_ENDING}")


def is_practice(address: str) -> bool:
    """Whether an address is that of an account for practice."""
    return address.endswith(_ENDING)


def practises(tx: Tx, account_id: str) -> bool:
    """Whether what an account begins is practice."""
    found = accounts.by_id(tx, account_id)
    return found is not None and is_practice(found.email)


def practice_address(tx: Tx, address: str) -> str:
    """Where messages to an account go: to the agent who practises, to the address itself for anybody else."""
    if not is_practice(address):
        return address
    agent = agents.by_id(tx, address.removesuffix(_ENDING))
    return agent.email if agent is not None else address
