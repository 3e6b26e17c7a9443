"""One value has one JSON text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.model.canonical import NotCanonicalError, canonical_bytes, canonical_json, parse_json

plain_text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | plain_text,
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(plain_text, inner),
)


@given(values)
def test_a_value_comes_back_from_its_text(value: object) -> None:
    assert parse_json(canonical_json(value)) == value
    assert canonical_json(parse_json(canonical_json(value))) == canonical_json(value)


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
