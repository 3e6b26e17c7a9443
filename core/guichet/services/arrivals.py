"""Who came back from another site: known there, and here either a person or nobody yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from guichet.model.records import IdentityAttempt, IdentityAudience
from guichet.plugin.contracts import Identity
from guichet.services.cases import UseCases
from guichet.storage import Tx, identities

__all__ = ["ARRIVAL_LIFETIME", "Arrived", "arrival_of", "arrived_as", "hash_of", "take_arrival"]

ARRIVAL_LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back: the person known under that subject, or nobody yet with the secret of the arrival."""

    provider: str
    identity: Identity
    territory: str
    path: str
    person: str = ""
    identity_id: str = ""
    secret: str = ""


def arrival_of(cases: UseCases, secret: str, audience: IdentityAudience) -> Arrived | None:
    """Give who came back and is nobody's yet, while that can still be settled."""
    if not secret:
        return None
    kept = cases.store.read(lambda tx: identities.living_attempt(tx, hash_of(secret)))
    if kept is None or kept.arrived is None or kept.audience != audience:
        return None
    return Arrived(kept.provider, _from_kept(kept.arrived), kept.territory, kept.path, secret=secret)


def take_arrival(tx: Tx, secret: str, audience: IdentityAudience) -> tuple[str, Identity] | None:
    """Use an arrival up inside an act and give provider and identity."""
    kept = identities.take_attempt(tx, hash_of(secret)) if secret else None
    if kept is None or kept.arrived is None or kept.audience != audience:
        return None
    return kept.provider, _from_kept(kept.arrived)


def arrived_as(cases: UseCases, kept: IdentityAttempt, identity: Identity) -> Arrived:
    """The person of a subject; for an unknown one an arrival is kept, under a secret of its own."""
    secret = cases.ids.secret()

    def act(tx: Tx) -> Arrived:
        known = identities.by_subject(tx, kept.audience, identity.issuer, identity.subject)
        if known is not None:
            identities.say_again(tx, known.id, email=identity.email, claims=identity.claims)
            return Arrived(kept.provider, identity, kept.territory, kept.path, known.person, known.id)
        identities.keep_attempt(
            tx,
            id_hash=hash_of(secret),
            provider=kept.provider,
            audience=kept.audience,
            territory=kept.territory,
            path=kept.path,
            expires_at=tx.real_now + ARRIVAL_LIFETIME,
            arrived=_as_kept(identity),
        )
        return Arrived(kept.provider, identity, kept.territory, kept.path, secret=secret)

    return cases.store.act(act)


def hash_of(text: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _as_kept(identity: Identity) -> dict[str, Any]:
    return {name: getattr(identity, name) for name in Identity.__slots__} | {
        "claims": dict(identity.claims),
        "means": list(identity.means),
    }


def _from_kept(kept: Mapping[str, Any]) -> Identity:
    read: dict[str, Any] = {**kept, "means": tuple(kept["means"])}
    return Identity(**read)
