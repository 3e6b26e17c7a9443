"""Exact numbers: money to the cent, halves away from zero, calendars, never a float."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.language import Source, compile_value
from guichet.language.operations import days_between, half_away, months_between, years_between
from guichet.model.days import add_months
from rules_at_hand import an_environment, value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("round(0.50 € to 1 €)", 100),
        ("round(-0.50 € to 1 €)", -100),
        ("round(0.49 € to 1 €)", 0),
        ("round(2 750.50 € * 10 % to 0.01 €)", 27_505),
        ("round(0.05 € * 50 % to 0.01 €)", 3),
        ("round(-0.05 € * 50 % to 0.01 €)", -3),
        ("floor(-0.01 € to 1 €)", -100),
        ("ceiling(-0.01 € to 1 €)", 0),
        ("ceiling(12.01 € to 10 €)", 2_000),
        ("round(100 € / 3 to 0.01 €)", 3_333),
        ("round(1 / 3 * 100 € to 0.01 €)", 3_333),
        ("round(100 € / max(effectif, 1) to 0.01 €)", 3_333),
        ("round(100 € / max(effectif, 1) * 3 to 0.01 €)", 10_000),
        ("round(quotite to 1 %)", 38),
        ("round(1 000 € * quotite * 50 % to 0.01 €)", 18_750),
        ("round(dettes_30j / max(charges_fixes, 1 €) to 0.01 %)", 15_994),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("floor(2.9)", 2),
        ("round(7 to 5)", 5),
        ("round(0.26 to 0.05)", 25),
        ("coefficient * 2 + 0.125", 3_125),
        ("min(effectif, 2.5)", 25),
        ("effectif * 1 500 €", 450_000),
        ("quotite * 2", 750),
        ("sum(1 €, 2.50 €, 3 €)", 650),
        ("abs(actif_disponible - 1 000 €)", 50_000),
        ("days_between(date_demande_pret, filed_on) * 2", 82),
    ],
)
def test_numbers_are_exact(text: str, result: int) -> None:
    environment = an_environment()
    assert compile_value(Source(text), environment).evaluate(_values()) == result


def _values() -> dict[str, object]:
    return {
        "effectif": 3,
        "quotite": 375,
        "coefficient": 150,
        "dettes_30j": 200_000,
        "charges_fixes": 125_050,
        "actif_disponible": 50_000,
        "date_demande_pret": date(2020, 3, 10),
        "filed_on": date(2020, 4, 20),
    }


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6).filter(bool))
def test_rounding_is_to_the_nearest_and_away_from_zero_at_the_middle(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = half_away(numerator, denominator)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_dates_move_to_the_same_day_or_the_last_of_the_month() -> None:
    assert value("date_demande_pret + 1 mois", date_demande_pret=date(2020, 1, 31)) == date(2020, 2, 29)
    assert value("date_demande_pret - 2 ans", date_demande_pret=date(2020, 2, 29)) == date(2018, 2, 28)
    assert value("10 jours + date_demande_pret", date_demande_pret=date(2020, 2, 25)) == date(2020, 3, 6)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_whole_months_are_those_one_can_add(start: date, end: date) -> None:
    months = months_between(start, end)
    assert months_between(end, start) == -months
    assert days_between(start, end) == -days_between(end, start)
    if start <= end:
        assert add_months(start, months) <= end < add_months(start, months + 1)
        assert years_between(start, end) == months // 12
    else:
        assert years_between(start, end) == -years_between(end, start)


def test_a_birthday_counts_from_its_day() -> None:
    assert years_between(date(2002, 4, 21), date(2020, 4, 20)) == 17
    assert years_between(date(2002, 4, 20), date(2020, 4, 20)) == 18
