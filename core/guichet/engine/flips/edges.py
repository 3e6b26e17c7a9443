"""The nearest value of one input at which something becomes so: outwards by candidates, then by halves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guichet.engine.flips.candidates import Scale, candidates_of
from guichet.engine.flips.judging import Judge
from guichet.language import Type

__all__ = ["Edge", "edge_of"]


@dataclass(frozen=True, slots=True)
class Edge:
    """The first value at which it is so, the last one before at which it is not, and values tried further on."""

    value: Any
    last: Any
    upwards: bool
    beyond: tuple[Any, ...]


def edge_of(judge: Judge, name: str, kind: Type, does: Callable[[Any], bool]) -> Edge | None:
    """The nearest edge of a number or a date, below or above its present value; None where it never becomes so."""
    scale = Scale(judge, name, kind)
    here = scale.number(judge.values[name])
    candidates = candidates_of(judge, name, scale)
    below, above = sorted((one for one in candidates if one < here), reverse=True), [c for c in candidates if c > here]
    found = [
        (abs(at - here), at, way, side)
        for side, way in ((below, -1), (above, 1))
        if (at := _first(here, side, lambda number: does(scale.value(number)))) is not None
    ]
    if not found:
        return None
    _, at, way, side = min(found, key=lambda one: one[0])
    beyond = tuple(scale.value(each) for each in side if (each - at) * way > 0)
    return Edge(scale.value(at), scale.value(at - way), way > 0, beyond)


def _first(here: int, side: list[int], does: Callable[[int], bool]) -> int | None:
    """The first value outwards at which it is so while it is not at the one before."""
    last = here
    for each in side:
        if does(each):
            near, far = last, each
            while abs(far - near) > 1:
                middle = (near + far) // 2
                near, far = (near, middle) if does(middle) else (middle, far)
            return far
        last = each
    return None
