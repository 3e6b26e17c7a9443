"""Yes or no."""

from __future__ import annotations

from typing import Any

from guichet import BOOLEAN, Choice, Context, FieldType, Invalid, Json, NoOptions, Raw, Type, one_text

_WORDS = {
    **dict.fromkeys(("true", "oui", "yes", "on", "1", "vrai"), True),
    **dict.fromkeys(("false", "non", "no", "off", "0", "faux"), False),
}


class Boolean(FieldType[NoOptions]):
    """A question answered by yes or no; no answer is neither."""

    key = "boolean"
    Options = NoOptions
    widget = "yes_no"

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a boolean."""
        return BOOLEAN

    def parse(self, raw: Raw, options: NoOptions, context: Context) -> bool | None:
        """Take the words for yes and no in both languages."""
        text = one_text(raw)
        if not text:
            return None
        if text.casefold() not in _WORDS:
            raise Invalid(fr="Répondez par oui ou par non.", en="Answer by yes or no.")
        return _WORDS[text.casefold()]

    def read(self, given: Json, options: NoOptions, context: Context) -> bool | None:
        """Take a JSON boolean, or text as `parse`."""
        if isinstance(given, bool):
            return given
        return super().read(given, options, context)

    def show(self, value: bool | None, options: NoOptions, language: str) -> str:
        """Give « Oui » or « Non »."""
        if value is None:
            return ""
        return _shown(language)[value]

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe a boolean."""
        return {"type": "boolean"}

    def choices(self, options: NoOptions, context: Context) -> tuple[Choice, ...]:
        """Offer yes and no."""
        shown = _shown(context.language)
        return (Choice("true", shown[True]), Choice("false", shown[False]))


def _shown(language: str) -> dict[bool, str]:
    return {True: "Yes", False: "No"} if language == "en" else {True: "Oui", False: "Non"}
