"""Two values of the model walked together: every attribute, whatever it is, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, cast

from pydantic import BaseModel

__all__ = ["Kind", "Raw", "Step", "walk"]

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: the key, and the attribute of the model it belongs to (`Criterion.label`).

    A key of a mapping, or a place of a sequence, belongs to the attribute that holds the mapping, one level deeper.
    """

    key: str
    owner: str
    depth: int = 0
    was: str = ""
    """The key before, for an item of a sequence that changed its place."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One difference, not yet in words."""

    path: tuple[Step, ...]
    kind: Kind
    before: Any
    after: Any


def walk(before: Any, after: Any, path: tuple[Step, ...] = ()) -> Iterator[Raw]:
    """Every difference between two values of one shape."""
    if isinstance(before, BaseModel) and isinstance(after, type(before)):
        model = type(before)
        for name in model.model_fields:
            owner = f"{model.__name__}.{name}"
            yield from walk(getattr(before, name), getattr(after, name), (*path, Step(name, owner)))
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mappings(cast("Mapping[Any, Any]", before), cast("Mapping[Any, Any]", after), path)
    elif isinstance(before, tuple | list) and isinstance(after, tuple | list):
        yield from _sequences(cast("Sequence[Any]", before), cast("Sequence[Any]", after), path)
    elif before is None or after is None:
        if before is not after:
            yield Raw(path, "added" if before is None else "removed", before, after)
    elif before != after or isinstance(before, bool) is not isinstance(after, bool):
        yield Raw(path, "changed", before, after)


def _inside(path: tuple[Step, ...], key: Any, was: Any = None) -> tuple[Step, ...]:
    owner, depth = (path[-1].owner, path[-1].depth + 1) if path else ("", 1)
    return (*path, Step(str(key), owner, depth, str(key if was is None else was)))


def _mappings(before: Mapping[Any, Any], after: Mapping[Any, Any], path: tuple[Step, ...]) -> Iterator[Raw]:
    for key, value in before.items():
        if key in after:
            yield from walk(value, after[key], _inside(path, key))
        else:
            yield Raw(_inside(path, key), "removed", value, None)
    for key, value in after.items():
        if key not in before:
            yield Raw(_inside(path, key), "added", None, value)
    common = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if common != order:
        yield Raw(path, "moved", tuple(common), tuple(order))


def _sequences(before: Sequence[Any], after: Sequence[Any], path: tuple[Step, ...]) -> Iterator[Raw]:
    """Items that left, came or changed, by their likeness: one inserted before others changes none of them."""
    one, other = [_mark(item) for item in before], [_mark(item) for item in after]
    if one != other and sorted(one) == sorted(other):
        yield Raw(path, "moved", tuple(before), tuple(after))
        return
    for tag, low, high, start, end in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(high - low, end - start)):
            left, right = low + place, start + place
            if left < high and right < end:
                yield from walk(before[left], after[right], _inside(path, right, left))
            elif left < high:
                yield Raw(_inside(path, left), "removed", before[left], None)
            else:
                yield Raw(_inside(path, right), "added", None, after[right])


def _mark(item: Any) -> str:
    """What tells two items of a sequence apart."""
    return item.model_dump_json() if isinstance(item, BaseModel) else f"{type(item).__name__} {item!r}"
