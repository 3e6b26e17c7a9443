"""A schema made once into plain checks that say yes to what `jsonschema` finds no fault in, many times as quickly.

They never say what is wrong: a body that is not accepted is given to `jsonschema`, whose word is the last. A part of a
schema that is not of the few kinds known here is asked of `jsonschema` itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from jsonschema.protocols import Validator

__all__ = ["Accepts", "acceptance"]

Accepts: TypeAlias = Callable[[Any], bool]

_SAYS_NOTHING = frozenset({"$schema", "$id", "title", "description", "format"})
"""Keywords that refuse nothing: a format is checked where its value is read."""


def acceptance(validator: Validator) -> Accepts:
    """Give what tells whether a body is valid under the schema of a validator."""
    return _accepts(validator, cast("Mapping[str, Any]", validator.schema))


def _accepts(validator: Validator, schema: Mapping[str, Any]) -> Accepts:
    keywords = _refusing(schema)
    if keywords <= _OBJECT and schema.get("type") == "object" and schema.get("additionalProperties") is False:
        return _object(validator, schema)
    if keywords == {"type", "items"} and schema["type"] == "array":
        item = _accepts(validator, schema["items"])
        return lambda value: isinstance(value, list) and all(map(item, cast("list[Any]", value)))
    if keywords == {"type", "items", "uniqueItems"} and schema["type"] == "array":
        each = _choices(schema["items"], _refusing(schema["items"]))
        if each is not None and schema["uniqueItems"] is True:
            return lambda value: isinstance(value, list) and _once_each(cast("list[Any]", value), each)
    choices = _choices(schema, keywords)
    if choices is not None:
        return lambda value: isinstance(value, str) and value in choices
    if keywords <= _TEXT and schema.get("type") == "string":
        return _text(schema)
    if "type" in keywords and keywords <= _NUMBER:
        return _kind(validator, schema)
    alone: Validator = cast("Any", validator).evolve(schema=schema)
    return alone.is_valid


_OBJECT = frozenset({"type", "properties", "required", "additionalProperties"})
_TEXT = frozenset({"type", "minLength", "maxLength", "pattern"})
_NUMBER = frozenset({"type", "minimum", "maximum"})


def _refusing(schema: Mapping[str, Any]) -> set[str]:
    return {name for name in schema if name not in _SAYS_NOTHING and not name.startswith("x-")}


def _object(validator: Validator, schema: Mapping[str, Any]) -> Accepts:
    parts = {name: _accepts(validator, part) for name, part in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))

    def accepts(value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        given = cast("dict[str, Any]", value)
        if not (parts.keys() >= given.keys() >= required):
            return False
        return all(parts[name](part) for name, part in given.items())

    return accepts


def _choices(schema: Mapping[str, Any], keywords: set[str]) -> frozenset[str] | None:
    """The texts of which a value must be one, where that is all that is asked; compared with numbers, none is equal."""
    found: Sequence[Any]
    if keywords in ({"enum"}, {"enum", "type"}):
        found = schema["enum"]
    elif keywords in ({"oneOf"}, {"oneOf", "type"}):
        parts = cast("Sequence[Mapping[str, Any]]", schema["oneOf"])
        if any(set(part) - _SAYS_NOTHING != {"const"} for part in parts):
            return None
        found = [part["const"] for part in parts]
    else:
        return None
    plain = all(isinstance(one, str) for one in found) and len(set(found)) == len(found)
    return frozenset(found) if plain and schema.get("type", "string") == "string" else None


def _once_each(values: list[Any], choices: frozenset[str]) -> bool:
    return all(isinstance(one, str) and one in choices for one in values) and len(set(values)) == len(values)


def _kind(validator: Validator, schema: Mapping[str, Any]) -> Accepts:
    named = cast("str | list[str]", schema["type"])
    kinds = [named] if isinstance(named, str) else named
    least, most = schema.get("minimum"), schema.get("maximum")

    def accepts(value: Any) -> bool:
        if type(value) is str:
            return "string" in kinds
        if not any(validator.is_type(value, kind) for kind in kinds):
            return False
        if (least is None and most is None) or not validator.is_type(value, "number"):
            return True
        return (least is None or value >= least) and (most is None or value <= most)

    return accepts


def _text(schema: Mapping[str, Any]) -> Accepts:
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", float("inf"))
    fits = re.compile(schema["pattern"]).search if "pattern" in schema else None

    def accepts(value: Any) -> bool:
        return (
            isinstance(value, str) and shortest <= len(value) <= longest and (fits is None or fits(value) is not None)
        )

    return accepts
