"""Days, numbers and money as people read them."""

from datetime import UTC, date, datetime

import pytest

from guichet.locale import format_date, format_day, format_instant, format_money, format_month, format_number, typeset


def test_days_in_words_and_figures() -> None:
    assert format_day(date(2020, 4, 1)) == "1er avril 2020"
    assert format_day(date(2020, 4, 1), "en") == "1 April 2020"
    assert format_date(date(2020, 4, 1)) == "01/04/2020"
    assert format_month(date(2020, 3, 1)) == "mars 2020"
    assert format_month(date(2020, 3, 1), "en") == "March 2020"


def test_instants() -> None:
    instant = datetime(2020, 4, 20, 9, 5, tzinfo=UTC)
    assert format_instant(instant) == "20 avril 2020 à 9\u00a0h\u00a005"
    assert format_instant(instant, "en") == "20 April 2020 at 09:05"


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (200000, "2\u202f000\u00a0€", "€2,000"),
        (123450, "1\u202f234,50\u00a0€", "€1,234.50"),
        (-5, "−0,05\u00a0€", "−€0.05"),
        (-100, "−1\u00a0€", "−€1"),
        (0, "0\u00a0€", "€0"),
    ],
)
def test_money(cents: int, french: str, english: str) -> None:
    assert format_money(cents) == french
    assert format_money(cents, "en") == english


def test_scaled_numbers() -> None:
    assert format_number(12345, 1) == "1\u202f234,5"
    assert format_number(-7, 2) == "−0,07"
    assert format_number(1234567, 0, "en") == "1,234,567"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Motif : « x »", "Motif\u00a0: «\u00a0x\u00a0»"),
        ("1 234 567 €", "1\u202f234\u202f567\u00a0€"),
        ("art. 4 du n° 2020-371", "art.\u00a04 du n°\u00a02020-371"),
        ("le 20 2020", "le 20 2020"),
    ],
)
def test_french_spaces_do_not_break_lines(typed: str, shown: str) -> None:
    assert typeset(typed) == shown
