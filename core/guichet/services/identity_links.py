"""Linking an identity to an applicant's account: only with the proof of both, never because addresses look alike.

The provider proves the identity. The account is proved by the code of a mail sent to its address, or by a session
already open. An address the provider gives is a hint to fill the field with: providers do not all verify it, and who
could name another's address would otherwise enter their account, or wait in it for them.
"""

from __future__ import annotations

from guichet.model.records import Account, IdentityAudience
from guichet.plugin.contracts import Identity
from guichet.services.arrivals import arrival_of, take_arrival
from guichet.services.cases import UseCases
from guichet.services.identity_doors import NotTrusted
from guichet.services.practice_accounts import is_practice
from guichet.services.refusals import Refused
from guichet.services.sign_in import take_code
from guichet.storage import Tx, identities
from guichet.storage.journal import INSTANCE

__all__ = ["OtherIdentity", "link_account", "link_by_code", "link_person"]


class OtherIdentity(Refused):
    """The account is already somebody else's at that issuer: two persons never share one."""

    def __init__(self) -> None:
        super().__init__("other_identity")


def link_by_code(cases: UseCases, secret: str, sign_in_id: str, code: str, *, place: str) -> tuple[Account, str]:
    """Link who arrived to the account of the address that the code was sent to, made at need; give both.

    Raises:
        NotTrusted: nobody arrived by this browser, or too long ago.
        WrongKey, TooManySignIns: as any sign-in by code.
        OtherIdentity
    """
    if arrival_of(cases, secret, "applicant") is None:
        raise NotTrusted
    account = take_code(cases, sign_in_id, code, place=place)
    return account, link_account(cases, secret, account)


def link_account(cases: UseCases, secret: str, account: Account) -> str:
    """Link who arrived to an account whose holder is there, and give the identity's id.

    Raises:
        NotTrusted: also for the account under which an agent practises, which is nobody's.
        OtherIdentity
    """
    if is_practice(account.email):
        raise NotTrusted

    def act(tx: Tx) -> str | None:
        arrived = take_arrival(tx, secret, "applicant")
        if arrived is None:
            raise NotTrusted
        provider, identity = arrived
        return link_person(tx, "applicant", account.id, provider, identity)

    linked = cases.store.act(act)
    if linked is None:
        raise OtherIdentity
    return linked


def link_person(tx: Tx, audience: IdentityAudience, person: str, provider: str, identity: Identity) -> str | None:
    """Link an identity to an account or an agent inside an act, and give its id; None when it is somebody else's."""
    made = identities.link(
        tx,
        audience=audience,
        person=person,
        provider=provider,
        issuer=identity.issuer,
        subject=identity.subject,
        email=identity.email,
        claims=identity.claims,
    )
    if made is None:
        return None
    tx.journal(INSTANCE, "identity_linked", subject=person, actor=person, data={"provider": provider})
    return made.id
