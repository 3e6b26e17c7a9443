"""Our own scalars: what a declaration may write, and what it is refused in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.errors import hint, sentence
from guichet.model.scalars import (
    LARGEST,
    Period,
    ScalarError,
    Scaled,
    parse_day,
    parse_decimal,
    parse_flag,
    parse_identifier,
    parse_instant,
    parse_money,
    parse_period,
    parse_rate,
    parse_slug,
    parse_whole,
)

_READERS = {
    "money": parse_money,
    "whole": parse_whole,
    "decimal": parse_decimal,
    "rate": parse_rate,
    "flag": parse_flag,
    "day": parse_day,
    "instant": parse_instant,
    "period": parse_period,
    "identifier": parse_identifier,
    "slug": parse_slug,
}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("2 000 €", 200_000),
        ("3 500,50 €", 350_050),
        ("2000.00 €", 200_000),
        ("1 000", 100_000),
        ("1\u202f000\u00a0€", 100_000),
        ("0.5", 50),
        ("12,5€", 1_250),
        ("-12 €", -1_200),
        ("−0,01 €", -1),
    ],
)
def test_money_is_read_in_cents(text: str, cents: int):
    assert parse_money(text) == cents


@given(cents=st.integers(-(10**12), 10**12))
def test_money_written_in_french_reads_back(cents: int):
    sign, (euros, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    grouped = f"{euros:,}".replace(",", "\u202f")
    assert parse_money(f"{sign}{grouped},{rest:02} €") == cents
    assert parse_money(f"{sign}{euros}.{rest:02}") == cents


def test_numbers_keep_their_exact_value():
    assert parse_whole("1 234 567") == 1_234_567
    assert parse_decimal("-0.125") == Scaled(-125, 3)
    assert parse_rate("37,5 %") == parse_rate("37.5%") == Scaled(375, 1)
    assert parse_rate("100 %").decimal() == Decimal(100)


def test_a_scaled_number_changes_scale_without_losing_digits():
    assert Scaled(375, 1).to(3) == 37_500
    assert Scaled(-3750, 2).to(1) == -375
    with pytest.raises(ScalarError) as caught:
        Scaled(375, 1).to(0)
    assert caught.value.code == "scalar.too_many_decimals"


def test_only_true_and_false_are_flags():
    assert parse_flag("true") is True
    assert parse_flag("false") is False


def test_days_and_instants_are_local_and_year_first():
    assert parse_day("2020-04-01") == date(2020, 4, 1)
    assert parse_instant("2020-04-15T08:00") == datetime(2020, 4, 15, 8, 0)
    assert parse_instant("2020-04-15T08:00:30") == datetime(2020, 4, 15, 8, 0, 30)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("5 days", Period(5, "days")),
        ("1 jour", Period(1, "days")),
        ("2 months", Period(2, "months")),
        ("2 mois", Period(2, "months")),
        ("10 years", Period(10, "years")),
        ("10 ans", Period(10, "years")),
        ("1 année", Period(1, "years")),
    ],
)
def test_periods_are_read_in_both_languages(text: str, period: Period):
    assert parse_period(text) == period


def test_a_month_later_is_the_same_day_or_the_last_one():
    assert Period(1, "months").after(date(2020, 1, 31)) == date(2020, 2, 29)
    assert Period(2, "months").after(date(2020, 4, 15)) == date(2020, 6, 15)
    assert Period(1, "years").after(date(2020, 2, 29)) == date(2021, 2, 28)
    assert Period(99_999, "years").after(date(2020, 1, 1)) == date.max
    assert Period(30, "days").after(date(2020, 4, 1)) == date(2020, 5, 1)
    assert Period(13, "months").after(date(2020, 12, 1)) == date(2022, 1, 1)
    assert Period(3, "months").before(date(2020, 5, 31)) == date(2020, 2, 29)


def test_names_may_have_accents_and_folders_may_not():
    assert parse_identifier("trésorerie_négative2") == "trésorerie_négative2"
    assert parse_slug("fds-volet-2") == "fds-volet-2"


@pytest.mark.parametrize(
    ("reader", "text", "code", "french_hint_holds"),
    [
        ("money", "deux mille", "scalar.money", "2 000 €"),
        ("money", "5 %", "scalar.money", "2 000 €"),
        ("money", "1 00", "scalar.money", "2 000 €"),
        ("money", "1_000", "scalar.money", "1 000 €"),
        ("money", "2.000.000 €", "scalar.money", "2 000 000 €"),
        ("money", "2.000 €", "scalar.money", "2 000 €"),
        ("money", "2,000,000.50", "scalar.money", "2 000 000,50 €"),
        ("money", "1e3", "scalar.money", "2 000 €"),
        ("money", "", "scalar.money", "2 000 €"),
        ("money", "0,5", "scalar.comma_without_unit", "écrivez 0.5, ou 0,5 suivi de son unité"),
        ("money", "0.505 €", "scalar.too_many_decimals", "arrondissez"),
        ("money", "9" * 19, "scalar.too_large", "9 223 372"),
        ("money", "9" * 60, "scalar.too_large", "9 223 372"),
        ("whole", "1.5", "scalar.whole", "1 000"),
        ("whole", "12 €", "scalar.whole", "1 000"),
        ("whole", "\u0661\u0662", "scalar.whole", "1 000"),
        ("decimal", "abc", "scalar.decimal", "0.5"),
        ("decimal", "12 %", "scalar.decimal", "0.5"),
        ("rate", "0.5", "scalar.rate", "37.5 %"),
        ("flag", "oui", "scalar.flag", "écrivez true, pas oui"),
        ("flag", "NO", "scalar.flag", "écrivez false, pas NO"),
        ("flag", "off", "scalar.flag", "écrivez false, pas off"),
        ("flag", "True", "scalar.flag", "écrivez true, pas True"),
        ("flag", "peut-être", "scalar.flag", "écrivez true (oui) ou false (non)"),
        ("day", "01/04/2020", "scalar.day", "ici sans doute 2020-04-01"),
        ("day", "1er avril 2020", "scalar.day", "ici sans doute 2020-04-01"),
        ("day", "2020-4-1", "scalar.day", "comme 2020-04-01."),
        ("day", "20200401", "scalar.day", "comme 2020-04-01."),
        ("day", "2020-02-30", "scalar.no_such_day", "vérifiez"),
        ("instant", "2020-04-15 08:00", "scalar.instant", "2020-04-15T08:00"),
        ("instant", "2020-04-15T08:00Z", "scalar.instant", "sans fuseau"),
        ("instant", "2020-04-15T25:00", "scalar.no_such_day", "l'heure"),
        ("period", "5", "scalar.period", "5 jours"),
        ("period", "5 semaines", "scalar.period", "5 jours"),
        ("period", "deux mois", "scalar.period", "2 mois"),
        ("identifier", "chiffre-affaires", "scalar.identifier", "par exemple chiffre_affaires"),
        ("identifier", "2020", "scalar.identifier", "ni trait d'union."),
        ("slug", "FDS Volet 2 été", "scalar.slug", "par exemple fds-volet-2-ete"),
        ("slug", "-", "scalar.slug", "traits d'union entre eux."),
    ],
)
def test_anything_else_is_refused_with_a_way_out(reader: str, text: str, code: str, french_hint_holds: str):
    with pytest.raises(ScalarError) as caught:
        _READERS[reader](text)
    assert caught.value.code == code
    assert text in sentence(code, caught.value.data, "fr")
    assert french_hint_holds in hint(code, caught.value.data, "fr")
    assert hint(code, caught.value.data, "en")


@given(text=st.text(max_size=12), reader=st.sampled_from(sorted(_READERS)))
def test_any_text_is_a_value_or_a_scalar_error(text: str, reader: str):
    try:
        value = _READERS[reader](text)
    except ScalarError:
        return
    assert not isinstance(value, int) or abs(value) <= LARGEST
