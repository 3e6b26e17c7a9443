"""Signed tokens: read with the algorithms registered and the provider's own keys, whatever their header asks for."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, OctKey
from joserfc.jws import JWSRegistry

from guichet_plugins.identity.options import ALGORITHMS, SHARED_KEY_ALGORITHMS
from guichet_plugins.identity.trust import Distrusted

__all__ = ["Keys", "read_token"]


class Keys(Protocol):
    """Gives the provider's keys, remembered or fetched afresh."""

    def __call__(self, *, afresh: bool) -> KeySet: ...


_LONGEST = 32_768
_KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
_UNREAD = ("jwk", "jku", "x5u", "crit", "b64")
"""Headers by which a token would choose its own key or change how it is read."""


def read_token(token: str, *, keys: Keys, secret: str, algorithms: Collection[str]) -> tuple[str, Mapping[str, Any]]:
    """Give the algorithm and the claims of a token whose signature holds.

    Raises:
        Distrusted: it is no signed token, by no registered algorithm, or by no key of the provider.
    """
    header = _header(token)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise Distrusted("alg")
    if algorithm in SHARED_KEY_ALGORITHMS and secret:
        return algorithm, _claims(token, OctKey.import_key(secret), algorithm)
    if algorithm not in ALGORITHMS:
        raise Distrusted("alg")
    found = _by_any(token, header, algorithm, keys(afresh=False))
    if found is None:
        found = _by_any(token, header, algorithm, keys(afresh=True))  # the provider may have changed its keys meanwhile
    if found is None:
        raise Distrusted("signature")
    return algorithm, found


def _by_any(token: str, header: Mapping[str, Any], algorithm: str, keys: KeySet) -> Mapping[str, Any] | None:
    for key in _candidates(keys, header.get("kid"), algorithm):
        try:
            return _claims(token, key, algorithm)
        except Distrusted:
            continue
    return None


def _candidates(keys: KeySet, wanted: object, algorithm: str) -> Iterator[Key]:
    """The keys that may have made a signature: named by it, made for it, of its kind."""
    fitting = [
        key
        for key in keys
        if key.key_type == _KINDS[algorithm[:2]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    ]
    if wanted is not None:
        yield from (key for key in fitting if key.kid == wanted)
    elif len(fitting) == 1:
        yield fitting[0]


def _claims(token: str, key: Key, algorithm: str) -> Mapping[str, Any]:
    try:
        # Headers nobody asked for are ignored, as RFC 7515 has it; those that must be understood were refused before.
        return jwt.decode(token, key, registry=JWSRegistry(algorithms=[algorithm], strict_check_header=False)).claims
    except (JoseError, ValueError) as error:
        raise Distrusted("signature") from error


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > _LONGEST or token.count(".") != 2 or not token.isascii():
        raise Distrusted("form")
    text = token.partition(".")[0]
    try:
        header = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise Distrusted("form") from error
    if not isinstance(header, dict) or any(name in header for name in _UNREAD):
        raise Distrusted("header")
    return header
