"""Expressions of the rules as sentences: names become the questions' own words, signs become words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts, format_day

__all__ = ["PlainWords"]

_NAME = re.compile(r"(?<![\w\"»])[^\W\d]\w*(?![\w(])")
_QUOTED = re.compile(r'("[^"]*")')
_SPACES = re.compile(r"\s+")
_LIST = re.compile(r"(\S[^\n]*?) (?:dans liste|in list) (\w+)")
_CAPPED = re.compile(r"\b(min|max)\(([^(),]+), ([^(),]+)\)")
_MAGNITUDE = re.compile(r"\babs\(([^()]+)\)")
_ROUNDED = re.compile(r"\b(?:arrondi|round)\(([^()]+) (?:à|to) ([^()]+)\)")
_STARTS = re.compile(r"\bstarts_with\(([^(),]+), \"?([^()\"]+)\"?\)")
_BETWEEN_DAYS = re.compile(r"\bdays_between\(([^(),]+), ([^(),]+)\)")
_DAY = re.compile(r" (>=|<=|<|>|=) (\d{4})-(\d{2})-(\d{2})\b")
_NOT = re.compile(r"\(?\b(?:non|not) ([^\W\d]\w*)\)?")
_SIGNS = (
    (" >= ", "at_least"),
    (" <= ", "at_most"),
    (" != ", "differs"),
    (" < ", "below"),
    (" > ", "above"),
    (" = ", "equals"),
    (" - ", "minus"),
    (" * ", "times"),
)


class PlainWords:
    """The words of one scheme in one language."""

    def __init__(self, compiled: CompiledScheme, language: Language) -> None:
        self._say = Texts(language)
        self._compiled = compiled
        self._labels = self._known_names()

    def name(self, name: str) -> str:
        """Gives a name of the rules as people read it: a question's label, or the name with its words apart.

        A definition has no label: `solde_net` is read « solde net ».
        """
        return self._labels.get(name, name.replace("_", " "))

    def is_asked(self, label: str) -> bool:
        """Whether a text is the label of a question, not an expression."""
        return any(field.declaration.label == label for field in self._compiled.fields.values())

    def valued(self, what: str, value: str) -> str:
        """Gives what something is worth: `Effectif : 2`."""
        return self._say("rules.plain_valued", what=what.rstrip(" ?"), value=value)

    def sentence(self, expression: str) -> str:
        """Gives an expression as a sentence; what has no plain words stays as the rules write it."""
        text = _SPACES.sub(" ", expression).strip()
        text = _LIST.sub(lambda found: self._say("rules.plain_in_list", list=self._list(found[2])), text)
        text = self._calls(text)
        text = _NOT.sub(lambda found: self._say("rules.plain_not", what=self._quoted(found[1])), text)
        text = _DAY.sub(self._day, text)
        if text in self._labels and self._is_boolean(text):
            text = self._say("rules.plain_yes", what=self._quoted(text))
        parts = _QUOTED.split(text)
        named = [part if part.startswith('"') else _NAME.sub(self._replaced, part) for part in parts]
        text = "".join(named)
        for sign, word in _SIGNS:
            text = text.replace(sign, f" {self._say(f'rules.plain_{word}')} ")
        return text[:1].upper() + text[1:]

    def _day(self, found: re.Match[str]) -> str:
        day = format_day(date(int(found[2]), int(found[3]), int(found[4])), self._say.language)
        word = next(word for sign, word in _SIGNS if sign.strip() == found[1])
        return " " + self._say(f"rules.plain_{word}_day", day=day)

    def _is_boolean(self, name: str) -> bool:
        field = self._compiled.fields.get(name)
        return field is not None and field.type.widget == "yes_no"

    def _calls(self, text: str) -> str:
        say = self._say
        text = _BETWEEN_DAYS.sub(lambda it: say("rules.plain_days", first=it[1], last=it[2]), text)
        text = _STARTS.sub(lambda it: say("rules.plain_starts", what=it[1], start=it[2]), text)
        text = _MAGNITUDE.sub(lambda it: say("rules.plain_magnitude", what=it[1]), text)
        text = _ROUNDED.sub(lambda it: say("rules.plain_rounded", what=it[1], step=it[2]), text)
        return _CAPPED.sub(lambda it: say(f"rules.plain_{it[1]}", what=it[2], bound=it[3]), text)

    def _replaced(self, found: re.Match[str]) -> str:
        name = found[0]
        return (
            self._quoted(name) if name in self._labels else name.replace("_", " ") if self._is_defined(name) else name
        )

    def _quoted(self, name: str) -> str:
        if name not in self._labels:
            return name.replace("_", " ")
        return self._say("rules.plain_quoted", what=self._labels[name].rstrip(" ?"))

    def _is_defined(self, name: str) -> bool:
        return any(name in version.rules.define for version in self._compiled.versions)

    def _list(self, name: str) -> str:
        declared = self._compiled.scheme.lists.get(name)
        return (declared.label if declared else "") or name

    def _known_names(self) -> Mapping[str, str]:
        """Names of fields, parameters, dates and choices, with their words; a field wins over a choice of its name."""
        found = {name: self._say(f"rules.plain_{name}") for name in ("filed_on", "decided_on", "other_dossiers")}
        for field in self._compiled.fields.values():
            choices: Mapping[str, str] = getattr(field.options, "choices", {})
            for code, label in choices.items():
                found.setdefault(code, label)
        found |= {name: field.declaration.label for name, field in self._compiled.fields.items()}
        found |= {name: parameter.label for name, parameter in self._compiled.scheme.parameters.items()}
        return found
