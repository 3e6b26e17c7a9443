"""What applicants type: habits are accepted, two readings are asked about, nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.errors import hint, sentence
from guichet.model.input import clean_line, read_day, read_decimal, read_money, read_whole
from guichet.model.scalars import ScalarError, Scaled


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,50", 123_450),
        ("1234.5", 123_450),
        ("1 234", 123_400),
        ("1\u202f234,50\u00a0€", 123_450),
        (" 1234,5 euros ", 123_450),
        ("5€", 500),
        ("5 EUR", 500),
        ("-12", -1_200),
        ("−12,30 €", -1_230),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1.234.567", 123_456_700),
        ("1'234", 123_400),
        ("12,", 1_200),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_type_it(text: str, cents: int):
    assert read_money(text) == cents


@pytest.mark.parametrize(
    ("text", "readings"),
    [("1.234", ("1 234", "1,234")), ("12,345 €", ("12 345", "12,345")), ("-1.234", ("-1 234", "-1,234"))],
)
def test_a_number_with_two_readings_is_asked_about(text: str, readings: tuple[str, str]):
    with pytest.raises(ScalarError) as caught:
        read_money(text)
    assert caught.value.code == "input.ambiguous_number"
    assert hint(caught.value.code, caught.value.data, "fr").startswith(f"Écrivez {readings[0]} ou {readings[1]},")


def test_whole_and_decimal_numbers():
    assert read_whole("1 000") == 1_000
    assert read_whole("12,0") == 12
    assert read_decimal("12,5") == Scaled(125, 1)
    assert read_decimal("0.125") == Scaled(125, 3)


@pytest.mark.parametrize(
    "text",
    [
        "20/04/2020",
        "2020-04-20",
        "20 04 2020",
        "20.04.2020",
        "20-4-2020",
        "20 avril 2020",
        "20 AVRIL 2020",
        "2020/4/20",
    ],
)
def test_days_are_read_as_people_type_them(text: str):
    assert read_day(text) == date(2020, 4, 20)


def test_months_in_words_are_read_with_or_without_accents():
    assert read_day("1er août 2020") == read_day("1 aout 2020") == date(2020, 8, 1)


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_money, "", "input.money"),
        (read_money, "12 34", "input.money"),
        (read_money, "1.2.3", "input.money"),
        (read_money, "douze", "input.money"),
        (read_money, "0,505", "input.cents"),
        (read_money, "1234,567", "input.cents"),
        (read_money, "9" * 17, "input.too_large"),
        (read_money, "9" * 40, "input.too_large"),
        (read_whole, "12,5", "input.whole"),
        (read_decimal, "x", "input.decimal"),
        (read_day, "demain", "input.day"),
        (read_day, "20/04/20", "input.short_year"),
        (read_day, "31/02/2020", "input.no_such_day"),
        (read_day, "04/20/2020", "input.no_such_day"),
        (clean_line, "a\x00b", "input.control_character"),
        (clean_line, "a\nb", "input.control_character"),
        (clean_line, "a\x1bb", "input.control_character"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(read, text: str, code: str):
    with pytest.raises(ScalarError) as caught:
        read(text)
    assert caught.value.code == code
    for language in ("fr", "en"):
        assert "{" not in sentence(code, caught.value.data, language) + hint(code, caught.value.data, language)


def test_text_is_trimmed_and_composed():
    assert clean_line("  Cafe\u0301 \t") == "Café"


@given(cents=st.integers(-(10**11), 10**11))
def test_money_shown_in_french_reads_back(cents: int):
    sign, (euros, rest) = "−" if cents < 0 else "", divmod(abs(cents), 100)
    shown = f"{sign}{euros:,}".replace(",", "\u202f") + f",{rest:02}\u00a0€"
    assert read_money(shown) == cents


@given(text=st.text(max_size=12), read=st.sampled_from([read_money, read_whole, read_decimal, read_day]))
def test_any_text_is_a_value_or_a_scalar_error(text: str, read):
    try:
        read(text)
    except ScalarError as error:
        assert error.code.startswith("input.")  # noqa: PT017  the point is that no other exception comes out
