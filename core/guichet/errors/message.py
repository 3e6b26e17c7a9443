"""The text of one error code, in French and in English."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """What one code says: `{name}` is filled from the problem's data.

    A part between `[[` and `]]` is left out when a value it names is missing or empty, and a hint as a whole
    is left out when it names such a value outside these brackets. The `_one` forms are used when the value `count` is
    singular in the language: French counts zero and one as singular, English one only.
    """

    fr: str
    en: str
    hint_fr: str = ""
    hint_en: str = ""
    fr_one: str = ""
    en_one: str = ""

    def text(self, language: Language, count: object = None) -> str:
        """The template of the sentence in one language, singular when the value `count` is."""
        if language == "fr":
            return self.fr_one if self.fr_one and isinstance(count, int) and abs(count) < 2 else self.fr
        return self.en_one if self.en_one and count == 1 else self.en

    def hint(self, language: Language) -> str:
        """The template of the advice in one language, empty when there is none."""
        return self.hint_fr if language == "fr" else self.hint_en


_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def placeholders(template: str) -> frozenset[str]:
    """The names a template quotes, those of its optional parts included."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def required_placeholders(template: str) -> frozenset[str]:
    """The names a template quotes outside its optional parts."""
    return placeholders(_OPTIONAL.sub("", template))


def without_missing_parts(template: str, present: frozenset[str]) -> str:
    """The template with each optional part unwrapped, or removed when a name it quotes is not present.

    >>> without_missing_parts("[[did you mean {nearest}? ]]Fields: {fields}.", frozenset({"fields"}))
    'Fields: {fields}.'
    """
    return _OPTIONAL.sub(lambda part: part[1] if placeholders(part[1]) <= present else "", template)
