"""What a plugin gives back, held to what its contract says, down to the cell of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

import pytest

from guichet.plugin.contracts import FetchedList, ListPage, ListRow, Reason, RejectedRow
from guichet.plugin.results import result_check

fits_a_page = result_check(FetchedList.fetch)


class Level(IntEnum):
    """A number of its own class."""

    HIGH = 3


def a_page(*rows: Any, cursor: Any = "next", gone: Any = ()) -> ListPage:
    return ListPage(rows, cursor, last=False, gone=gone)


def test_a_page_of_rows_read_and_set_aside_is_one() -> None:
    values = {"key": "1", "amount": 12, "on": date(2020, 4, 1), "open": True, "none": None, "level": Level.HIGH}
    rejected = RejectedRow(2, "amount", Reason(fr="Non.", en="No."))

    assert fits_a_page(a_page())
    assert fits_a_page(a_page(ListRow(1, values, "1"), rejected, gone=("7",)))


@pytest.mark.parametrize("cell", [1.5, Decimal("1.5"), b"1", ("1",), {"a": 1}, object()])
def test_a_cell_that_no_column_takes_is_none(cell: Any) -> None:
    assert not fits_a_page(a_page(ListRow(1, {"key": "1", "amount": 3}), ListRow(2, {"key": "2", "amount": cell})))


@pytest.mark.parametrize(
    "page",
    [
        a_page(ListRow("1", {})),  # pyright: ignore[reportArgumentType]  what a plugin gets wrong
        a_page({"key": "1"}),
        a_page(ListRow(1, [("key", "1")])),  # pyright: ignore[reportArgumentType]  as above
        a_page(cursor=None),
        a_page(gone=(7,)),
        a_page(gone=["7"]),
    ],
)
def test_a_page_wrong_in_one_place_is_none(page: ListPage) -> None:
    assert not fits_a_page(page)


@dataclass(frozen=True)
class Knot:
    """A value that holds itself."""

    inside: Mapping[str, Knot | None]


def a_knot() -> Knot:
    """Stand for a method of a contract: its annotation alone is read."""
    return Knot({})


def test_a_type_that_holds_itself_is_followed_so_far() -> None:
    fits = result_check(a_knot)

    assert fits(Knot({"a": Knot({"b": None})}))
    assert not fits(Knot({"a": Knot({"b": "no knot"})}))  # pyright: ignore[reportArgumentType]  as above
