"""What a provider says of itself: its addresses and its keys, fetched when needed and remembered for a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from guichet import Call, Context, Refused, Reply, Unavailable
from guichet_plugins.identity.options import OidcOptions, is_safe_address
from guichet_plugins.identity.trust import ForPerson

__all__ = ["Description", "Descriptions", "at"]

_DESCRIBED = timedelta(minutes=1)  # a provider that dies is noticed before the next browser is sent there
_KEPT = timedelta(hours=1)
_AFRESH = timedelta(seconds=10)  # keys asked for again no sooner, whatever tokens come
_PURPOSES = {
    "description": "sign-in: what the provider says of itself",
    "keys": "sign-in: the provider's keys",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Description:
    """The addresses of a provider, and whether it names itself when it sends the browser back (RFC 9207)."""

    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    end_session_endpoint: str
    names_itself: bool = False


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    value: T
    at: datetime


class Descriptions:
    """The descriptions and keys met so far, by address; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, _Kept[Any]] = {}

    def of(self, service: str, options: OidcOptions, context: Context) -> Description:
        """Give a provider's addresses: the operator's where set, the provider's own otherwise.

        Raises:
            Refused: the description is another provider's, or names an unsafe address.
            Unavailable: the provider is silent.
        """
        set_here = {name: getattr(options, name) for name in _ENDPOINTS}
        if all(set_here[name] for name in _NEEDED):
            return Description(**set_here)
        url = f"{options.base_url.rstrip('/')}{options.path}/.well-known/openid-configuration"
        call = Call(service, "GET", url, _PURPOSES["description"])
        told = self._remembered(url, context, lambda: context.outside.ask(call, _description), _DESCRIBED)
        if told.get("issuer") != options.signed_as:
            raise _misdescribed()
        found = {name: set_here[name] or _text(told, name) for name in _ENDPOINTS}
        for name, address in found.items():
            if (name in _NEEDED or address) and not is_safe_address(address):
                raise _misdescribed()
        return Description(**found, names_itself=told.get("authorization_response_iss_parameter_supported") is True)

    def keys(self, service: str, url: str, context: Context, *, afresh: bool) -> KeySet:
        """Give the keys a provider signs with; afresh, at most every ten seconds.

        Raises:
            Unavailable: the provider is silent, or gives no keys.
        """
        call = Call(service, "GET", url, _PURPOSES["keys"])
        return self._remembered(url, context, lambda: context.outside.ask(call, _keys), _AFRESH if afresh else _KEPT)

    def _remembered(self, url: str, context: Context, fetch: Callable[[], T], at_most: timedelta) -> T:
        now = at(context)
        with self._lock:
            kept = self._kept.get(url)
        if kept is not None and timedelta(0) <= now - kept.at < at_most:
            return kept.value
        value = fetch()
        with self._lock:
            self._kept[url] = _Kept(value, now)
        return value


def at(context: Context) -> datetime:
    """Give the real instant; a provider cannot be believed without one."""
    if context.now is None:
        raise Refused(fr="L’heure manque pour vérifier une identité.", en="No time was given to verify an identity.")
    return context.now


_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def _description(reply: Reply) -> Mapping[str, Any]:
    told = _object(reply)
    if not isinstance(told.get("issuer"), str):
        raise _silent()
    return told


def _object(reply: Reply) -> Mapping[str, Any]:
    told = reply.json() if reply.status == 200 else None
    if not isinstance(told, dict):
        raise _silent()
    return told


def _keys(reply: Reply) -> KeySet:
    try:
        # Only public keys: a key set that publishes shared secrets would let anyone sign.
        told = [key for key in _object(reply).get("keys", []) if isinstance(key, dict) and key.get("kty") != "oct"]
        return KeySet.import_key_set({"keys": told})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _silent() from error


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) else ""


def _silent() -> Unavailable:
    return Unavailable(
        fr="Le service d’identité ne répond pas pour le moment.", en="The identity service does not answer for now."
    )


def _misdescribed() -> ForPerson:
    return ForPerson(
        fr="Le service d’identité se décrit autrement que dans les réglages de cette installation.",
        en="The identity service describes itself otherwise than the settings of this installation.",
    )
