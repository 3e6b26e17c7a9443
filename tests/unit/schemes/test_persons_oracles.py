"""The two aids to persons against oracles written by hand: the bicycle voucher and the household aid."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import Euros, Told, told, verdict

MOSTLY_TRUE = st.sampled_from([True] * 6 + [False])
OCCITANIE = ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82")


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves up, of a value that is not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def bicycle(case: dict[str, Any], on: date) -> Told:
    """What is known of the Occitanie voucher, of a complete case."""
    born = case["date_naissance"]
    eighteen = born.replace(year=born.year + 18, day=min(born.day, 28))  # no test case is born on 29 February
    per_part = half_up(Fraction(case["revenu_fiscal"]) / Fraction(case["parts"]) / 100) * 100
    conditions = {
        "majeur": eighteen <= on,
        "habitant": case["commune"][:2] in OCCITANIE,
        "revenu": per_part <= 2_751_900,
        "vendeur_de_la_region": case["commune_vendeur"][:2] in OCCITANIE,
        "sincerite": case["@sincerite"],
    }
    if on < date(2020, 7, 1):
        return verdict(conditions, 10_000)
    return verdict(conditions, 20_000 if case["imposable"] else 40_000)


BICYCLE = st.fixed_dictionaries(
    {
        "date_naissance": st.dates(date(2002, 6, 25), date(2002, 7, 5)) | st.just(date(1980, 1, 1)),
        "commune": st.sampled_from(["31555", "34172", "81004", "33063"]),
        "revenu_fiscal": (st.sampled_from([0, 2_751_900, 2_751_949, 2_751_950, 2_752_000]) | st.integers(0, 10**7)).map(
            Euros
        ),
        "parts": st.sampled_from(["1", "1.5", "2.25", "3"]),
        "imposable": st.booleans(),
        "commune_vendeur": st.sampled_from(["31555", "66136", "75104"]),
        "@sincerite": MOSTLY_TRUE,
    }
)


@settings(max_examples=150)
@given(case=BICYCLE, on=st.sampled_from([date(2019, 9, 1), date(2020, 6, 30), date(2020, 7, 1), date(2020, 7, 3)]))
def test_any_bicycle_voucher_comes_out_as_its_notice_says(case: dict[str, Any], on: date) -> None:
    assert told("occitanie-velo", case, on) == bicycle(case, on)


def household(case: dict[str, Any]) -> Told:
    """What the household aid proposes, of a complete case: tenths of consumption units, months of income."""
    tenths = 10 + 5 * case["en_couple"] + 5 * case["enfants_14_ans"] + 3 * case["enfants_moins_14"]
    monthly = half_up(Fraction(int(case["revenus_annuels"]), 100) / 12 / Fraction(tenths, 10))
    conditions = {
        "habitant": case["commune"].startswith("63"),
        "travail_independant": case["independant"],
        "perte_de_revenus": case["@perte_de_revenus"],
        "sincerite": case["@sincerite"],
    }
    return verdict(conditions, 80_000 if monthly <= 700 else 65_000 if monthly <= 1000 else 50_000)


HOUSEHOLD = st.fixed_dictionaries(
    {
        "commune": st.sampled_from(["63113", "63113", "69123"]),
        "independant": MOSTLY_TRUE,
        "en_couple": st.booleans(),
        "enfants_14_ans": st.integers(0, 4),
        "enfants_moins_14": st.integers(0, 4),
        "revenus_annuels": (st.sampled_from([0, 840_000, 840_600, 1_200_600]) | st.integers(0, 6_000_000)).map(Euros),
        "@perte_de_revenus": MOSTLY_TRUE,
        "@sincerite": MOSTLY_TRUE,
    }
)


@settings(max_examples=150)
@given(case=HOUSEHOLD)
def test_any_household_comes_out_as_proposed(case: dict[str, Any]) -> None:
    assert told("puy-de-dome-foyer", case, date(2020, 6, 2)) == household(case)
