"""One text of a screen in each language, and the strict lookup that finds it.

A file of `locale/areas/` holds the texts of one area as `TEXTS`; the key of a text is `<area>.<name>`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from guichet.locale.typography import typeset

__all__ = ["LANGUAGES", "Language", "MissingTextError", "Text", "Texts"]

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


class MissingTextError(LookupError):
    """Raised when a screen asks for a text, or leaves out a value, that does not exist."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with `{values}`; the `_one` forms are used when the value `count` is singular in the language."""

    fr: str
    en: str
    fr_one: str = ""
    en_one: str = ""

    def form(self, language: Language, count: object) -> str:
        """Gives the text to fill, singular or plural: French counts zero and one as singular, English one only."""
        if language == "fr":
            singular = isinstance(count, int) and abs(count) < 2
            return self.fr_one if singular and self.fr_one else self.fr
        return self.en_one if count == 1 and self.en_one else self.en


class Texts:
    """The texts of one language: `texts("form.optional")`, `texts("table.rows", count=3)`."""

    def __init__(self, language: Language = "fr") -> None:
        self.language: Language = language
        self._texts = all_texts()
        self._plain = _plain_texts(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Gives the text of a key with its values filled in.

        Raises:
            MissingTextError: no such key, or a value of the text is not given.
        """
        plain = self._plain.get(key)
        if plain is not None and "count" not in values:
            return plain
        try:
            return self._texts[key].form(self.language, values.get("count")).format_map(values)
        except KeyError as error:
            raise MissingTextError(f"no text {key!r} with values {sorted(values)}: {error} is missing") from error

    def has(self, key: str) -> bool:
        """Whether a text bears a key."""
        return key in self._texts


@cache
def all_texts() -> Mapping[str, Text]:
    """Gives every text of every area by its full key."""
    package = importlib.import_module("guichet.locale.areas")
    found: dict[str, Text] = {}
    for area in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{area.name}")
        texts: dict[str, Text] = module.TEXTS
        found |= {f"{area.name}.{name}": _typeset(text) for name, text in texts.items()}
    return MappingProxyType(found)


@cache
def _plain_texts(language: Language) -> Mapping[str, str]:
    """The texts that nothing fills, ready to show: most of a page."""
    whole = {key: text.form(language, None) for key, text in all_texts().items()}
    return MappingProxyType({key: text for key, text in whole.items() if not {"{", "}"} & set(text)})


def _typeset(text: Text) -> Text:
    """The text with the no-break spaces that French typography has; who writes one types plain spaces."""
    return replace(text, fr=typeset(text.fr), fr_one=typeset(text.fr_one))
