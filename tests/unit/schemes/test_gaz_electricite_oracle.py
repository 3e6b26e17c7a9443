"""The gas and electricity aid against an oracle written by hand: three ceilings, two references, a recent company."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import Euros, Told, told, verdict


def share(cents: int, percent: int) -> int:
    """A part of a sum, to the cent, halves up."""
    return int((Decimal(cents) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def oracle(case: dict[str, Any]) -> Told:
    """What is known of the decree, of a complete case."""
    if case["recente"]:
        electricity, gas = 18_000, 7_500
    elif case["reference"] == "periode":
        electricity, gas = case["electricite_periode"], case["gaz_periode"]
    else:
        electricity, gas = case["electricite_moyenne"], case["gaz_moyenne"]
    costs = max(case["electricite_prix"] - 2 * electricity, 0) * case["electricite_mwh"]
    costs += max(case["gaz_prix"] - 2 * gas, 0) * case["gaz_mwh"]
    loss = max(-case["ebe"], 0)
    if loss and costs >= share(loss, 50):
        rate, ceiling = (70, 5_000_000_000) if case["naf"][:4] == "23.1" else (50, 2_500_000_000)
        amount = min(share(costs, rate), share(loss, 80), ceiling)
    else:
        amount = min(share(costs, 30), 200_000_000)
    weighs = case["recente"] or case["depenses_2021"] >= share(case["chiffre_affaires_2021"], 3)
    conditions = {"poids_de_l_energie": weighs, "prix_double": costs > 0, "sincerite": case["@sincerite"]}
    return verdict(conditions, amount)


PRICE = st.integers(0, 60_000).map(Euros)
CASE = st.fixed_dictionaries(
    {
        "siret": st.just("12345678200010"),
        "naf": st.sampled_from(["13.96Z", "23.11Z"]),
        "recente": st.booleans(),
        "chiffre_affaires_2021": st.sampled_from([0, 100_000_000, 100_000_050]).map(Euros),
        "depenses_2021": st.sampled_from([2_999_999, 3_000_000, 3_000_001, 3_000_002]).map(Euros),
        "reference": st.sampled_from(["periode", "moyenne"]),
        "electricite_mwh": st.integers(0, 500_000),
        "gaz_mwh": st.integers(0, 500_000),
        **{f"{energy}_{what}": PRICE for energy in ("electricite", "gaz") for what in ("prix", "periode", "moyenne")},
        "ebe": (st.integers(-(10**10), 10**6) | st.sampled_from([-1, 0, -3, -10_000_001])).map(Euros),
        "@sincerite": st.sampled_from([True, True, True, False]),
    }
)


@settings(max_examples=250)
@given(case=CASE)
def test_any_complete_case_comes_out_as_the_notes_say(case: dict[str, Any]) -> None:
    assert told("gaz-electricite", case, date(2022, 9, 1)) == oracle(case)
