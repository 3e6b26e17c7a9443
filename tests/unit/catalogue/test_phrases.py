"""What French schemes say, each in one small scheme, from what the form holds to the amount."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from declarations import SCHEME, a_library

FIELDS = """\
      cout: {type: money, label: Coût, min: 0, max: 1 000 000 €}
      revenu: {type: money, label: Revenu, per: year, min: 0, max: 1 000 000 €}
      loyer: {type: money, label: Loyer, per: month, min: 0, max: 10 000 €}
      naissance: {type: date, label: Né le}
      commune: {type: text, label: Commune}
      secteur: {type: choice, label: Secteur, choices: {culture: Culture, sport: Sport, autre: Autre}}
      aides: {type: money, label: Aides de minimis reçues, min: 0, max: 300 000 €}
      enfants:
        type: rows
        label: Vos enfants
        fields:
          ne_le: {type: date, label: Né le}
          a_charge: {type: boolean, label: À charge ?}
"""
GIVEN: dict[str, Any] = {
    "effectif": 3,
    "annule": True,
    "perte": 100_000,
    "cout": 200_000,
    "revenu": 2_400_000,
    "loyer": 64_050,
    "naissance": date(1990, 5, 5),
    "commune": "74281",
    "secteur": "culture",
    "aides": 29_950_000,
    "enfants": (
        {"ne_le": date(2010, 1, 1), "a_charge": True},
        {"ne_le": date(2001, 1, 1), "a_charge": True},
        {"ne_le": date(2015, 1, 1), "a_charge": False},
    ),
    "filed_on": date(2020, 5, 10),
    "plafond": 50_000,
}


def amount_of(folder: Path, amount: str, define: str = "") -> int | None:
    """The amount of the case above under one cascade, and the definitions it needs."""
    scheme = SCHEME.replace("      titulaire: {type", FIELDS + "      titulaire: {type", 1)
    head, _, rest = scheme.partition("    amount:\n")
    _, _, after = rest.partition("  2020-06-01:")
    head = head.replace('value: "min(perte, plafond)"}\n', f'value: "min(perte, plafond)"}}\n{define}')
    scheme = f"{head}    amount:\n{amount}  2020-06-01:{after}"
    compiled = a_library(folder, scheme).effective("essai").compiled
    program = compiled.versions[0].program
    result = program.evaluate(GIVEN)
    assert (result, result.outcome) == (program.explain(GIVEN).result, "eligible")
    return result.amount


@pytest.mark.parametrize(
    ("phrase", "value", "expected"),
    [
        ("a cap and a floor", "max(150 €, min(cout, plafond))", 50_000),
        ("a rate of a cost, rounded", "arrondi(cout * 33.33 % à 1 €)", 66_700),
        ("a sum and a difference", "somme(cout, perte) - 100 €", 290_000),
        ("a cascade in one line", "si secteur = culture alors 300 € sinon 100 €", 30_000),
        ("membership in a list", "si secteur dans (culture, sport) alors 300 € sinon 100 €", 30_000),
        ("an age", "si années_entre(naissance, filed_on) >= 30 alors 300 € sinon 100 €", 30_000),
        ("a duration", "si mois_entre(naissance, filed_on) < 361 mois alors 300 € sinon 100 €", 30_000),
        ("a share of an income", "si loyer > arrondi(par_mois(revenu) * 30 % à 1 €) alors 300 € sinon 100 €", 30_000),
        ("a month of rent", "loyer * 1 mois", 64_050),
        ("what is left under a ceiling", "min(cout, max(300 000 € - aides, 0 €))", 50_000),
        ("children by age", "nombre(e dans enfants où années_entre(e.ne_le, filed_on) < 14) * 50 €", 10_000),
        ("children who live there", "nombre(e dans enfants où e.a_charge) * 50 €", 10_000),
        ("a default", "si perte est connue alors perte sinon 100 €", 100_000),
        ("a département", 'si departement_de(commune) = "dep-74" alors 300 € sinon 100 €', 30_000),
        ("a commune by its beginning", 'si commence_par(commune, "74") alors 300 € sinon 100 €', 30_000),
        ("working days", 'jours_ouvrés_entre(2020-05-06, filed_on, "dep-74") * 100 €', 10_000),
    ],
)  # fmt: skip
def test_a_phrase_of_french_schemes_goes_from_the_form_to_the_amount(
    phrase: str, value: str, expected: int, tmp_path: Path
) -> None:
    assert amount_of(tmp_path, f"      - always: |\n          {value}\n") == expected, phrase


def test_definitions_read_one_another_over_several_levels(tmp_path: Path) -> None:
    define = (
        '      reste: {label: Reste à charge, value: "cout - 1 000 €"}\n'
        '      part: {label: Part, value: "arrondi(reste * 50 % à 1 €)"}\n'
        '      bornee: {label: Part bornée, value: "min(part, plafond)"}\n'
    )
    assert amount_of(tmp_path, "      - always: bornee\n", define) == 50_000
