"""Signing in through another site: begun once, accepted back once, and only for whom the site vouches.

The browser holds one secret. State, nonce and PKCE verifier are derived from it, and the database keeps its hash: what
comes back is worth nothing without the browser that left, and nothing a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from guichet.model.records import IdentityAudience
from guichet.plugin.contracts import Attempt
from guichet.services.arrivals import Arrived, arrived_as, hash_of
from guichet.services.cases import UseCases
from guichet.services.identity_doors import (
    NotTrusted,
    ProviderSilent,
    call_provider,
    context_for,
    offered,
    return_address,
)
from guichet.services.refusals import NotFound
from guichet.services.sign_in import TooManySignIns
from guichet.storage import Tx, identities, probes

__all__ = [
    "ATTEMPT_LIFETIME",
    "Begun",
    "begin",
    "come_back",
]

ATTEMPT_LIFETIME = timedelta(minutes=15)
_PLACE_WINDOW, _PLACE_ATTEMPTS = timedelta(minutes=15), 200
_LONGEST_PARAMETER = 4096


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser keeps, and where it goes."""

    secret: str
    url: str


def begin(
    cases: UseCases, key: str, audience: IdentityAudience, *, territory: str = "", path: str = "", place: str
) -> Begun:
    """Begin a sign-in at a provider: the secret goes to the browser, its hash stays here.

    Raises:
        NotFound: no such provider for this audience.
        NotTrusted, ProviderSilent, TooManySignIns
    """
    if key not in {one.key for one in offered(cases, audience)}:
        raise NotFound
    secret = cases.ids.secret()
    attempt = _attempt(cases, key, audience, secret)
    url = call_provider(cases, key, lambda it, options: it.begin(attempt, options, context_for(cases, territory)))

    def act(tx: Tx) -> bool:
        if probes.count(tx, f"identity from {hash_of(place)}", _PLACE_WINDOW) > _PLACE_ATTEMPTS:
            return False
        identities.keep_attempt(
            tx,
            id_hash=hash_of(secret),
            provider=key,
            audience=audience,
            territory=territory,
            path=path,
            expires_at=tx.real_now + ATTEMPT_LIFETIME,
        )
        return True

    if not cases.store.act(act):
        raise TooManySignIns
    return Begun(secret, url)


def come_back(cases: UseCases, key: str, audience: IdentityAudience, secret: str, answer: Mapping[str, str]) -> Arrived:
    """Accept what a browser brings back from a provider, once, and give who it is.

    Raises:
        NotTrusted, ProviderSilent
    """
    attempt = _attempt(cases, key, audience, secret)
    if not secret or not compare_digest(attempt.state.encode(), answer.get("state", "").encode()):
        raise NotTrusted
    kept = cases.store.act(lambda tx: identities.take_attempt(tx, hash_of(secret)))
    if kept is None or (kept.provider, kept.audience) != (key, audience):
        raise NotTrusted
    if any(len(value) > _LONGEST_PARAMETER for value in answer.values()):
        raise NotTrusted
    context = context_for(cases, kept.territory)
    try:
        identity = call_provider(cases, key, lambda it, options: it.finish(attempt, answer, options, context))
    except (NotTrusted, ProviderSilent) as error:
        error.territory = kept.territory  # where the other ways to sign in are
        raise
    return arrived_as(cases, kept, identity)


def _attempt(cases: UseCases, key: str, audience: IdentityAudience, secret: str) -> Attempt:
    """All that is derived from the browser's secret: who has not got it can make none of these."""
    state, nonce, verifier = (hash_of(f"guichet {what} {secret}") for what in ("state", "nonce", "verifier"))
    return Attempt(audience, state, nonce, verifier, return_address(cases, key, audience))
