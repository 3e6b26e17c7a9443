"""What the engines do not do alike: integer division, wide integers, days as numbers, small tables."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import narwhals as nw
from narwhals.typing import IntoDType

from guichet.language.bulk.columns import Frame

EngineName = Literal["polars", "duckdb", "spark"]

_EXACT_IN_DOUBLE: Final = 2**51


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: the type of its wide integers."""

    name: EngineName
    wide: IntoDType

    def lend(self, lent: Any, beside: Any) -> Any:
        """A table of Arrow as a frame of the engine, to be joined to another."""
        if self.name == "spark":
            return beside.sparkSession.createDataFrame(lent)
        if self.name == "duckdb":
            return beside.query("rows", "SELECT * FROM lent")
        import polars as pl  # only this engine's own frames need it

        return pl.from_arrow(lent)

    def settled(self, frame: Frame) -> Frame:
        """The same frame; worked out at once on DuckDB, whose plan of a join under many projections takes gigabytes."""
        if self.name != "duckdb":
            return frame
        native = frame.to_native()
        settled = native.to_arrow_table()  # noqa: F841  the query reads it by name, on the connection of the frame
        return nw.from_native(native.query("rows", "SELECT * FROM settled"))

    def literal(self, value: int, *, wide: bool) -> nw.Expr:
        """An integer constant."""
        if not wide:
            return nw.lit(value, nw.Int64())
        if self.name == "spark":
            return nw.lit(Decimal(value)).cast(self.wide)
        return nw.lit(value).cast(self.wide)

    def floor_divide(self, number: nw.Expr, divisor: nw.Expr | int, most: int, *, wide: bool) -> nw.Expr:
        """The whole number at or below a quotient; `most` bounds the size of the number, the divisor is positive."""
        if self.name != "spark":
            return number // divisor
        if wide:  # a multiple of the divisor divided by it: exact in decimals of 38 digits
            return ((number - number % divisor) / divisor).cast(self.wide)
        if most < _EXACT_IN_DOUBLE:
            return (number // divisor).cast(nw.Int64())
        # Spark divides in double precision: the first quotient is off by little, what is left over mends it.
        near = (number // divisor).cast(nw.Int64())
        return near + ((number - near * divisor) // divisor).cast(nw.Int64())

    def code(self, value: str, among: Sequence[str]) -> nw.Expr:
        """One of a few constant texts; a byte a line where the engine has that."""
        text = nw.lit(value)
        return text.cast(nw.Enum(among)) if self.name == "polars" else text

    def day_number(self, day: nw.Expr) -> nw.Expr:
        """A date as the number of days since 1 January 1970."""
        if self.name == "polars":
            return day.cast(nw.Int32()).cast(nw.Int64())
        year, month = day.dt.year().cast(nw.Int64()), day.dt.month().cast(nw.Int64())
        before = (month < 3).cast(nw.Int64())
        return _from_civil(self, year - before, month + before * 12 - 3, day.dt.day().cast(nw.Int64()))

    def from_civil(self, year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
        """The day number of a year, month and day of the month given as integers."""
        before = (month < 3).cast(nw.Int64())
        return _from_civil(self, year - before, month + before * 12 - 3, day)


def _from_civil(engine: Engine, year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Days since 1970 in the calendar whose years begin on 1 March (month 0), all integers."""

    def part(number: nw.Expr, divisor: int) -> nw.Expr:
        return engine.floor_divide(number, divisor, 10**9, wide=False)

    leaps = part(year, 4) - part(year, 100) + part(year, 400)
    return year * 365 + leaps + part(month * 153 + 2, 5) + day - 719_469


POLARS: Final = Engine("polars", nw.Int128())
DUCKDB: Final = Engine("duckdb", nw.Int128())
SPARK: Final = Engine("spark", nw.Decimal(38, 0))
ENGINES: Final[dict[EngineName, Engine]] = {engine.name: engine for engine in (POLARS, DUCKDB, SPARK)}
