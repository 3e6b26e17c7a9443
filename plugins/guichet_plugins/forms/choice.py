"""One of several, or several of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guichet import (
    Choice,
    Context,
    FieldType,
    Identifier,
    Invalid,
    Json,
    Options,
    Raw,
    Text,
    Type,
    Whole,
    choice,
    list_of,
    one_text,
)


class ChoiceOptions(Options):
    """What may be chosen: a code and its label, in order."""

    french = {
        "choices": "Code → libellé ; les règles lisent le code.",
    }

    choices: dict[Identifier, Text]
    """Code → label; rules see the code."""


class MultipleChoiceOptions(ChoiceOptions):
    """What may be chosen, and how many at most."""

    french = {
        "max_chosen": "Combien de réponses au plus.",
    }

    max_chosen: Whole | None = None
    """How many may be chosen at most."""


class OneChoice(FieldType[ChoiceOptions]):
    """One answer out of a list."""

    key = "choice"
    Options = ChoiceOptions
    widget = "radios"

    def rule_type(self, options: ChoiceOptions) -> Type:
        """Rules see one of the codes."""
        return choice(options.choices)

    def parse(self, raw: Raw, options: ChoiceOptions, context: Context) -> str | None:
        """Take a code of the list."""
        text = one_text(raw)
        return _known(text, options) if text else None

    def show(self, value: str | None, options: ChoiceOptions, language: str) -> str:
        """Give the label."""
        return "" if value is None else options.choices.get(value, value)

    def json_schema(self, options: ChoiceOptions) -> dict[str, Any]:
        """Describe one of the codes."""
        return {"enum": list(options.choices)}

    def choices(self, options: ChoiceOptions, context: Context) -> tuple[Choice, ...]:
        """Offer the list, in its order."""
        return _offered(options)


class MultipleChoice(FieldType[MultipleChoiceOptions]):
    """Several answers out of a list, kept in the order of the list."""

    key = "multiple_choice"
    Options = MultipleChoiceOptions
    widget = "checkboxes"

    def rule_type(self, options: MultipleChoiceOptions) -> Type:
        """Rules see a set of the codes."""
        return list_of(choice(options.choices))

    def parse(self, raw: Raw, options: MultipleChoiceOptions, context: Context) -> tuple[str, ...] | None:
        """Take codes of the list, each once."""
        given = [raw] if isinstance(raw, str) else raw
        if given is None:
            return None
        if not isinstance(given, Sequence):
            raise Invalid(fr="Cochez une ou plusieurs réponses.", en="Tick one or more answers.")
        chosen = {_known(text, options) for text in (one_text(item) for item in given) if text}
        if options.max_chosen is not None and len(chosen) > options.max_chosen:
            raise Invalid(
                fr=f"Choisissez {options.max_chosen} réponses au plus.",
                en=f"Choose at most {options.max_chosen} answers.",
            )
        return tuple(code for code in options.choices if code in chosen) or None

    def read(self, given: Json, options: MultipleChoiceOptions, context: Context) -> tuple[str, ...] | None:
        """Take a JSON list of codes."""
        if isinstance(given, Sequence) and not isinstance(given, str):
            return self.parse([one_text(item) if isinstance(item, str) else "?" for item in given], options, context)
        return super().read(given, options, context)

    def dump(self, value: tuple[str, ...] | None, options: MultipleChoiceOptions) -> Json:
        """Keep a list of codes."""
        return None if value is None else list(value)

    def load(self, stored: Any, options: MultipleChoiceOptions) -> tuple[str, ...] | None:
        """Give back the codes."""
        return None if stored is None else tuple(stored)

    def show(self, value: tuple[str, ...] | None, options: MultipleChoiceOptions, language: str) -> str:
        """Give the labels, with commas."""
        return ", ".join(options.choices.get(code, code) for code in value or ())

    def json_schema(self, options: MultipleChoiceOptions) -> dict[str, Any]:
        """Describe a list of the codes."""
        return {"type": "array", "items": {"enum": list(options.choices)}, "uniqueItems": True}

    def choices(self, options: MultipleChoiceOptions, context: Context) -> tuple[Choice, ...]:
        """Offer the list, in its order."""
        return _offered(options)


def _offered(options: ChoiceOptions) -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for code, label in options.choices.items())


def _known(text: str, options: ChoiceOptions) -> str:
    if text not in options.choices:
        raise Invalid(
            fr="Choisissez une réponse de la liste.",
            en="Choose an answer of the list.",
        )
    return text
