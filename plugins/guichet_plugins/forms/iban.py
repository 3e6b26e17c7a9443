"""The number of a bank account."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Flag, Invalid, Options, Text, TextFieldType, Type

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")

# The countries and territories of the SEPA schemes, by the prefix of their IBAN.
_SEPA_PREFIXES = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM VA"
)
_SEPA = frozenset(_SEPA_PREFIXES.split())


class IbanOptions(Options):
    """Which accounts are taken, and whether the number is shown in full."""

    french = {
        "countries": "Les préfixes acceptés, comme FR et MC ; toute la zone SEPA quand il n'y en a pas.",
        "masked": "Seuls les quatre premiers et les quatre derniers caractères sont montrés.",
    }

    countries: tuple[Text, ...] = ()
    """Prefixes taken, such as FR and MC; all of the SEPA area when empty."""
    masked: Flag = True
    """The first and last four characters only are shown."""


class Iban(TextFieldType[IbanOptions]):
    """An IBAN, with or without spaces, its check digits and its country's shape verified."""

    key = "iban"
    Options = IbanOptions

    def rule_type(self, options: IbanOptions) -> Type:
        """Rules see the number as text."""
        return TEXT

    def from_text(self, text: str, options: IbanOptions, context: Context) -> str:
        """Take an IBAN whose digits fit, of a country that can be paid."""
        from schwifty import IBAN  # reads a register of banks of several megabytes: only when needed
        from schwifty.exceptions import SchwiftyException  # as above

        number = _SEPARATORS.sub("", text).upper().removeprefix("IBAN").removeprefix(":")
        if number[:2].isdigit():
            raise Invalid(
                fr="Écrivez l'IBAN en entier : il commence par deux lettres, FR en France. Il figure sur votre RIB.",
                en="Write the whole IBAN: it starts with two letters, FR for France. It stands on your bank details.",
            )
        taken = frozenset(options.countries) or _SEPA
        if number[:2] not in taken:
            listed = ", ".join(sorted(options.countries))
            raise Invalid(
                fr=f"Donnez un compte dont l'IBAN commence par {listed}."
                if listed
                else "Donnez un compte de la zone SEPA : l'IBAN commence par FR pour la France.",
                en=f"Give an account whose IBAN starts with {listed}."
                if listed
                else "Give an account of the SEPA area: the IBAN starts with FR for France.",
            )
        try:
            return str(IBAN(number, validate_bban=True))
        except SchwiftyException as error:
            raise Invalid(
                fr="Vérifiez l'IBAN : l'un de ses caractères ne correspond pas. Recopiez-le depuis votre RIB.",
                en="Check the IBAN: one of its characters does not fit. Copy it from your bank details.",
            ) from error

    def show(self, value: str | None, options: IbanOptions, language: str) -> str:
        """Give the number in groups of four, its middle hidden unless the declaration shows it."""
        if value is None:
            return ""
        return f"{value[:4]} … {value[-4:]}" if options.masked else _in_groups(value)

    def show_before_filing(self, value: str | None, options: IbanOptions, language: str) -> str:
        """Give the whole number in groups of four: who types a wrong one is paid nothing, so it is reread."""
        return "" if value is None else _in_groups(value)

    def json_schema(self, options: IbanOptions) -> dict[str, Any]:
        """Describe an IBAN."""
        return {"type": "string", "minLength": 15, "maxLength": 50}


def _in_groups(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
