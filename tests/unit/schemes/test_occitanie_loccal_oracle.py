"""L'OCCAL against an oracle written by hand: three amounts, their floors and caps, what de minimis leaves."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import Euros, Told, told, verdict

CEILING = 20_000_000
CENT = Decimal(1)


def oracle(case: dict[str, Any]) -> Told:
    """What is known of the fund, of a complete case of a company of the sector in Occitanie."""
    staff, asked = Decimal(case["effectif"]), case["demandes"]
    received = sum(one["montant"] for one in case["aides_de_minimis"]) if case["minimis_recu"] else 0
    left = max(CEILING - received, 0)
    advance = grant = rent = 0
    if "tresorerie" in asked:
        half = int((Decimal(int(case["besoin_tresorerie"])) / 2).quantize(CENT, ROUND_HALF_UP))
        found = min(half, 1_000_000 if staff < 4 else 2_500_000)
        advance = min(found, left) if found >= 200_000 else 0
    if "investissement" in asked:
        cost = sum(int(one["cout_ht"]) for one in case["devis"])
        found = int((Decimal(cost) * 7 / 10).quantize(CENT, ROUND_HALF_UP))
        found = min(found, 2_300_000 if case["activite"] == "hebergement" else 200_000)
        if case["activite"] == "taxi":
            grant = min(15_000, left - advance)
        elif found >= 25_000:
            grant = min(found, left - advance)
    if "loyer" in asked and case["independant"] and case["ferme_public"] and staff <= 10:
        rent = min(case["loyer_mensuel"], 100_000, left - advance - grant)
    total = advance + grant + rent
    return verdict({"un_volet_au_moins": total > 0, "sincerite": case["@sincerite"]}, total)


MONEY = st.integers(0, 9_000_000).map(Euros)
RECEIVED = st.fixed_dictionaries(
    {
        "date": st.just(date(2019, 5, 2)),
        "organisme": st.just("Région"),
        "reglement": st.just("1407/2013"),
        "montant": st.sampled_from([1, 10_000_000, 19_300_000, 20_000_000]).map(Euros),
    }
)
CASE = st.fixed_dictionaries(
    {
        "siret": st.just("12345678200010"),
        "naf": st.just("55.10Z"),
        "commune": st.just("31555"),
        "effectif": st.sampled_from(["0", "3.99", "4", "10", "10.01"]),
        "activite": st.sampled_from(["hebergement", "commerce", "taxi"]),
        "demandes": st.lists(st.sampled_from(["tresorerie", "investissement", "loyer"]), min_size=1, unique=True),
        "besoin_tresorerie": st.sampled_from([399_998, 399_999, 400_000, 2_000_000, 5_000_001]).map(Euros) | MONEY,
        "devis": st.lists(
            st.fixed_dictionaries(
                {
                    "nature": st.just("Travaux"),
                    "cout_ht": st.sampled_from([35_713, 35_714, 35_715, 285_715]).map(Euros) | MONEY,
                }
            ),
            min_size=1,
            max_size=3,
        ),
        "independant": st.booleans(),
        "ferme_public": st.booleans(),
        "loyer_mensuel": st.sampled_from([0, 99_999, 100_000, 100_001]).map(Euros),
        "minimis_recu": st.booleans(),
        "aides_de_minimis": st.lists(RECEIVED, min_size=1, max_size=2),
        "@sincerite": st.sampled_from([True, True, True, False]),
    }
)


@settings(max_examples=250)
@given(case=CASE, on=st.sampled_from([date(2020, 6, 4), date(2020, 12, 1)]))
def test_any_complete_case_comes_out_as_the_notes_say(case: dict[str, Any], on: date) -> None:
    assert told("occitanie-loccal", case, on) == oracle(case)
