"""A plugin in one file, as short as one can be: the number of an association (RNA)."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, FieldType, Invalid, NoOptions, TextFieldType, Type, hookimpl


class Rna(TextFieldType[NoOptions]):
    """The number of an association: W and nine digits."""

    key = "rna"
    Options = NoOptions

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take W and nine digits, with or without spaces."""
        number = re.sub(r"\s", "", text).upper()
        if not re.fullmatch(r"W\d{9}", number, re.ASCII):
            raise Invalid(
                fr="Écrivez le numéro RNA : W suivi de neuf chiffres, par exemple W751234567.",
                en="Write the RNA number: W and nine digits, for example W751234567.",
            )
        return number

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe the number."""
        return {"type": "string", "pattern": r"^[Ww][\d ]{9,20}$"}


@hookimpl
def register_field_types() -> list[FieldType[Any]]:
    """Give the field type to Guichet."""
    return [Rna()]
