"""Where a value of a scheme was written."""

from __future__ import annotations

from collections.abc import Callable

from guichet.errors import Position

Path = tuple[str, ...]
Locate = Callable[[Path], Callable[[int, int], Position] | None]
"""For the path of a text of the scheme, what gives the place of a slice of it; None when there is no file."""

_WHOLE = 1 << 20
"""A length that covers any text: the place of the whole of it."""


def nearest_place(locate: Locate, path: Path) -> Position | None:
    """The place of the deepest part of a path that stands in a file."""
    for length in range(len(path), 0, -1):
        position_of = locate(path[:length])
        if position_of is not None:
            return position_of(0, _WHOLE)
    return None
