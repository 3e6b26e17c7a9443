"""What verified claims say of a person, as plain text: the claims kept are those named here, no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["KEPT", "claims_from", "email_from", "means_from", "siret_from"]

KEPT = (
    "given_name",
    "family_name",
    "usual_name",
    "preferred_username",
    "gender",
    "birthdate",
    "birthplace",
    "birthcountry",
    "siret",
    "organizational_unit",
    "idp_id",
)
"""The identity of a person or of their establishment; a provider's other claims are not kept."""

_LONGEST = 200
_ADDRESS = re.compile(r"[^\s@,;:<>()\"\[\]\\]{1,64}@[\w.-]{1,253}")
_SIRET = re.compile(r"[0-9]{14}", re.ASCII)


def claims_from(said: Mapping[str, Any]) -> dict[str, str]:
    """Give the claims to keep, each a short text on one line."""
    return {name: text for name in KEPT if (text := _text(said, name))}


def email_from(said: Mapping[str, Any]) -> str:
    """Give the address in lower case; empty when there is none, or when the provider says that nobody verified it."""
    if said.get("email_verified") is False:
        return ""
    text = _text(said, "email").lower()
    return text if _ADDRESS.fullmatch(text) else ""


def means_from(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Give how the person proved who they are (`amr`)."""
    means = said.get("amr")
    return tuple(one for one in means if isinstance(one, str) and len(one) < 64) if isinstance(means, list) else ()


def siret_from(said: Mapping[str, Any]) -> str:
    """Give the establishment's number; empty when there is none that could be one."""
    text = re.sub(r"\s", "", _text(said, "siret"))
    return text if _SIRET.fullmatch(text) else ""


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        return ""
    return value.strip()
