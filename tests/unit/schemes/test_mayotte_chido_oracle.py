"""The Mayotte award against an oracle written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import Euros, Told, told, verdict


def oracle(case: dict[str, Any]) -> Told:
    """What is known of the decree, of a complete row."""
    twenty = (int(case["ca_mensuel_2022"]) * 2 + 500) // 1000 * 100  # a fifth, to the euro, halves up
    owes = case["impots_dus"] > 500_000 and not case["plan_de_reglement"]
    amount = 100_000 if owes or not case["exercice_2022"] else min(max(twenty, 100_000), 2_000_000)
    if case["mois"] == "2024-12":
        amount //= 2
    left = max(30_000_000 - case["minimis_recus"], 0)
    conditions = {
        "creee_avant": case["date_creation"] <= date(2024, 10, 31),
        "inscrite": case["inscrite_rne"],
        "declarations": case["a_jour"],
        "sans_procedure": not case["procedure_collective"],
        "minimis": left > 0,
    }
    return verdict(conditions, min(amount, left))


MOSTLY_TRUE = st.sampled_from([True] * 6 + [False])
CASE = st.fixed_dictionaries(
    {
        "siret": st.just("12345678200010"),
        "mois": st.sampled_from(["2024-12", "2025-01", "2025-02"]),
        "date_creation": st.dates(date(2024, 10, 30), date(2024, 11, 2)) | st.just(date(2015, 1, 1)),
        "inscrite_rne": MOSTLY_TRUE,
        "a_jour": MOSTLY_TRUE,
        "procedure_collective": MOSTLY_TRUE.map(lambda each: not each),
        "exercice_2022": MOSTLY_TRUE,
        "ca_mensuel_2022": (
            st.sampled_from([0, 500_249, 500_250, 9_999_999, 10_000_250]) | st.integers(0, 2 * 10**7)
        ).map(Euros),
        "impots_dus": st.sampled_from([0, 500_000, 500_001]).map(Euros),
        "plan_de_reglement": st.booleans(),
        "minimis_recus": st.sampled_from([0, 29_900_000, 29_999_999, 30_000_000, 31_000_000]).map(Euros),
    }
)


@settings(max_examples=200)
@given(case=CASE)
def test_any_row_comes_out_as_the_notes_say(case: dict[str, Any]) -> None:
    assert told("mayotte-chido", case, date(2025, 2, 3)) == oracle(case)
