"""Columns on their way: an expression, the level at which it can be computed, the integers it can hold."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import narwhals as nw

from guichet.language.bounds import DIGITS_38, INT64

Frame: TypeAlias = "nw.LazyFrame[Any]"

KEY: Final = "#"
"""The column that numbers the dossiers, in the main frame and in the frames of their rows."""


def column_of(name: str, *, is_date: bool) -> str:
    """Where the values of an input stand: dates beside the column, as days since 1970."""
    return f"{name}·day" if is_date else name


class TooWide(Exception):  # noqa: N818  internal: turns into a Python column, or into a refusal by name
    """Integers that could leave 38 digits: no engine holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An expression over columns, null where the value is unknown.

    Args:
        expr: What gives the values.
        level: The first level at which every column it reads is there.
        nullable: Whether some row may be unknown.
        low: The least integer it can give, None for what is not a number.
        high: The greatest integer it can give.
        wide: Whether the integers are held in 128 bits.
        simple: Whether repeating it costs nothing: a column, a literal.
        constant: The value of a literal.
    """

    expr: nw.Expr
    level: int = 0
    nullable: bool = True
    low: int | None = None
    high: int | None = None
    wide: bool = False
    simple: bool = False
    constant: object = None

    @property
    def operand(self) -> Any:
        """What stands on the right of an operator: a bare constant, else the expression."""
        return self.expr if self.constant is None else self.constant

    @property
    def range(self) -> tuple[int, int]:
        """The integers it can give."""
        if self.low is None or self.high is None:
            raise TypeError("a range is asked of what is not a number")
        return self.low, self.high


def is_wide(low: int, high: int) -> bool:
    """Whether 64 bits do not suffice; raises TooWide when 38 digits do not either.

    >>> is_wide(0, 2**63 - 1), is_wide(-(2**63), 0)
    (False, True)
    """
    most = max(abs(low), abs(high))
    if most > DIGITS_38:
        raise TooWide
    return most > INT64


@dataclass(frozen=True, slots=True)
class Tables:
    """The frame of the dossiers (or of rows on their way), and the frames of repeated rows by field."""

    main: Frame
    rows: dict[str, Frame]

    def with_main(self, main: Frame) -> Tables:
        """The same with another main frame."""
        return replace(self, main=main)
