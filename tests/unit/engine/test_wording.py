"""Expressions of the rules as sentences, in French and English, from the typed tree alone."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from declarations import SCHEME, a_library
from guichet.catalogue import CompiledScheme
from guichet.engine.wording import Names, Wording

FIELDS = """\
      activites: {type: multiple_choice, label: Activités, choices: {bar: Un bar, hotel: Un hôtel}}
      secteur: {type: choice, label: Secteur, choices: {s1: Liste S1, autre: Autre}}
      ouvert_le: {type: date, label: Ouvert le}
      commune: {type: text, label: Commune}
      loyer: {type: money, label: Loyer, per: month}
      devis:
        type: rows
        label: Vos devis
        fields:
          cout: {type: money, label: Coût}
          poste: {type: choice, label: Poste, choices: {s1: Bain, rampe: Rampe d'accès}}
      titulaire: {type: text, label: Titulaire}
"""
CODES = """\
codes:
  savoies: {label: Les Savoies, codes: ["73", "74"], except: ["74010"]}
  ailleurs: {codes: ["01", "38"]}
lists:
  avant: {label: Aides d'avant, scheme: fds-volet-2, key: siren, columns: {amount: money}}
"""
SAID = {
    "effectif >= 1": ("« Effectif » est supérieur ou égal à 1", "“Effectif” is 1 or more"),
    "1 <= effectif": ("« Effectif » est supérieur ou égal à 1", "“Effectif” is 1 or more"),
    "non (effectif < 3)": ("« Effectif » est supérieur ou égal à 3", "“Effectif” is 3 or more"),
    "annule": ("la réponse à « Annulé » est oui", "the answer to “Annulé” is yes"),
    "non annule": ("la réponse à « Annulé » est non", "the answer to “Annulé” is no"),
    "secteur = s1": ("« Secteur » est « Liste S1 »", "“Secteur” is “Liste S1”"),
    "secteur dans (s1, autre)": ("« Secteur » est « Liste S1 » ou « Autre »", "“Secteur” is “Liste S1” or “Autre”"),
    "bar dans activites": ("« Activités » comprend « Un bar »", "“Activités” includes “Un bar”"),
    "ouvert_le >= 2020-03-01": (
        "« Ouvert le » est à partir du 1er mars 2020",
        "“Ouvert le” is 1 March 2020 or later",
    ),
    "ouvert_le < filed_on": ("« Ouvert le » est avant la date du dépôt", "“Ouvert le” is before the day of filing"),
    "nombre(d dans devis où d.cout > 5 €) > 1": (
        "le nombre de lignes de « Vos devis » (où « Coût » de la ligne est supérieur à 5 €) est supérieur à 1",
        "the number of rows of “Vos devis” (where “Coût” of the row is above €5) is above 1",
    ),
    "somme(d.cout pour d dans devis où d.poste = s1) > 9 €": (
        (
            "le total de « Coût » de la ligne pour chaque ligne de « Vos devis » "
            "(où « Poste » de la ligne est « Bain ») est supérieur à 9 €"
        ),
        "the total of “Coût” of the row for each row of “Vos devis” (where “Poste” of the row is “Bain”) is above €9",
    ),
    "somme(d.cout pour d dans devis) > 9 €": (
        "le total de « Coût » de la ligne pour chaque ligne de « Vos devis » est supérieur à 9 €",
        "the total of “Coût” of the row for each row of “Vos devis” is above €9",
    ),
    "perte est connue": ("« Perte » est renseigné", "“Perte” is given"),
    'commence_par(commune, "74")': ("« Commune » commence par « 74 »", "“Commune” starts with “74”"),
    "commune dans liste savoies": (
        "« Commune » est dans la liste « Les Savoies » (codes commençant par 73, 74, sauf 74010)",
        "“Commune” is in the list “Les Savoies” (codes starting with 73, 74, except 74010)",
    ),
    "non (commune dans liste ailleurs)": (
        "« Commune » n’est pas dans la liste « ailleurs » (codes commençant par 01, 38)",
        "“Commune” is not in the list “ailleurs” (codes starting with 01, 38)",
    ),
    "effectif > 1 et (annule ou perte > 5 €)": (
        "« Effectif » est supérieur à 1 et (la réponse à « Annulé » est oui ou « Perte » est supérieur à 5 €)",
        "“Effectif” is above 1 and (the answer to “Annulé” is yes or “Perte” is above €5)",
    ),
    "non (annule et effectif > 1)": (
        "la réponse à « Annulé » est non ou « Effectif » est inférieur ou égal à 1",
        "the answer to “Annulé” is no or “Effectif” is 1 or less",
    ),
    "min(perte, plafond) > 10 €": (
        "(« Perte », dans la limite de « Plafond ») est supérieur à 10 €",
        "(“Perte”, at most “Plafond”) is above €10",
    ),
    "arrondi((perte - 5 €) * 37.5 % à 1 €) >= 10 €": (
        "((« Perte » − 5 €) × 37,5 %, arrondi à 1 € près) est supérieur ou égal à 10 €",
        "((“Perte” − €5) × 37.5%, rounded to €1) is €10 or more",
    ),
    "somme(devis.cout) > 100 €": (
        "le total de « Coût » de « Vos devis » est supérieur à 100 €",
        "the total of “Coût” of “Vos devis” is above €100",
    ),
    "jours_entre(ouvert_le, filed_on) > 10 jours": (
        "le nombre de jours de « Ouvert le » à la date du dépôt est supérieur à 10 jours",
        "the number of days from “Ouvert le” to the day of filing is above 10 days",
    ),
    "mois_entre(filed_on, 2020-03-01 + 3 mois) > 2 mois": (
        "le nombre de mois de la date du dépôt au 1er mars 2020 plus 3 mois est supérieur à 2 mois",
        "the number of months from the day of filing to 1 March 2020 plus 3 months is above 2 months",
    ),
    "nombre(activites) > 1": (
        "le nombre de réponses à « Activités » est supérieur à 1",
        "the number of answers to “Activités” is above 1",
    ),
    "chaque a dans activites satisfait a = bar": (
        "chaque réponse à « Activités » vérifie : la valeur est « Un bar »",
        "every answer to “Activités” satisfies: the value is “Un bar”",
    ),
    "loyer > 500 €/mois": ("« Loyer » est supérieur à 500 € par mois", "“Loyer” is above €500 a month"),
    "other_dossiers = 0": (
        "le nombre d’autres dossiers du même demandeur est égal à 0",
        "the number of other dossiers of the same applicant is equal to 0",
    ),
    "lookup(avant, titulaire, amount) > 5 €": (
        "le montant accordé de la liste « Aides d'avant » est supérieur à 5 €",
        "the amount granted of the list “Aides d'avant” is above €5",
    ),
    "(si annule alors perte sinon 0 €) > 5 €": (
        "(si la réponse à « Annulé » est oui : « Perte » ; sinon : 0 €) est supérieur à 5 €",
        "(if the answer to “Annulé” is yes: “Perte”; otherwise: €0) is above €5",
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    folder: Path = tmp_path_factory.mktemp("said")
    scheme = SCHEME.replace("form:\n", CODES + "form:\n", 1).replace(
        "      titulaire: {type: text, label: Titulaire}\n", FIELDS
    )
    head, tail = scheme.split("    criteria:\n", 1)
    tried = "".join(
        f"      essai_{place}:\n        label: Essai\n        value: |\n          {expression}\n"
        for place, expression in enumerate(SAID)
    )
    whole = f"{head}    indicators:\n{tried}    criteria:\n{tail}"
    return a_library(folder, whole).effective("essai").compiled


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("expression", SAID)
def test_an_expression_is_read_aloud(said: CompiledScheme, expression: str, language: Literal["fr", "en"]) -> None:
    place = list(SAID).index(expression)
    node = said.versions[0].program.plan.indicators[f"essai_{place}"]
    text = Wording(Names(said, language)).sentence(node).replace("\u202f", " ").replace("\xa0", " ")
    assert text == SAID[expression][language == "en"]


def test_with_values_each_name_is_what_it_is_worth(said: CompiledScheme) -> None:
    plan = said.versions[0].program.plan
    wording = Wording(Names(said, "fr"), {"perte": 90_000, "plafond": 50_000})
    text = wording.sentence(plan.definitions["retenu"]).replace("\xa0", " ")
    assert text == "900 €, dans la limite de 500 €"


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("nombre(activites) > 1", "le nombre de réponses à « Activités » est supérieur à 1"),
        ("somme(devis.cout) > 100 €", "le total de « Coût » de « Vos devis » est supérieur à 100 €"),
        (
            "jours_entre(ouvert_le, filed_on) > 10 jours",
            "le nombre de jours du 1er mars 2020 au 12 mai 2020 est supérieur à 10 jours",
        ),
        ("ouvert_le < filed_on", "1er mars 2020 est avant le 12 mai 2020"),
    ],
)
def test_with_values_rows_keep_their_name_and_days_their_article(
    said: CompiledScheme, expression: str, told: str
) -> None:
    node = said.versions[0].program.plan.indicators[f"essai_{list(SAID).index(expression)}"]
    values = {
        "activites": ("bar", "hotel"),
        "devis": ({"cout": 3_00},),
        "ouvert_le": date(2020, 3, 1),
        "filed_on": date(2020, 5, 12),
    }
    text = Wording(Names(said, "fr"), values).sentence(node).replace("\u202f", " ").replace("\xa0", " ")
    assert text == told


def test_with_values_a_column_of_a_list_is_what_its_row_says(said: CompiledScheme) -> None:
    node = said.versions[0].program.plan.indicators[
        f"essai_{list(SAID).index('lookup(avant, titulaire, amount) > 5 €')}"
    ]
    for row, told in (({"amount": 7_00}, "7 €"), (False, "le montant accordé de la liste « Aides d'avant »")):
        text = Wording(Names(said, "fr"), {"@avant": row}).sentence(node).replace("\xa0", " ")
        assert text == f"{told} est supérieur à 5 €"
