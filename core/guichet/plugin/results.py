"""What a plugin gives back, compared with what its contract says it gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from guichet.language.types import Type
from guichet.plugin.contracts.fields import Json

__all__ = ["Check", "WrongResult", "close", "fits_rules", "result_check", "step_check"]

Check: TypeAlias = Callable[[object], bool]

_DEEPEST = 4  # a type may hold itself


class WrongResult(TypeError):  # noqa: N818  the sentence is "a wrong result"
    """A plugin gave back something else than its contract says."""

    def __init__(self, method: str, given: object) -> None:
        super().__init__(f"{method} gives {type(given).__name__}, which its contract does not")


@cache
def result_check(method: Callable[..., Any]) -> Check:
    """Give the check of what a method of a contract returns; what cannot be told is let through."""
    hint = _returned(method)
    return _is_json if hint == _JSON else _check(hint)


@cache
def step_check(method: Callable[..., Any]) -> Check | None:
    """Give the check of each thing a method yields; None for a method that gives no iterator."""
    hint = _returned(method)
    if get_origin(hint) is not Iterator:
        return None
    return _check(get_args(hint)[0])


def close(given: object) -> None:
    """Put away a coroutine that nobody will wait for."""
    if inspect.iscoroutine(given):
        given.close()


def fits_rules(value: object, kind: Type) -> bool:
    """Tell whether a value is what rules expect under a type: money in cents, never a float."""
    match kind.kind:
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "decimal" | "money" | "rate":
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date)
        case "text":
            return isinstance(value, str)
        case "choice":
            return isinstance(value, str)  # a stored one may have left the list since
        case "list":
            item = cast("Type", kind.item)
            return isinstance(value, tuple) and all(fits_rules(one, item) for one in cast("tuple[Any, ...]", value))
        case _:
            return not isinstance(value, float)


def _returned(method: Callable[..., Any]) -> Any:
    try:
        return get_type_hints(method).get("return", Any)
    except NameError:  # a name known to type checkers only
        return Any


def _check(hint: Any, deep: int = 0) -> Check:
    origin = get_origin(hint)
    if deep > _DEEPEST:
        return _is_no_coroutine
    if hint is None or hint is NoneType:
        return lambda value: value is None
    if origin in (Union, UnionType):
        parts = [_check(part, deep + 1) for part in get_args(hint)]
        return lambda value: any(part(value) for part in parts)
    if origin is Literal:
        allowed = get_args(hint)
        return lambda value: value in allowed
    if origin is tuple:
        return _tuple_check(get_args(hint), deep + 1)
    kind = cast("type[Any]", origin or hint)
    if hint is Any or isinstance(hint, TypeVar) or not isinstance(origin or hint, type) or kind is object:
        return _is_no_coroutine
    if issubclass(kind, Sequence) and origin is not None and get_args(hint):
        item = _check(get_args(hint)[0], deep + 1)
        return lambda value: isinstance(value, kind) and all(item(one) for one in cast("Sequence[object]", value))
    if issubclass(kind, Mapping) and get_args(hint):
        worth = _check(get_args(hint)[1], deep + 1)
        return lambda value: isinstance(value, kind) and all(map(worth, cast("Mapping[Any, object]", value).values()))
    if getattr(cast("Any", kind), "_is_protocol", False):
        return _is_no_coroutine
    if is_dataclass(cast("Any", kind)):
        return _dataclass_check(kind, deep + 1)
    return lambda value: isinstance(value, kind)


def _tuple_check(items: tuple[Any, ...], deep: int) -> Check:
    if len(items) == 2 and items[1] is ...:
        each = _check(items[0], deep)
        return lambda value: isinstance(value, tuple) and all(map(each, cast("tuple[object, ...]", value)))
    parts = [_check(item, deep) for item in items]

    def fits(value: object) -> bool:
        if not isinstance(value, tuple):
            return False
        given = cast("tuple[object, ...]", value)
        return len(given) == len(parts) and all(part(one) for part, one in zip(parts, given, strict=True))

    return fits


def _dataclass_check(kind: Any, deep: int) -> Check:
    try:
        hints = get_type_hints(kind)
    except NameError:  # as above
        return lambda value: isinstance(value, kind)
    checks = [(field.name, _check(hints[field.name], deep)) for field in fields(kind)]
    return lambda value: isinstance(value, kind) and all(check(getattr(value, name)) for name, check in checks)


def _is_no_coroutine(value: object) -> bool:
    return not (inspect.isawaitable(value) or inspect.isasyncgen(value))


def _reads_json(given: Json) -> Json:
    return given


def _is_json(value: object) -> bool:
    if value is None or isinstance(value, (str, int, Decimal)):
        return True
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return all(isinstance(key, str) and _is_json(item) for key, item in pairs)
    return isinstance(value, (list, tuple)) and all(map(_is_json, cast("Sequence[object]", value)))


_JSON = _returned(_reads_json)
"""What `Json` is once its own name is replaced inside it, by which a method that gives it is known."""
