"""Amounts per month and per year: converted to the cent, never mixed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guichet.editor.formatting import Dialect, formatted
from guichet.language import (
    MONEY_PER_MONTH,
    MONEY_PER_YEAR,
    Environment,
    Input,
    Source,
    compile_value,
)
from rules_at_hand import an_environment, complaint


def periods(words: str = "fr") -> Environment:
    """The usual fields, a rent per month and an income per year."""
    environment = an_environment(words)
    rent, income = Input(MONEY_PER_MONTH, "field"), Input(MONEY_PER_YEAR, "field")
    return replace(environment, inputs={**environment.inputs, "loyer_mensuel": rent, "revenu": income})


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("par_mois(revenu)", {"revenu": 100_000}, 8_333),
        ("par_mois(revenu)", {"revenu": 6}, 1),  # half a cent goes away from zero
        ("par_mois(revenu)", {"revenu": -6}, -1),
        ("par_an(loyer_mensuel)", {"loyer_mensuel": 64_050}, 768_600),
        ("par_mois(loyer_mensuel)", {"loyer_mensuel": 7}, 7),
        ("loyer_mensuel * 3 mois", {"loyer_mensuel": 64_050}, 192_150),
        ("arrondi(plafond / 12 mois à 0.01 €)", {"plafond": 100_000}, 8_333),
        ("arrondi(par_mois(revenu) * 30 % à 1 €)", {"revenu": 2_400_000}, 60_000),
        ("max(loyer_mensuel, 500 €/mois)", {"loyer_mensuel": 1}, 50_000),
        ("par_mois(revenu)", {"revenu": None}, None),
    ],
)
def test_an_amount_goes_from_one_period_to_the_other(text: str, given: dict[str, object], expected: object) -> None:
    assert compile_value(Source(text), periods()).evaluate(given) == expected


@pytest.mark.parametrize(
    "text",
    [
        "loyer_mensuel > revenu",
        "loyer_mensuel > 500 €",
        "loyer_mensuel + 10 € > 500 €/mois",
        "max(loyer_mensuel, revenu) > 1 €/mois",
        "loyer_mensuel * 3 mois > 500 €/mois",
        "revenu * 3 mois > 500 €",
        "(si ferme_public alors revenu sinon loyer_mensuel) > 1 €/an",
        "arrondi(loyer_mensuel / revenu à 1 %) > 5 %",
    ],
)
def test_two_periods_never_mix(text: str) -> None:
    said = complaint(text, environment=periods())
    assert "un montant par mois" in said or "un montant par an" in said


def test_periods_have_english_words_and_a_layout() -> None:
    condition = compile_value(Source("per_month(revenu) <= 1 000 €/month"), periods("en"))
    assert condition.evaluate({"revenu": 1_200_000}) is True
    assert formatted("par_mois( revenu )<=1000€/mois", Dialect("fr", "fr")) == "par_mois(revenu) <= 1 000 €/mois"
    assert formatted("par_mois(revenu) <= 1 000 €/mois", Dialect("fr", "en")) == "per_month(revenu) <= 1 000 €/month"
