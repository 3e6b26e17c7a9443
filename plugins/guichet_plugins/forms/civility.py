"""How a person is addressed."""

from __future__ import annotations

from typing import Any

from guichet import Choice, Context, FieldType, Invalid, NoOptions, Raw, Type, choice, one_text

_SHOWN = {"madame": {"fr": "Madame", "en": "Ms"}, "monsieur": {"fr": "Monsieur", "en": "Mr"}}
_SHORT = {"mme": "madame", "m": "monsieur", "m.": "monsieur", "ms": "madame", "mrs": "madame", "mr": "monsieur"}


class Civility(FieldType[NoOptions]):
    """Madame or Monsieur."""

    key = "civility"
    Options = NoOptions
    widget = "radios"
    autocomplete = "honorific-prefix"

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see one of two codes."""
        return choice(_SHOWN)

    def parse(self, raw: Raw, options: NoOptions, context: Context) -> str | None:
        """Take the word or its short form."""
        text = one_text(raw).casefold()
        code = _SHORT.get(text, text)
        if code and code not in _SHOWN:
            raise Invalid(fr="Choisissez Madame ou Monsieur.", en="Choose Ms or Mr.")
        return code or None

    def show(self, value: str | None, options: NoOptions, language: str) -> str:
        """Give the word."""
        return "" if value is None else _SHOWN[value]["en" if language == "en" else "fr"]

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe one of two codes."""
        return {"enum": list(_SHOWN)}

    def choices(self, options: NoOptions, context: Context) -> tuple[Choice, ...]:
        """Offer both words."""
        return tuple(Choice(code, self.show(code, options, context.language)) for code in _SHOWN)
