"""How values are written, as an author would, and read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.language import (
    BOOLEAN,
    DATE,
    DAYS,
    INTEGER,
    MONEY,
    MONTHS,
    TEXT,
    UNAVAILABLE,
    Source,
    Type,
    choice,
    compile_value,
    decimal,
    list_of,
    rate,
    rows,
    write_value,
)
from rules_at_hand import an_environment


@pytest.mark.parametrize(
    ("value", "type_", "written"),
    [
        (200_000, MONEY, "2\u202f000\u00a0€"),
        (-5, MONEY, "-0,05\u00a0€"),
        (375, rate(1), "37,5\u00a0%"),
        (150, decimal(2), "1.50"),
        (1_000, INTEGER, "1\u202f000"),
        (10, DAYS, "10 jours"),
        (3, MONTHS, "3 mois"),
        (True, BOOLEAN, "vrai"),
        (date(2020, 3, 1), DATE, "2020-03-01"),
        ('a "b"', TEXT, r'"a \"b\""'),
        ("refuse", choice(["refuse"]), "refuse"),
        (("a", "b"), list_of(choice(["a", "b"])), "a, b"),
        (({}, {}), rows({}), "2"),
        (None, MONEY, "?"),
        (UNAVAILABLE, MONEY, "?"),
    ],
)
def test_values_are_written_as_an_author_would(value: object, type_: Type, written: str) -> None:
    assert write_value(value, type_, "fr") == written


def test_values_are_written_in_english_with_a_point() -> None:
    assert write_value(275_050, MONEY, "en") == "2\u202f750.50\u00a0€"
    assert write_value(3, MONTHS, "en") == "3 months"


@given(st.integers(-(10**12), 10**12), st.sampled_from([MONEY, rate(0), rate(2), decimal(3), INTEGER]))
def test_a_written_number_reads_back_as_itself(value: int, type_: Type) -> None:
    for words in ("fr", "en"):
        read = compile_value(Source(write_value(value, type_, words)), an_environment(words))
        assert read.type == type_
        assert read.evaluate({}) == value
