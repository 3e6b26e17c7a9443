"""One value has one JSON text."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.model.canonical import NotCanonicalError, canonical_bytes, canonical_json, parse_json

plain_text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | plain_text,
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(plain_text, inner),
)


def _held(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner) | st.dictionaries(st.text(), inner)


@given(values)
def test_a_value_comes_back_from_its_text(value: object) -> None:
    assert parse_json(canonical_json(value)) == value
    assert canonical_json(parse_json(canonical_json(value))) == canonical_json(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), _held))
def test_the_text_is_that_of_the_standard_library(value: object) -> None:
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert canonical_json(value) == told


def test_texts_and_numbers_of_a_class_of_their_own_are_what_they_say() -> None:
    class Word(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "something else"

    class Kind(StrEnum):
        AID = "aid"

    class Level(IntEnum):
        HIGH = 3

    assert canonical_json({Word("b"): Word("é"), Kind.AID: (Kind.AID, Level.HIGH)}) == '{"aid":["aid",3],"b":"é"}'


def test_the_order_of_keys_changes_nothing() -> None:
    assert canonical_json({"b": 1, "a": {"d": 2, "c": 3}}) == canonical_json({"a": {"c": 3, "d": 2}, "b": 1})


def test_dates_and_instants_become_their_text() -> None:
    paris = datetime(2020, 4, 20, 10, 0, tzinfo=timezone(timedelta(hours=2)))

    assert canonical_json([date(2020, 4, 20), paris]) == '["2020-04-20","2020-04-20T08:00:00.000000Z"]'
    assert canonical_json(paris) == canonical_json(paris.astimezone(UTC))


@pytest.mark.parametrize("value", [1.0, float("nan"), {1: 2}, {None: 1}, {1, 2}, b"x", datetime(2020, 4, 20), object()])
def test_what_has_no_single_text_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json({"x": value})


def test_a_lone_surrogate_has_no_bytes() -> None:
    with pytest.raises(NotCanonicalError):
        canonical_bytes("\ud800")


@pytest.mark.parametrize("text", ["1.5", "1e3", "NaN", "Infinity"])
def test_a_number_with_a_fraction_is_not_read(text: str) -> None:
    with pytest.raises(NotCanonicalError):
        parse_json(text)
