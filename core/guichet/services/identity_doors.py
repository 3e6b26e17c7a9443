"""The doors that other sites offer to sign in: which there are, what they are called, and how one is asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from guichet.locale import Language
from guichet.model.records import IdentityAudience
from guichet.plugin import PluginFailed, PluginSetAside
from guichet.plugin.contracts import Context, IdentityProvider, PluginError, Unavailable
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.storage import identities

__all__ = [
    "NotTrusted",
    "Offered",
    "ProviderSilent",
    "call_provider",
    "context_for",
    "linked_providers",
    "offered",
    "provider_name",
    "return_address",
]

_LOG = logging.getLogger("guichet.identity")
_T = TypeVar("_T")


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


def offered(cases: UseCases, audience: IdentityAudience, language: Language = "fr") -> tuple[Offered, ...]:
    """Give the providers this installation has settings for, as their buttons read; a broken one is left out."""
    found: list[Offered] = []
    for key in sorted(cases.plugins.identity_providers):
        if key not in cases.services:
            continue
        try:
            door = call_provider(
                cases, key, lambda it, options: it.door(options, context_for(cases, language=language))
            )
        except Refused:
            continue
        if audience in door.audiences:
            found.append(Offered(key, door.label.text(language), door.about.text(language), door.picture))
    return tuple(found)


def provider_name(cases: UseCases, key: str, language: Language = "fr") -> str:
    """Give what sentences call a provider; its key once the installation has no settings for it any more."""
    if key not in cases.services or key not in cases.plugins.identity_providers:
        return key
    try:
        return call_provider(cases, key, lambda it, options: it.door(options, context_for(cases))).name.text(language)
    except Refused:
        return key


def linked_providers(cases: UseCases, audience: IdentityAudience, person: str) -> frozenset[str]:
    """Give the keys of the providers that know a person."""
    if not cases.services:
        return frozenset()
    return frozenset(one.provider for one in cases.store.read(lambda tx: identities.of_person(tx, audience, person)))


def return_address(cases: UseCases, key: str, audience: IdentityAudience, page: str = "retour") -> str:
    """Give the one address a provider sends a browser back to, for an audience."""
    return f"{cases.base_url}{'/agents' if audience == 'agent' else ''}/connexion/{key}/{page}"


def call_provider(cases: UseCases, key: str, work: Callable[[IdentityProvider[Any], Any], _T]) -> _T:
    """What a provider answers, asked with the settings of this installation.

    Its ways of failing are told apart; the log says which, the page only what to do.

    Raises:
        NotTrusted: It refuses what it was given, with a sentence for the person.
        ProviderSilent: It does not answer, broke or is set aside.
    """
    provider = cases.plugins.identity_providers[key]
    options = cases.service_options(provider)
    try:
        return cases.plugins.call(f"identity_providers:{key}", lambda: work(provider, options))
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


def context_for(cases: UseCases, territory: str = "", language: Language = "fr") -> Context:
    """What a provider is told of the place; its now is the real one, as tokens expire by it."""
    return replace(cases.context(territory, language), now=cases.clock.now())
