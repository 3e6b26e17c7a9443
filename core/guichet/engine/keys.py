"""What identifies: the company behind a dossier, the account to be paid, the key a grant is limited by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.model.plain_keys import plain_address, plain_key
from guichet.model.scheme import Grants


def siren_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> str | None:
    """The nine digits of the company, from the first SIRET of the form."""
    return siret_of(compiled, answers)[:9] or None


def siret_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> str:
    """The fourteen digits of the establishment, from the first SIRET of the form; empty without one."""
    field = compiled.field_of_type("siret")
    siret = answers.get(field.id) if field is not None else None
    return str(siret) if siret else ""


def grant_key_of(compiled: CompiledScheme, answers: Mapping[str, Any], limited_by: Grants | None = None) -> str | None:
    """The value a grant is limited by, as the scheme or a later publication says it; None without, or unanswered."""
    grants = limited_by or compiled.scheme.grants
    if grants is None:
        return None
    values = [_part_of(compiled, answers, name) for name in grants.one_per]
    if None in values:
        return None
    if len(values) == 1:
        return key_of(str(values[0]))
    return " + ".join(plain_key(str(value)) or str(value) for value in values)


def _part_of(compiled: CompiledScheme, answers: Mapping[str, Any], name: str) -> Any:
    if name == "siren" and "siren" not in compiled.fields:
        return siren_of(compiled, answers)
    return answers.get(name)


def key_of(value: str) -> str:
    """One answer as grants are limited by it: said alike is the same, but the dots of an address tell two boxes apart.

    >>> key_of("DUPONT  Léa"), key_of("Jean.Roy@Exemple.fr"), key_of("123 456 782 00010")
    ('dupontlea', 'jean.roy@exemple.fr', '12345678200010')
    """
    return plain_address(value) if "@" in value else plain_key(value) or value


def iban_hash_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> str | None:
    """The SHA-256 of the account to be paid, by which two dossiers with the same account find each other."""
    payment = compiled.scheme.payment
    iban = answers.get(payment.payee.iban) if payment is not None else None
    return hashlib.sha256(str(iban).encode()).hexdigest() if iban else None


def payee_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> str | None:
    """The exact name of the holder of the account."""
    payment = compiled.scheme.payment
    name = answers.get(payment.payee.name) if payment is not None else None
    return str(name) if name else None


def title_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> str:
    """What the work table calls a dossier; empty when the form says nothing of the kind."""
    name = compiled.scheme.title_from
    value = answers.get(name) if name is not None else payee_of(compiled, answers)
    return str(value) if value else ""
