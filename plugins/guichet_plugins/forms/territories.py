"""Départements and Régions, chosen from their list."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from guichet import TEXT, Choice, Context, FieldType, Invalid, NoOptions, Raw, Type, one_text
from guichet_plugins.forms.places import DEPARTEMENTS, REGIONS


class _Territory(FieldType[NoOptions]):
    """A territory of one kind; the value is its id, such as `dep-74`."""

    Options = NoOptions
    widget = "select"
    nomenclature = "territories"
    names: Mapping[str, str]
    example: str
    prefix: str

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see the id as text."""
        return TEXT

    def parse(self, raw: Raw, options: NoOptions, context: Context) -> str | None:
        """Take an id, a code or a name."""
        text = _folded(one_text(raw))
        if not text:
            return None
        by_text = {_folded(name): code for code, name in self.names.items()}
        found = text if text in self.names else by_text.get(text) or f"{self.prefix}{text.zfill(2)}"
        if found not in self.names:
            raise Invalid(
                fr=f"Choisissez dans la liste, par exemple {self.example}.",
                en=f"Choose from the list, for example {self.example}.",
            )
        return found

    def show(self, value: str | None, options: NoOptions, language: str) -> str:
        """Give the name."""
        return "" if value is None else self.names.get(value, value)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe one of the ids."""
        return {"enum": list(self.names)}

    def choices(self, options: NoOptions, context: Context) -> tuple[Choice, ...]:
        """Offer them all, by id."""
        return tuple(Choice(code, name) for code, name in self.names.items())


class Departement(_Territory):
    """A Département; rules see its id, such as `dep-29` or `dep-2a`."""

    key = "departement"
    names = {code: name for code, (name, _) in DEPARTEMENTS.items()}
    example = "Haute-Savoie"
    prefix = "dep-"


class Region(_Territory):
    """A Région; rules see its id, such as `reg-53`."""

    key = "region"
    names = REGIONS
    example = "Bretagne"
    prefix = "reg-"


def _folded(text: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return bare.casefold().replace("’", "'")
