"""A body against the schema of its scheme: every wrong part, in the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from guichet.errors import nearest
from guichet.locale import Language
from guichet.services.api.faults import Fault, a_fault, pointer_to

__all__ = ["faults_of"]

_MOST = 100
_PLAIN = frozenset(
    ("maxLength", "minLength", "minimum", "maximum", "maxItems", "minItems", "uniqueItems", "pattern", "format")
)


def faults_of(validator: Validator, body: Mapping[str, Any], language: Language) -> list[Fault]:
    """Give what of a body its schema refuses, at most a hundred parts."""
    found: list[Fault] = []
    for error in validator.iter_errors(body):
        found += _faults(error, language)
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def _faults(error: ValidationError, language: Language) -> list[Fault]:
    where = [*error.absolute_path]
    keyword = str(error.validator)
    instance: Any = error.instance
    if keyword == "required":
        required = cast("list[str]", error.validator_value)
        return [a_fault(pointer_to(*where, name), "required", language) for name in required if name not in instance]
    if keyword == "additionalProperties":
        schema = cast("Mapping[str, Any]", error.schema)
        known = [*cast("Mapping[str, Any]", schema["properties"])]
        extra = [name for name in cast("list[str]", [*instance]) if name not in known]
        return [_unknown(pointer_to(*where, name), name, known, language) for name in extra]
    place = pointer_to(*where)
    if keyword in ("enum", "oneOf", "const"):
        return [a_fault(place, "not_a_choice", language, choices=", ".join(_choices(error)))]
    if keyword == "type":
        return [a_fault(place, "type", language, types=_types(error.validator_value))]
    if keyword in _PLAIN:
        return [a_fault(place, _code(keyword), language, limit=error.validator_value)]
    return [a_fault(place, "refused", language)]


def _unknown(pointer: str, name: str, known: list[str], language: Language) -> Fault:
    guess = nearest(name, known)
    if guess:
        return a_fault(pointer, "unknown_but", language, nearest=guess)
    return a_fault(pointer, "unknown", language)


def _choices(error: ValidationError) -> list[str]:
    value = error.validator_value
    if not isinstance(value, list):
        return [str(value)]
    listed = cast("list[Any]", value)
    return [str(cast("Any", one).get("const", one)) if isinstance(one, dict) else str(one) for one in listed]


def _types(value: object) -> str:
    return ", ".join(map(str, cast("list[object]", value))) if isinstance(value, list) else str(value)


def _code(keyword: str) -> str:
    """The code of a keyword in our own writing: `maxLength` is `max_length`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in keyword)
