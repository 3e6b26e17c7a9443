"""Signing in through another site: begun once, accepted back once, and only for whom the site vouches.

The browser holds one secret. State, nonce and PKCE verifier are derived from it, and the database keeps its hash: what
comes back is worth nothing without the browser that left, and nothing a second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar

from guichet.locale import Language
from guichet.model.records import IdentityAttempt, IdentityAudience, SessionIdentity
from guichet.plugin import PluginFailed, PluginSetAside
from guichet.plugin.contracts import Attempt, Context, Identity, PluginError, Unavailable
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, Refused
from guichet.services.sessions import session_hash
from guichet.services.sign_in import TooManySignIns
from guichet.storage import Tx, identities, probes

__all__ = [
    "ARRIVAL_LIFETIME",
    "ATTEMPT_LIFETIME",
    "Arrived",
    "Begun",
    "NotTrusted",
    "Offered",
    "ProviderSilent",
    "arrival_of",
    "begin",
    "come_back",
    "leaving_address",
    "linked_providers",
    "note_session",
    "offered",
    "provider_name",
    "return_address",
    "take_arrival",
]

ATTEMPT_LIFETIME = timedelta(minutes=15)
ARRIVAL_LIFETIME = timedelta(minutes=30)
_PLACE_WINDOW, _PLACE_ATTEMPTS = timedelta(minutes=15), 200
_LONGEST_PARAMETER = 4096
_LOG = logging.getLogger("guichet.identity")

T = TypeVar("T")


class NotTrusted(Refused):
    """What came back is not what left with this browser, was used, has expired, or cannot be verified.

    `text` holds the provider's own sentence in each language when the person can do something about it.
    """

    def __init__(self, text: Mapping[str, str] | None = None) -> None:
        self.text = dict(text or {})
        self.territory = ""
        super().__init__("identity_not_trusted")


class ProviderSilent(Refused):
    """The provider is dead or set aside for now; the other ways to sign in remain."""

    def __init__(self) -> None:
        self.territory = ""
        super().__init__("identity_silent")


@dataclass(frozen=True, slots=True)
class Offered:
    """A provider as the sign-in page offers it."""

    key: str
    label: str
    about: str
    picture: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser keeps, and where it goes."""

    secret: str
    url: str


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


def offered(cases: UseCases, audience: IdentityAudience, language: Language = "fr") -> tuple[Offered, ...]:
    """Give the providers this installation has settings for, as their buttons read; a broken one is left out."""
    found: list[Offered] = []
    for key in sorted(cases.plugins.identity_providers):
        if key not in cases.services:
            continue
        provider, options = cases.plugins.identity_providers[key], _options(cases, key)
        try:
            door = _call(cases, key, lambda p=provider, o=options: p.door(o, _context(cases, language=language)))
        except Refused:
            continue
        if audience in door.audiences:
            found.append(Offered(key, door.label.text(language), door.about.text(language), door.picture))
    return tuple(found)


def provider_name(cases: UseCases, key: str, language: Language = "fr") -> str:
    """Give what sentences call a provider; its key once the installation has no settings for it any more."""
    if key not in cases.services or key not in cases.plugins.identity_providers:
        return key
    provider, options = cases.plugins.identity_providers[key], _options(cases, key)
    try:
        return _call(cases, key, lambda: provider.door(options, _context(cases))).name.text(language)
    except Refused:
        return key


