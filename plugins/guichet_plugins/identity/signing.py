"""The keys of a stand-in: one published, one foreign, and the tokens it signs, rightly or as a lie asks."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cached_property
from hmac import digest
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey
from joserfc.jws import JWSRegistry

__all__ = ["Signer"]


class Signer:
    """Signs what it is given with RS256, unless told otherwise."""

    def __init__(self) -> None:
        self.rotations = 0
        self._retired: list[Key] = []

    @cached_property
    def key(self) -> RSAKey:
        """The key in use."""
        return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": f"rsa-{self.rotations}"})

    @cached_property
    def curve(self) -> ECKey:
        """The key of who registered ES256."""
        return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256", "kid": "ec-0"})

    @cached_property
    def foreign(self) -> RSAKey:
        """A key of somebody else, who borrows the name of the one in use."""
        return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": str(self.key.kid)})

    def rotate(self) -> None:
        """Take another key from now on; the old one is no longer published."""
        self.rotations += 1
        del self.__dict__["key"]
        self.__dict__.pop("foreign", None)

    def published(self) -> dict[str, Any]:
        """Give the keys as the provider publishes them."""
        return {"keys": [self.key.as_dict(private=False), self.curve.as_dict(private=False)]}

    def sign(self, claims: Mapping[str, Any], secret: str, lies: Mapping[str, Any]) -> str:
        """Give the token of claims; `lies` may name another `alg`, `key` or `header`."""
        algorithm, which = lies.get("alg", "RS256"), lies.get("key", "")
        if which == "published":  # the oldest trick: the public key taken for a shared secret
            return _by_hand(claims, {"alg": algorithm, "kid": self.key.kid}, self.key.as_pem(private=False))
        key = self._key(algorithm, secret, which)
        named = {"kid": key.kid} if isinstance(key, RSAKey | ECKey) else {}
        header = {"alg": algorithm, "typ": "JWT", **named, **lies.get("header", {})}
        header = {name: value for name, value in header.items() if value is not None}
        if algorithm.lower() == "none":
            return f"{_part(header)}.{_part(claims)}."
        whole = {name: value for name, value in header.items() if name not in ("crit", "b64")}
        registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        signed = jwt.encode(whole, dict(claims), key, registry=registry)
        return signed if whole == header else _headed(signed, header)

    def _key(self, algorithm: str, secret: str, which: str) -> Key:
        if which == "foreign":
            return self.foreign
        if algorithm.startswith("HS"):
            return OctKey.import_key(which or secret)
        return self.curve if algorithm.startswith("ES") else self.key


def _by_hand(claims: Mapping[str, Any], header: Mapping[str, Any], key: bytes) -> str:
    """A token that no library would sign."""
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{urlsafe_b64encode(digest(key, signed.encode(), 'sha256')).decode().rstrip('=')}"


def _headed(signed: str, header: Mapping[str, Any]) -> str:
    """A token under another header than the one that was signed."""
    _, claims, signature = signed.split(".")
    return f"{_part(header)}.{claims}.{signature}"


def _part(told: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(dict(told)).encode()).decode().rstrip("=")
