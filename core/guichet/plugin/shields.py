"""What a plugin is handed: values it may change as it likes, for they are its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, cast

from guichet.plugin.contracts.base import Context, Options

__all__ = ["shielded", "shielded_each"]

_AS_IT_IS: set[type] = {str, int, bool, bytes, NoneType, date, datetime, Decimal, Context}
"""Cannot be changed; a context holds its secrets read-only. Classes of options join as they are met."""

_FIELDS: dict[type, tuple[str, ...]] = {}


def shielded(value: Any) -> Any:
    """Give a value whose containers are copies; streams, functions and options, which are frozen, as they are."""
    kind = cast("type[Any]", type(value))
    if kind in _AS_IT_IS:
        return value
    if issubclass(kind, Options):
        _AS_IT_IS.add(kind)
        return value
    copy = _COPIES.get(kind)
    if copy is not None:
        return copy(value)
    if is_dataclass(kind):
        return _copied(value, kind)
    return value


def shielded_each(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give the values of a call, each shielded; most are handed on as they are."""
    return tuple([value if type(value) in _AS_IT_IS else shielded(value) for value in values])


def _copied(value: Any, kind: type[Any]) -> Any:
    names = _FIELDS.get(kind)
    if names is None:
        names = _FIELDS[kind] = tuple(field.name for field in fields(kind))
    made: Any = object.__new__(kind)
    for name in names:
        object.__setattr__(made, name, shielded(getattr(value, name)))
    return made


def _mapping(value: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: shielded(item) for key, item in value.items()}


def _list(value: Any) -> list[Any]:
    return [shielded(item) for item in cast("list[Any]", value)]


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(shielded(item) for item in cast("tuple[Any, ...]", value))


_COPIES: dict[type, Callable[[Any], Any]] = {dict: _mapping, list: _list, tuple: _tuple, set: set}
