"""Values made up to try rules with: around the constants the rules compare with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from guichet.language.declarations import Input
from guichet.language.tree import Constant, Node
from guichet.language.types import NUMERIC, Type

_SOME_DAY: Final = date(2020, 4, 15)
_MOST: Final = 12


def sample(type_: Type) -> object:
    """One value of a type."""
    match type_.kind:
        case "boolean":
            return True
        case "date":
            return _SOME_DAY
        case "text":
            return "x"
        case "choice":
            return type_.values[0] if type_.values else "x"
        case "list" if type_.item is not None:
            return (sample(type_.item),)
        case "rows":
            return ({name: sample(column) for name, column in type_.columns},)
        case _:
            return type_.over


def constants(nodes: Iterable[Node]) -> list[Constant]:
    """The constants of expressions."""
    return [part for node in nodes for part in node.walk() if isinstance(part, Constant)]


def samples(entry: Input, near: list[Constant]) -> list[object]:
    """Some values of an input, those on both sides of each constant of its kind included."""
    type_ = entry.type
    match type_.kind:
        case "boolean":
            return [True, False]
        case "choice":
            return [*type_.values]
        case "date":
            days = [value for value in _alike(type_, near) if isinstance(value, date)]
            around: list[date] = [day + timedelta(days=step) for day in days for step in (0, -1, 1)]
            edges = [day for day in (entry.earliest, entry.latest) if day is not None]
            possible = [day for day in [_SOME_DAY, *around] if _within(entry, day)]
            distinct: list[object] = [*dict.fromkeys([*edges, *possible])]
            return distinct[:_MOST]
        case "text":
            return list(dict.fromkeys([sample(type_), *_alike(type_, near)]))[:_MOST]
        case "list" | "rows":
            return [(), sample(type_)]
        case _:
            return list(_numbers(entry, near))


def _within(entry: Input, day: date) -> bool:
    return (entry.earliest is None or entry.earliest <= day) and (entry.latest is None or day <= entry.latest)


def _numbers(entry: Input, near: list[Constant]) -> list[int]:
    found = [value for value in _alike(entry.type, near) if isinstance(value, int)]
    around = [value + step for value in found for step in (0, -1, 1)]
    low = entry.minimum if entry.minimum is not None else min([0, *around])
    high = entry.maximum if entry.maximum is not None else max([entry.type.over * 10, *around])
    within = [value for value in [entry.type.over, 0, *around] if low <= value <= high]
    return list(dict.fromkeys([*within[: _MOST - 2], low, high]))


def _alike(type_: Type, near: list[Constant]) -> list[object]:
    """The constants of the kind of a type, in its run-time form."""
    found: list[object] = []
    for constant in near:
        if constant.type.kind == type_.kind:
            value = constant.value
            if type_.kind in NUMERIC and isinstance(value, int):
                value = value * type_.over // constant.type.over
            found.append(value)
    return list(dict.fromkeys(found))
