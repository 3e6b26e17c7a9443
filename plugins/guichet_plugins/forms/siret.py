"""The number of an establishment: nine digits of the company (SIREN), five of the establishment (NIC)."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Invalid, NoOptions, TextFieldType, Type

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")
_LA_POSTE = "356000000"  # its establishments follow another rule: the sum of the digits is a multiple of five
_LA_POSTE_HEAD_OFFICE = "35600000000048"

# Numbers the State's own test services answer to; some have no valid check digit.
_TEST_SIRETS = frozenset({"30613890001294", "13002526500001"})
_TEST_SIREN = re.compile(r"00000000\d", re.ASCII)


class Siret(TextFieldType[NoOptions]):
    """A SIRET, with or without spaces, its check digits verified."""

    key = "siret"
    Options = NoOptions
    input_mode = "numeric"

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see fourteen digits as text."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take fourteen digits that are a possible SIRET."""
        digits = _digits(text)
        is_test = digits in _TEST_SIRETS or _TEST_SIREN.fullmatch(digits[:9]) is not None
        if is_test and context.mode == "sandbox":
            return digits
        if is_test or not _luhn(digits[:9]):
            raise Invalid(
                fr=f"Vérifiez le numéro SIREN {_grouped(digits[:9])} : l'un de ses neuf chiffres ne correspond pas. "
                "Il figure sur votre avis de situation Insee ou votre extrait Kbis.",
                en=f"Check the SIREN {_grouped(digits[:9])}: one of its nine digits does not fit. "
                "It stands on your Insee notice or your Kbis extract.",
            )
        if not _fits(digits):
            raise Invalid(
                fr=f"Vérifiez les cinq derniers chiffres du SIRET ({digits[9:]}) : ils ne correspondent à aucun "
                f"établissement possible de l'entreprise {_grouped(digits[:9])}.",
                en=f"Check the last five digits of the SIRET ({digits[9:]}): they fit no possible "
                f"establishment of the company {_grouped(digits[:9])}.",
            )
        return digits

    def show(self, value: str | None, options: NoOptions, language: str) -> str:
        """Give the number in groups: 552 049 447 00018."""
        return "" if value is None else _grouped(value)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe fourteen digits."""
        return {"type": "string", "pattern": r"^[0-9 .\-]{14,25}$"}


def _digits(text: str) -> str:
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid(
            fr="Écrivez le SIRET avec des chiffres seulement, par exemple 552 049 447 00018.",
            en="Write the SIRET with digits only, for example 552 049 447 00018.",
        )
    if len(digits) == 9:
        raise Invalid(
            fr="Ajoutez les cinq chiffres de l'établissement : ce sont les 9 chiffres du SIREN, le SIRET en a 14.",
            en="Add the five digits of the establishment: these are the 9 digits of the SIREN, the SIRET has 14.",
        )
    if len(digits) != 14:
        raise Invalid(
            fr=f"Écrivez les 14 chiffres du SIRET : vous en avez donné {len(digits)}.",
            en=f"Write the 14 digits of the SIRET: you gave {len(digits)}.",
        )
    return digits


def _luhn(digits: str) -> bool:
    from stdnum import luhn  # loaded when a number is first checked, to start fast

    return luhn.is_valid(digits)


def _fits(digits: str) -> bool:
    if digits.startswith(_LA_POSTE) and digits != _LA_POSTE_HEAD_OFFICE:
        return sum(map(int, digits)) % 5 == 0
    return _luhn(digits)


def _grouped(digits: str) -> str:
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:9], digits[9:]) if part)
