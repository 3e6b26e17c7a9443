"""A short or a long text."""

from __future__ import annotations

from typing import Any

from guichet import TEXT, Context, Invalid, Options, TextFieldType, Type, Whole


class TextOptions(Options):
    """How long the text may be, in characters."""

    french = {
        "max_length": "La plus grande longueur acceptée.",
        "min_length": "La plus petite longueur acceptée.",
    }

    max_length: Whole = 250
    """The longest text taken."""
    min_length: Whole = 0
    """The shortest text taken."""


class LongTextOptions(Options):
    """How long the text may be, in characters."""

    french = {
        "max_length": "La plus grande longueur acceptée.",
        "min_length": "La plus petite longueur acceptée.",
    }

    max_length: Whole = 4000
    """The longest text taken."""
    min_length: Whole = 0
    """The shortest text taken."""


class ShortText(TextFieldType[TextOptions]):
    """One line of text."""

    key = "text"
    Options = TextOptions
    widget = "text"

    def rule_type(self, options: TextOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: TextOptions, context: Context) -> str:
        """Take the text as it is, its length checked."""
        return _of_length(text, options.min_length, options.max_length)

    def json_schema(self, options: TextOptions) -> dict[str, Any]:
        """Describe a text."""
        return {"type": "string", "maxLength": options.max_length}


class LongText(TextFieldType[LongTextOptions]):
    """Several lines of text."""

    key = "long_text"
    Options = LongTextOptions
    widget = "textarea"
    multiline = True

    def rule_type(self, options: LongTextOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: LongTextOptions, context: Context) -> str:
        """Take the text as it is, its length checked."""
        return _of_length(text, options.min_length, options.max_length)

    def json_schema(self, options: LongTextOptions) -> dict[str, Any]:
        """Describe a text."""
        return {"type": "string", "maxLength": options.max_length}


def _of_length(text: str, shortest: int, longest: int) -> str:
    if len(text) > longest:
        raise Invalid(
            fr=f"Raccourcissez votre réponse : {len(text)} caractères sur {longest} possibles.",
            en=f"Shorten your answer: {len(text)} characters out of {longest} possible.",
        )
    if len(text) < shortest:
        raise Invalid(
            fr=f"Complétez votre réponse : {shortest} caractères au moins.",
            en=f"Complete your answer: at least {shortest} characters.",
        )
    return text
