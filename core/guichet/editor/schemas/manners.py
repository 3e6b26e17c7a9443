"""What models check of themselves as a whole, said as a schema says it: ways that exclude each other, how many."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from guichet.editor.schemas.scalars import Schema
from guichet.model.brand import Brand
from guichet.model.form import Page
from guichet.model.rules import Branch, Criterion, RuleVersion
from guichet.model.scales import Bracket
from guichet.model.scheme import Opening

__all__ = ["MANNERS", "NEVER_TOGETHER", "as_items", "only_one"]

MANNERS: Mapping[type[BaseModel], tuple[tuple[str, ...], ...]] = {
    Criterion: (("when",), ("attested",), ("checked_by",)),
    Branch: (("always",), ("if", "then"), ("if", "unverified"), ("else",)),
    Bracket: (("up_to", "then"), ("below", "then"), ("else",)),
    Opening: (("path",), ("parameter",)),
}
"""Models written in one of several ways → the keys of each; a key of one way stands in no other."""
NEVER_TOGETHER: Mapping[type[BaseModel], tuple[str, ...]] = {RuleVersion: ("amount", "amounts")}
"""Models of which two keys exclude each other."""
_NUMBERS: Mapping[tuple[type[BaseModel], str], Schema] = {
    (Page, "fields"): {"minProperties": 1},
    (Brand, "colours"): {"minItems": 2, "maxItems": 4},
}


def only_one(ways: tuple[tuple[str, ...], ...], *, whole: bool) -> list[Schema]:
    """Exactly one of the ways; of a part that is laid over something else, none at all is a way too."""
    every = {key for way in ways for key in way}
    found: list[Schema] = [{"required": list(way), **_without(every - set(way))} for way in ways]
    return found if whole else [*found, _without(every)]


def as_items(model: type[BaseModel], name: str) -> Schema:
    """How many things a key holds, where that is counted."""
    return _NUMBERS.get((model, name), {})


def _without(keys: set[str]) -> Schema:
    return {"not": {"anyOf": [{"required": [key]} for key in sorted(keys)]}}
