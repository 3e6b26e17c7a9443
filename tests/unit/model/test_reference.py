"""A public reference survives the phone, and a wrong one is told at once."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from guichet.model.reference import ALPHABET, new_reference, parse_reference

references = st.binary(min_size=600, max_size=600).map(lambda data: new_reference(iter_bytes(data)))


def iter_bytes(data: bytes):
    """Give a source of these bytes, over and over: a value that needs a sixth check symbol is drawn again."""
    place = 0

    def take(size: int) -> bytes:
        nonlocal place
        place += size
        return (data + os.urandom(place))[place - size : place] if place > len(data) else data[place - size : place]

    return take


@given(references)
def test_a_reference_has_ten_plain_symbols_and_reads_back(reference: str) -> None:
    assert len(reference) == 10
    assert set(reference) <= set(ALPHABET)
    assert parse_reference(reference) == reference
    assert parse_reference(f" {reference[:5]}-{reference[5:].lower()} ") == reference


@given(references, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_any_wrong_symbol_is_caught(reference: str, place: int, symbol: str) -> None:
    wrong = reference[:place] + symbol + reference[place + 1 :]

    assert (parse_reference(wrong) is None) is (wrong != reference)


@given(references, st.integers(0, 8))
def test_any_two_neighbours_swapped_are_caught(reference: str, place: int) -> None:
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]

    assert (parse_reference(swapped) is None) is (swapped != reference)


@given(references)
def test_letters_taken_for_digits_are_forgiven(reference: str) -> None:
    assert parse_reference(reference.replace("0", "O").replace("1", "l")) == reference


def test_what_is_no_reference_is_none() -> None:
    for text in ("", "123", "ABCDEFGHIJK", "UUUUUUUUUU", "é" * 10, "00000 00001"):
        assert parse_reference(text) is None
