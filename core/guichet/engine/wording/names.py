"""What rules name, as people read it: questions by their label, choices by theirs, values in the language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, cast

from guichet.catalogue import PARAMETER_TYPES, CompiledField, CompiledScheme
from guichet.language import UNAVAILABLE, Type, tree
from guichet.locale import Language, Texts, format_day, format_money, format_number, typeset
from guichet.model.parameters import value_on
from guichet.plugin.contracts import Column

__all__ = ["MISSING", "Names", "as_line", "as_sentence", "show_answer", "show_value", "with_name"]

MISSING = "–"
"""What a text shows for a value that is not known."""
_BREAKS = re.compile(r"[ \n\t]+")
_PLACES = "territories"
"""The nomenclature of the ids of territories."""
WORDS_ONLY: Final = ("choice", "text", "boolean", "list")
COUNTS: Final = ("integer", "decimal")
"""Numbers that a question may give a unit."""
_FACTS = ("filed_on", "decided_on", "territory", "other_dossiers", "computed_amount")


class Names:
    """The names of one scheme in one language.

    Args:
        on: The day whose value follows the name of each parameter; without it, parameters are named alone.
    """

    def __init__(self, compiled: CompiledScheme, language: Language = "fr", on: date | None = None) -> None:
        self.compiled = compiled
        self.on = on
        self.language: Language = language
        self.say = Texts(language)
        self._rule_types: dict[str, Type | None] = {}

    @cached_property
    def _choices(self) -> Mapping[str, str]:
        """The labels of choices by code; the first question that offers a code names it."""
        found: dict[str, str] = {}
        for field in self.compiled.fields.values():
            choices: Mapping[str, str] = getattr(field.options, "choices", {})
            for code, label in choices.items():
                found.setdefault(code, label)
        return found

    def label(self, name: str) -> str:
        """A name without quotes; a definition without label is read by its id: `solde_net` is « solde net »."""
        field = self.compiled.fields.get(name)
        if field is not None and field.declaration.label:
            return field.declaration.label.rstrip(" ?\u00a0\u202f")
        parameter = self.compiled.scheme.parameters.get(name)
        if parameter is not None:
            return parameter.label
        for version in self.compiled.scheme.rules.values():
            named = version.scales.get(name) or version.amounts.get(name) or version.define.get(name)
            if named is not None and named.label:
                return named.label
        return self.say(f"wording.{name}") if self._is_fact(name) else name.replace("_", " ")

    def quoted(self, name: str) -> str:
        """A name inside a sentence, quoted; what everyone knows (the day of filing) is not."""
        key = f"wording.the_{name}" if self._is_fact(name) else "wording.quoted"
        said = self.say(key, what=self.label(name))
        parameter = self.compiled.scheme.parameters.get(name)
        if self.on is None or parameter is None or (value := value_on(parameter, self.on)) is None:
            return said
        return f"{said} ({self.value(value, PARAMETER_TYPES[parameter.type])})"

    def _is_fact(self, name: str) -> bool:
        return name in _FACTS and name not in self.compiled.fields

    def listed(self, name: str) -> str:
        """The label of a reference list, quoted."""
        declared = self.compiled.scheme.lists.get(name)
        return self.say("wording.quoted", what=(declared.label if declared else "") or name)

    def list_column(self, name: str, column: str) -> str:
        """A column of a list, quoted; those of another scheme's grants in words."""
        declared = self.compiled.scheme.lists.get(name)
        granted = declared is not None and declared.scheme is not None
        if granted and column in ("reference", "amount", "granted_on", "paid"):
            return self.say(f"wording.grant_{column}")
        return self.say("wording.quoted", what=column.replace("_", " "))

    def coded(self, name: str) -> str:
        """The label of a list of codes, quoted."""
        return self.say("wording.quoted", what=self.compiled.scheme.codes[name].label or name.replace("_", " "))

    def codes(self, name: str) -> str:
        """The label of a list of codes, quoted, and how its codes begin, each named where its nomenclature does."""
        declared, label = self.compiled.scheme.codes[name], self.coded(name)
        key = "wording.codes_except" if declared.but else "wording.codes"
        named = [
            [self._named(code, declared.nomenclature or "") for code in some] for some in (declared.codes, declared.but)
        ]
        plain = [list(declared.codes), list(declared.but)]
        comma = self.say("wording.comma" if named == plain else "wording.semicolon")
        codes, but = (comma.join(some) for some in named)
        return self.say(key, list=label, codes=codes, but=but)

    def _named(self, code: str, nomenclature: str) -> str:
        name = self.compiled.code_name(nomenclature, code)
        return self.say("wording.code", code=code, name=name) if name else code

    def answer(self, node: tree.Node, value: object) -> str:
        """What a function or a fact answers, as its nomenclature names it; empty where none does."""
        if isinstance(node, tree.External):
            return self.compiled.code_name(node.signature.nomenclature, str(value))
        of_place = isinstance(node, tree.Read) and node.name == "territory" and self._is_fact("territory")
        return self.compiled.code_name(_PLACES, str(value)) if of_place else ""

    def column(self, rows: str, column: str) -> str:
        """The label of a column of repeated rows, quoted."""
        field = self.compiled.fields.get(rows)
        declared = field.declaration.fields.get(column) if field is not None else None
        return self.say("wording.quoted", what=(declared.label if declared else "") or column.replace("_", " "))

    def chosen(self, rows: str, column: str, code: object) -> str:
        """The label of a choice of a column of repeated rows, the code where there is none."""
        field = self.compiled.fields.get(rows)
        asked: Mapping[str, Column] = getattr(field.options, "fields", {}) if field is not None else {}
        choices: Mapping[str, str] = getattr(asked[column].options, "choices", {}) if column in asked else {}
        return choices.get(str(code), str(code))

    def value(self, value: Any, kind: Type | None, name: str = "") -> str:
        """A run-time value as people read it; a choice by its label, a count with the unit of its question."""
        if value is None or value is UNAVAILABLE:
            return MISSING
        field = self.compiled.fields.get(name)
        if field is not None and not isinstance(value, bool) and self._rule_type(field) == kind:
            return show_answer(self.compiled, field, value, self.language)
        if kind is not None and kind.kind in ("choice", "list") and isinstance(value, str):
            return self._choices.get(value, value)
        if kind is not None and kind.item is not None and isinstance(value, tuple):
            return ", ".join(self.value(each, kind.item) for each in cast("tuple[object, ...]", value))
        return show_value(value, kind, self.language)

    def threshold(self, value: Any, kind: Type, name: str) -> str:
        """A value the rules write beside a question, as that question shows its answers: a choice, a count, a text."""
        field = self.compiled.fields.get(name)
        asked = self._rule_type(field) if field is not None else None
        if asked is None or kind.kind not in (*WORDS_ONLY, *COUNTS):
            return self.value(value, kind)
        if kind.kind in COUNTS and asked.kind in COUNTS and asked.scale >= kind.scale:
            return self.value(value * 10 ** (asked.scale - kind.scale), asked, name)
        return self.value(value, kind, name)

    def _rule_type(self, field: CompiledField) -> Type | None:
        """What rules see of a question: its type says so once."""
        if field.id not in self._rule_types:
            self._rule_types[field.id] = field.type.rule_type(field.options)
        return self._rule_types[field.id]


