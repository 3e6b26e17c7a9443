"""Values of a data file are read strictly: what is written in another way is wrong, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from guichet.language import BOOLEAN, DATE, INTEGER, MONEY, Type, choice, decimal, rate
from guichet.services.simulation.values import parsed

GOOD: list[tuple[Type, str, Any]] = [
    (MONEY, "1500", 150_000),
    (MONEY, "1 500,5", 150_050),
    (MONEY, "1\u202f234\u202f567.89", 123_456_789),
    (MONEY, "-0,05", -5),
    (INTEGER, "-12", -12),
    (decimal(1), "2,5", 25),
    (rate(1), "37.5", 375),
    (BOOLEAN, "Oui", True),
    (BOOLEAN, "false", False),
    (DATE, "2020-02-29", date(2020, 2, 29)),
    (DATE, "1969-12-31", date(1969, 12, 31)),
    (choice(["a", "b"]), "b", "b"),
]
WRONG: list[tuple[Type, str]] = [
    *((MONEY, text) for text in ("1.234", "1,5 €", "12 34", "1e3", "--1", ".5", "", " ")),
    *((INTEGER, text) for text in ("1.5", "1 2", "0x1", "９")),
    *((DATE, text) for text in ("2020-02-30", "01/02/2020", "2019-02-29", "2020-1-01")),
    *((BOOLEAN, text) for text in ("1", "vraie")),
    (rate(1), "37.55"),
    (choice(["a", "b"]), "B"),
]
ENGINES: list[Callable[[pl.DataFrame], Any]] = [lambda frame: frame, lambda frame: duckdb.from_arrow(frame.to_arrow())]


def read(
    type_: Type, values: list[Any], lend: Callable[[pl.DataFrame], Any] = ENGINES[0]
) -> tuple[list[Any], list[bool]]:
    frame = nw.from_native(lend(pl.DataFrame({"x": values}))).lazy()
    found = parsed(nw.col("x"), frame.collect_schema()["x"], type_)
    assert found is not None
    wrong = found.wrong if found.wrong is not None else nw.lit(value=False)
    table = frame.select(value=found.value, wrong=wrong).collect("polars").to_native()
    return table["value"].to_list(), table["wrong"].to_list()


@pytest.mark.parametrize("lend", ENGINES, ids=["polars", "duckdb"])
@pytest.mark.parametrize(("type_", "text", "value"), GOOD, ids=[text for _, text, _ in GOOD])
def test_what_is_well_written_is_read(type_: Type, text: str, value: Any, lend: Callable[[pl.DataFrame], Any]) -> None:
    expected = (value - date(1970, 1, 1)).days if isinstance(value, date) else value
    assert read(type_, [text, None], lend) == ([expected, None], [False, False])


@pytest.mark.parametrize("lend", ENGINES, ids=["polars", "duckdb"])
@pytest.mark.parametrize(("type_", "text"), WRONG, ids=[f"{type_.kind} {text}" for type_, text in WRONG])
def test_what_is_written_otherwise_is_wrong(type_: Type, text: str, lend: Callable[[pl.DataFrame], Any]) -> None:
    assert read(type_, [text], lend) == ([None], [bool(text)]), "an empty cell is no answer, and no mistake"


def test_columns_that_have_a_type_of_their_own_are_taken_as_they_are() -> None:
    assert read(MONEY, [2, None]) == ([200, None], [False, False])
    assert read(DATE, [date(2020, 4, 17)]) == ([date(2020, 4, 17)], [False])
    frame = pl.DataFrame({"x": [1.5]})
    assert parsed(nw.col("x"), nw.from_native(frame).schema["x"], MONEY) is None
