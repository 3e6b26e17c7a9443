"""Attributes of registered objects that their contract does not allow, told at start."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, cast, get_args

from guichet.language.declarations import Signature
from guichet.language.types import Type
from guichet.language.words import is_reserved
from guichet.plugin.contracts import FieldType, Screen, Widget
from guichet.plugin.contracts.screens import fault_of_screen

__all__ = ["fault_of"]

_INPUT_MODES = ("", "text", "numeric", "decimal", "tel", "email", "search", "url", "none")
_LANGUAGES = ("fr", "en")


def fault_of(thing: object) -> tuple[str, str] | None:
    """Give the attribute of an object that is not as its contract says, and what it may be; None when all are."""
    if isinstance(thing, Screen):
        return fault_of_screen(cast("Screen[Any]", thing))
    if isinstance(thing, Signature):
        return _fault_of_function(thing)
    if isinstance(thing, FieldType):
        return _fault_of_field_type(cast("FieldType[Any]", thing))
    return None


def _fault_of_field_type(field_type: FieldType[Any]) -> tuple[str, str] | None:
    for name, known in (("widget", get_args(Widget)), ("input_mode", _INPUT_MODES)):
        if getattr(field_type, name, None) not in known:
            return name, ", ".join(one or '""' for one in known)
    return None


def _fault_of_function(function: Signature) -> tuple[str, str] | None:
    words, parameters = cast("Any", function.words), cast("Any", function.parameters)
    if not isinstance(words, Mapping) or not all(_is_word(cast("Any", words).get(one)) for one in _LANGUAGES):
        return "words", "{'fr': '…', 'en': '…'}"
    if not isinstance(parameters, tuple) or not all(isinstance(one, Type) for one in cast("Any", parameters)):
        return "parameters", "(TEXT,), (MONEY, INTEGER)…"
    if not isinstance(cast("object", function.returns), Type):
        return "returns", "TEXT, MONEY, BOOLEAN…"
    return None if _takes(function) else ("call", f"({', '.join(one.kind for one in function.parameters)})")


def _is_word(word: object) -> bool:
    """Whether a rule can be written with it: one word, and none that means something else there."""
    return isinstance(word, str) and word.isidentifier() and not is_reserved(word)


def _takes(function: Signature) -> bool:
    """Whether what is called takes the arguments declared; yes for one written in C that does not say."""
    if not callable(cast("object", function.call)):
        return False
    try:
        inspect.signature(function.call).bind(*function.parameters)
    except ValueError:
        return True
    except TypeError:
        return False
    return True