def show_answer(compiled: CompiledScheme, field: CompiledField, value: Any, language: Language) -> str:
    """An answer as people read it, a code with its name."""
    return with_name(compiled, field, value, field.type.show(value, field.options, language))


def with_name(compiled: CompiledScheme, field: CompiledField, value: Any, text: str) -> str:
    """What is shown of a code, followed by the name that its table gives it: `69123 Lyon`."""
    name = compiled.code_name(field.type.nomenclature, value) if isinstance(value, str) else ""
    return f"{text} {name}" if name and name not in text else text


def show_value(value: Any, kind: Type | None, language: Language) -> str:
    """A run-time value as people read it, whatever question it answers."""
    if value is None or value is UNAVAILABLE:
        return MISSING
    if isinstance(value, bool):
        words = {"fr": ("non", "oui"), "en": ("no", "yes")}[language]
        return words[value]
    if isinstance(value, date):
        return format_day(value, language)
    if isinstance(value, int) and kind is not None:
        return _number(value, kind, language)
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in cast("tuple[object, ...]", value))
    return str(value)


def _number(value: int, kind: Type, language: Language) -> str:
    match kind.kind:
        case "money":
            amount = format_money(value, language)
            return Texts(language)(f"wording.per_{kind.per}", amount=amount) if kind.per else amount
        case "rate" | "decimal":
            scale = kind.scale
            while scale and value % 10 == 0:  # a parameter has four decimals, people write those that say something
                value, scale = value // 10, scale - 1
            unit = ("\u00a0%" if language == "fr" else "%") if kind.kind == "rate" else ""
            return format_number(value, scale, language) + unit
        case "days" | "months":
            return Texts(language)(f"wording.{kind.kind}", count=value)
        case _:
            return format_number(value, 0, language)


def as_line(text: str, language: Language) -> str:
    """A text on one line, with the no-break spaces of its language."""
    line = _BREAKS.sub(" ", text).strip()
    return typeset(line) if language == "fr" else line


def as_sentence(text: str) -> str:
    """A text that begins with a capital, which a sentence made of parts lacks."""
    return text[:1].upper() + text[1:]
