"""What a plugin gives back, compared with what its contract says it gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from guichet.plugin.contracts.fields import Json

__all__ = ["Check", "WrongResult", "close", "result_check", "step_check"]

Check: TypeAlias = Callable[[object], bool]

_DEEPEST = 4  # a type may hold itself
_VALUES: frozenset[type] = frozenset({str, int, bool, NoneType, date, Decimal, tuple, list, dict})


class WrongResult(TypeError):  # noqa: N818  the sentence is "a wrong result"
    """A plugin gave back something else than its contract says."""

    def __init__(self, method: str, given: object, place: str = "") -> None:
        self.place = place
        """Where the method is written."""
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


def _returned(method: Callable[..., Any]) -> Any:
    try:
        return get_type_hints(method).get("return", Any)
    except NameError:  # a name known to type checkers only
        return Any


def _check(hint: Any, deep: int = 0) -> Check:
    """The check of a hint; `deep` counts the dataclasses it lies in, the one thing that may hold itself."""
    kinds = _plain_kinds(hint)
    if kinds is not None:
        return _kinds_check(kinds)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        parts = [_check(part, deep) for part in get_args(hint)]
        return lambda value: any(part(value) for part in parts)
    if origin is Literal:
        allowed = get_args(hint)
        return lambda value: value in allowed
    if origin is tuple:
        return _tuple_check(get_args(hint), deep)
    kind = cast("type[Any]", origin or hint)
    if _tells_nothing(hint, kind):
        return _is_no_coroutine
    if issubclass(kind, Sequence) and get_args(hint):
        each = _each(get_args(hint)[0], deep)
        return lambda value: isinstance(value, kind) and each(cast("Sequence[object]", value))
    if issubclass(kind, Mapping) and get_args(hint):
        worth = _each(get_args(hint)[1], deep)
        # a mapping of a class of its own may read its values when they are asked for: they are not all asked for here
        return lambda value: (
            isinstance(value, kind)
            and (not isinstance(value, dict | MappingProxyType) or worth(cast("Mapping[Any, object]", value).values()))
        )
    if is_dataclass(cast("Any", kind)) and deep < _DEEPEST:
        return _dataclass_check(kind, deep + 1)
    return _kinds_check(frozenset([cast("type", kind)]))


def _tells_nothing(hint: Any, kind: Any) -> bool:
    """Whether nothing can be told of a value by what its contract says of it."""
    if hint is Any or isinstance(hint, TypeVar) or not isinstance(kind, type) or kind is object:
        return True
    return bool(getattr(cast("Any", kind), "_is_protocol", False))


def _plain_kinds(hint: Any) -> frozenset[type] | None:
    """The classes a value may be of, where that is all its contract says; None where it says more, or less."""
    if hint is None or hint is NoneType:
        return frozenset({NoneType})
    if get_origin(hint) in (Union, UnionType):
        parts = [_plain_kinds(part) for part in get_args(hint)]
        known = [part for part in parts if part is not None]
        return frozenset(kind for part in known for kind in part) if len(known) == len(parts) else None
    if get_args(hint) or _tells_nothing(hint, hint) or is_dataclass(hint):
        return None
    return frozenset([cast("type", hint)])


def _kinds_check(kinds: frozenset[type]) -> Check:
    every = tuple(kinds)
    return lambda value: type(value) in kinds or isinstance(value, every)


def _each(hint: Any, deep: int) -> Callable[[Collection[object]], bool]:
    """The check of all the values of a collection: at one go where each is exactly of a class it may be of."""
    kinds, check = _plain_kinds(hint), _check(hint, deep)
    if kinds is None:
        return lambda values: all(map(check, values))
    return lambda values: kinds.issuperset(map(type, values)) or all(map(check, values))


def _tuple_check(items: tuple[Any, ...], deep: int) -> Check:
    if len(items) == 2 and items[1] is ...:
        each = _each(items[0], deep)
        return lambda value: isinstance(value, tuple) and each(cast("tuple[object, ...]", value))
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
    return type(value) in _VALUES or not (inspect.isawaitable(value) or inspect.isasyncgen(value))


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
