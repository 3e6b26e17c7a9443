"""Sets of names as bits of 64-bit columns: cheap to write by the million, decoded on demand."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import narwhals as nw

BITS: Final = 62
"""Names a column; the next ones go to `<column>_2`, `<column>_3`…"""


_SMALL: Final = 7
"""Bits that a signed byte holds."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A set of names in one or more columns, in their order."""

    column: str
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the bits."""
        count = max(1, -(-len(self.names) // BITS))
        return (self.column, *(f"{self.column}_{place}" for place in range(2, count + 1)))

    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each column with the names its bits stand for."""
        return [(column, self.names[place * BITS : (place + 1) * BITS]) for place, column in enumerate(self.columns)]

    def write(self, tests: Sequence[nw.Expr | None]) -> dict[str, nw.Expr]:
        """The columns, given for each name a test that is never null, or None when it is never set."""
        written: dict[str, nw.Expr] = {}
        for place, column in enumerate(self.columns):
            here = tests[place * BITS : (place + 1) * BITS]
            groups = [_group(here[start : start + _SMALL], start) for start in range(0, len(here), _SMALL)]
            bits = [group for group in groups if group is not None]
            written[column] = _total(bits) if bits else nw.lit(0, nw.Int64())
        return written

    def read(self, line: Mapping[str, object]) -> tuple[str, ...]:
        """The names set in one line, each once.

        >>> Mask("failed", ("a", "b", "c")).read({"failed": 5})
        ('a', 'c')
        """
        found: dict[str, None] = {}
        for column, names in self.parts():
            bits = cast("int", line[column] or 0)
            for bit, name in enumerate(names):
                if bits >> bit & 1:
                    found[name] = None
        return tuple(found)


def _group(tests: Sequence[nw.Expr | None], start: int) -> nw.Expr | None:
    """A few bits added in a byte, then put at their place."""
    nothing = nw.lit(0, nw.Int8())
    bits = [
        nw.when(test).then(nw.lit(1 << bit, nw.Int8())).otherwise(nothing)
        for bit, test in enumerate(tests)
        if test is not None
    ]
    if not bits:
        return None
    total = _total(bits).cast(nw.Int64())
    return total * (1 << start) if start else total


def _total(parts: list[nw.Expr]) -> nw.Expr:
    """A sum as a balanced tree: engines limit how deep an expression may be."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return _total(parts[:middle]) + _total(parts[middle:])
