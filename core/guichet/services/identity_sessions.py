"""What a provider said of who opened a session, and where that session is left there too."""

from __future__ import annotations

from guichet.model.records import IdentityAudience, SessionIdentity
from guichet.plugin.contracts import Identity
from guichet.services.cases import UseCases
from guichet.services.identity_doors import call_provider, context_for, return_address
from guichet.services.refusals import Refused
from guichet.services.sessions import session_hash
from guichet.storage import identities

__all__ = ["leaving_address", "note_session"]


def note_session(cases: UseCases, session_id: str, identity_id: str, provider: str, identity: Identity) -> None:
    """Note what a provider said for a session that was just opened."""
    made = SessionIdentity(
        session_hash(session_id),
        identity_id,
        provider,
        identity.level,
        identity.means,
        identity.siret,
        identity.represents,
        identity.hint,
    )
    cases.store.act(lambda tx: identities.note_session(tx, made))


def leaving_address(cases: UseCases, session_id: str, audience: IdentityAudience, state: str) -> tuple[str, str]:
    """Give the provider of a session and the address at which to leave it too; empty when there is none."""
    said = cases.store.read(lambda tx: identities.of_session(tx, session_hash(session_id)))
    if said is None or said.provider not in cases.plugins.identity_providers or said.provider not in cases.services:
        return "", ""
    return_to = return_address(cases, said.provider, audience, "deconnecte")
    context = context_for(cases)
    try:
        url = call_provider(
            cases, said.provider, lambda it, options: it.leave(said.hint, state, return_to, options, context)
        )
    except Refused:
        return said.provider, ""
    return said.provider, url
