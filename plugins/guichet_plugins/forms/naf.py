"""The activity code of a company (NAF, also called APE)."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Invalid, NoOptions, TextFieldType, Type

_CODE = re.compile(r"(\d{2})[. ]?(\d{2})[. ]?([A-Z])", re.ASCII)


class Naf(TextFieldType[NoOptions]):
    """A NAF code, kept with its point: `55.10Z`. Its shape is checked; no nomenclature is assumed."""

    key = "naf"
    Options = NoOptions

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a text, whose beginning names the division."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take four digits and a letter, with or without point."""
        found = _CODE.fullmatch(text.upper())
        if not found:
            raise Invalid(
                fr="Écrivez le code NAF (ou APE) : quatre chiffres et une lettre, par exemple 55.10Z. "
                "Il figure sur votre avis de situation Insee.",
                en="Write the NAF (or APE) code: four digits and a letter, for example 55.10Z. "
                "It stands on your Insee notice.",
            )
        return f"{found[1]}.{found[2]}{found[3]}"

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe a code."""
        return {"type": "string", "pattern": r"^\d{2}\.?\d{2}[A-Za-z]$"}
