"""Île-de-France rent aid against an oracle written by hand from its notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import Euros, Told, told, verdict

SCHEME = "idf-aide-loyer"
SECOND_EDITION = date(2021, 3, 23)
DIVISIONS = "13 14 15 16 17 18 20 22 23 26 27 28 31 32 47 56 79 93 96".split()  # noqa: SIM905  a list of nineteen quoted words is harder to read
GROUPS = ("74.1", "74.2", "77.2", "95.2")
CLASSES = ("45.11Z", "45.19Z", "82.11Z", "85.53Z")
ILE_DE_FRANCE = ("75", "77", "78", "91", "92", "93", "94", "95")


def oracle(case: dict[str, Any], on: date) -> Told:
    """What the notice says of a complete case."""
    naf = case["naf"]
    listed = (naf[:2] in DIVISIONS or naf[:4] in GROUPS or naf in CLASSES) and naf != "56.10C"
    if on >= SECOND_EDITION:
        listed = listed or naf[:4] == "55.1" or naf == "82.30Z"
    small = case["chiffre_affaires"] <= 200_000_000 if case["exercice_clos"] else case["ca_mensuel_moyen"] < 16_666_600
    tenant = case["locataire"]
    conditions = {
        "en_ile_de_france": case["commune"][:2] in ILE_DE_FRANCE,
        "cree_avant": case["date_creation"] < date(2020, 10, 15),
        "immatricule": case["immatriculation"] != "aucun",
        "moins_de_dix": Decimal(case["effectif"]) < 10,
        "taille": small,
        "ferme": case["ferme_public"],
        "activite_ouverte_a_l_aide": listed,
        "locataire_du_prive": tenant and case["bailleur"] == "prive",
        "loyer_du": not (tenant and case["loyer_abandonne"]),
        "sincerite": case["@sincerite"],
    }
    return verdict(conditions, 100_000)


MOSTLY_TRUE = st.sampled_from([True] * 6 + [False])
CASE = st.fixed_dictionaries(
    {
        "siret": st.just("12345678200010"),
        "naf": st.sampled_from(
            [
                "56.10A",
                "56.10C",
                "56.30Z",
                "47.71Z",
                "55.10Z",
                "55.20Z",
                "82.30Z",
                "82.11Z",
                "85.53Z",
                "85.51Z",
                "74.10Z",
                "74.30Z",
                "13.10Z",
                "19.10Z",
                "45.11Z",
                "45.20A",
                "77.21Z",
                "77.31Z",
                "95.22Z",
                "95.11Z",
                "96.02A",
            ]
        ),
        "commune": st.sampled_from(["75104", "77186", "94028", "95018", "60057", "2A004", "97105"]),
        "date_creation": st.dates(date(2020, 10, 13), date(2020, 10, 17)) | st.just(date(2010, 1, 1)),
        "immatriculation": st.sampled_from(["rcs", "rm", "aucun"]),
        "effectif": st.sampled_from(["0", "9.99", "10", "10.01"]),
        "ferme_public": MOSTLY_TRUE,
        "exercice_clos": st.booleans(),
        "chiffre_affaires": st.sampled_from([0, 200_000_000, 200_000_001]).map(Euros),
        "ca_mensuel_moyen": st.sampled_from([0, 16_666_599, 16_666_600]).map(Euros),
        "locataire": MOSTLY_TRUE,
        "bailleur": st.sampled_from(["prive", "prive", "social", "public"]),
        "loyer_abandonne": MOSTLY_TRUE.map(lambda each: not each),
        "@sincerite": MOSTLY_TRUE,
    }
)
GOOD: dict[str, Any] = {
    "siret": "12345678200010", "naf": "56.10A", "commune": "75104", "date_creation": date(2010, 1, 1),
    "immatriculation": "rcs", "effectif": "4", "ferme_public": True, "exercice_clos": True,
    "chiffre_affaires": Euros(1), "ca_mensuel_moyen": Euros(1), "locataire": True, "bailleur": "prive",
    "loyer_abandonne": False, "@sincerite": True,
}  # fmt: skip


@settings(max_examples=250)
@given(case=CASE, on=st.sampled_from([date(2021, 1, 22), date(2021, 3, 22), SECOND_EDITION, date(2021, 5, 7)]))
def test_any_complete_case_comes_out_as_the_notice_says(case: dict[str, Any], on: date) -> None:
    assert told(SCHEME, case, on) == oracle(case, on)


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("effectif", "9.99", "10"),
        ("chiffre_affaires", Euros(200_000_000), Euros(200_000_001)),
        ("date_creation", date(2020, 10, 14), date(2020, 10, 15)),
        ("naf", "56.10A", "56.10C"),
    ],
)
def test_each_threshold_has_two_sides(name: str, inside: object, outside: object) -> None:
    on = date(2021, 2, 1)
    assert told(SCHEME, GOOD | {name: inside}, on) == ("eligible", 100_000, ())
    assert told(SCHEME, GOOD | {name: outside}, on)[0] == "not_eligible"