def linked_providers(cases: UseCases, audience: IdentityAudience, person: str) -> frozenset[str]:
    """Give the keys of the providers that know a person."""
    if not cases.services:
        return frozenset()
    return frozenset(one.provider for one in cases.store.read(lambda tx: identities.of_person(tx, audience, person)))


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
    provider, options = cases.plugins.identity_providers[key], _options(cases, key)
    url = _call(cases, key, lambda: provider.begin(attempt, options, _context(cases, territory)))

    def act(tx: Tx) -> bool:
        if probes.count(tx, f"identity from {_digest(place)}", _PLACE_WINDOW) > _PLACE_ATTEMPTS:
            return False
        identities.keep_attempt(
            tx,
            id_hash=_digest(secret),
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
    kept = cases.store.act(lambda tx: identities.take_attempt(tx, _digest(secret)))
    if kept is None or (kept.provider, kept.audience) != (key, audience):
        raise NotTrusted
    if any(len(value) > _LONGEST_PARAMETER for value in answer.values()):
        raise NotTrusted
    provider, options = cases.plugins.identity_providers[key], _options(cases, key)
    context = _context(cases, kept.territory)
    try:
        identity = _call(cases, key, lambda: provider.finish(attempt, answer, options, context))
    except (NotTrusted, ProviderSilent) as error:
        error.territory = kept.territory  # where the other ways to sign in are
        raise
    return _who(cases, kept, identity)


def arrival_of(cases: UseCases, secret: str, audience: IdentityAudience) -> Arrived | None:
    """Give who came back and is nobody's yet, while that can still be settled."""
    if not secret:
        return None
    kept = cases.store.read(lambda tx: identities.living_attempt(tx, _digest(secret)))
    if kept is None or kept.arrived is None or kept.audience != audience:
        return None
    return Arrived(kept.provider, identity_from(kept.arrived), kept.territory, kept.path, secret=secret)


def take_arrival(tx: Tx, secret: str, audience: IdentityAudience) -> tuple[str, Identity] | None:
    """Use an arrival up inside an act and give provider and identity."""
    kept = identities.take_attempt(tx, _digest(secret)) if secret else None
    if kept is None or kept.arrived is None or kept.audience != audience:
        return None
    return kept.provider, identity_from(kept.arrived)


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
    provider, options = cases.plugins.identity_providers[said.provider], _options(cases, said.provider)
    return_to = return_address(cases, said.provider, audience, "deconnecte")
    context = _context(cases)
    try:
        url = _call(cases, said.provider, lambda: provider.leave(said.hint, state, return_to, options, context))
    except Refused:
        return said.provider, ""
    return said.provider, url


def return_address(cases: UseCases, key: str, audience: IdentityAudience, page: str = "retour") -> str:
    """Give the one address a provider sends a browser back to, for an audience."""
    return f"{cases.base_url}{'/agents' if audience == 'agent' else ''}/connexion/{key}/{page}"


def identity_as_json(identity: Identity) -> dict[str, Any]:
    """Give an identity as an arrival keeps it."""
    return {name: getattr(identity, name) for name in Identity.__slots__} | {
        "claims": dict(identity.claims),
        "means": list(identity.means),
    }


def identity_from(kept: Mapping[str, Any]) -> Identity:
    """Give the identity that an arrival kept."""
    read: dict[str, Any] = {**kept, "means": tuple(kept["means"])}
    return Identity(**read)


def _who(cases: UseCases, kept: IdentityAttempt, identity: Identity) -> Arrived:
    """The person of a subject; for an unknown one an arrival is kept, under a secret of its own."""
    secret = cases.ids.secret()

    def act(tx: Tx) -> Arrived:
        known = identities.by_subject(tx, kept.audience, identity.issuer, identity.subject)
        if known is not None:
            identities.say_again(tx, known.id, email=identity.email, claims=identity.claims)
            return Arrived(kept.provider, identity, kept.territory, kept.path, known.person, known.id)
        identities.keep_attempt(
            tx,
            id_hash=_digest(secret),
            provider=kept.provider,
            audience=kept.audience,
            territory=kept.territory,
            path=kept.path,
            expires_at=tx.real_now + ARRIVAL_LIFETIME,
            arrived=identity_as_json(identity),
        )
        return Arrived(kept.provider, identity, kept.territory, kept.path, secret=secret)

    return cases.store.act(act)


def _attempt(cases: UseCases, key: str, audience: IdentityAudience, secret: str) -> Attempt:
    """All that is derived from the browser's secret: who has not got it can make none of these."""
    state, nonce, verifier = (_digest(f"guichet {what} {secret}") for what in ("state", "nonce", "verifier"))
    return Attempt(audience, state, nonce, verifier, return_address(cases, key, audience))


def _call(cases: UseCases, key: str, work: Callable[[], T]) -> T:
    """A provider's work, its ways of failing told apart; the log says which, the page only what to do."""
    try:
        return cases.plugins.call(f"identity_providers:{key}", work)
    except Unavailable as error:
        _LOG.warning("identity provider %s is silent: %s", key, error)
        raise ProviderSilent from error
    except PluginRefused as error:
        _LOG.warning("identity provider %s: %s", key, error)
        raise NotTrusted({"fr": error.reason.fr, "en": error.reason.en}) from error
    except (PluginError, PluginFailed, PluginSetAside) as error:
        # What broke, by its kind alone: its text and its trace may quote a token.
        kind = type(error.__cause__ or error).__name__
        _LOG.error("identity provider %s failed: %s", key, kind)
        raise ProviderSilent from error


def _options(cases: UseCases, key: str) -> Any:
    return cases.service_options(cases.plugins.identity_providers[key])


def _context(cases: UseCases, territory: str = "", language: Language = "fr") -> Context:
    return replace(cases.context(territory, language), now=cases.clock.now())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
