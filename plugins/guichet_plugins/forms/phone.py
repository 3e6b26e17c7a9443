"""Telephone numbers, French ones without prefix, others with theirs."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Invalid, NoOptions, TextFieldType, Type

_SEPARATORS = re.compile(r"[\s.\-/()\u00a0\u202f]+")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
_NATIONAL = re.compile(r"0[1-9]\d{8}", re.ASCII)

# Numbers of overseas territories are dialled like others within France, and with their own prefix from abroad.
_OVERSEAS = {
    **dict.fromkeys(("0590", "0690", "0691"), "+590"),
    **dict.fromkeys(("0594", "0694"), "+594"),
    **dict.fromkeys(("0596", "0696", "0697"), "+596"),
    **dict.fromkeys(("0262", "0263", "0269", "0639", "0692", "0693"), "+262"),
    "0508": "+508",
}


class Phone(TextFieldType[NoOptions]):
    """A telephone number, kept with its international prefix."""

    key = "phone"
    Options = NoOptions
    widget = "tel"
    input_mode = "tel"
    autocomplete = "tel"

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take ten French digits, or a number with its prefix."""
        number = _SEPARATORS.sub("", text.replace("(0)", ""))
        if number.startswith("00"):
            number = f"+{number[2:]}"
        if number.startswith("+330"):  # the 0 of « 06 », which its prefix stands for
            number = f"+33{number[4:]}"
        if _NATIONAL.fullmatch(number):
            return _OVERSEAS.get(number[:4], "+33") + number[1:]
        is_french = number.startswith("+33")
        if not _INTERNATIONAL.fullmatch(number) or (is_french and len(number) != 12):
            raise Invalid(
                fr="Écrivez un numéro à dix chiffres, par exemple 06 12 34 56 78, "
                "ou avec son indicatif, par exemple +32 2 123 45 67.",
                en="Write a number of ten digits, for example 06 12 34 56 78, "
                "or with its prefix, for example +32 2 123 45 67.",
            )
        return number

    def show(self, value: str | None, options: NoOptions, language: str) -> str:
        """Give « 06 12 34 56 78 », or the number with its prefix."""
        if value is None:
            return ""
        if not value.startswith("+33"):
            return value
        digits = f"0{value[3:]}"
        return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe a number."""
        return {"type": "string", "maxLength": 30}
