"""Everything said of one dossier: distances, missing answers, the amount step by step, one line each for a letter."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.explanation_text import explanation_lines, text_lines
from guichet.engine.explanations import explain_briefly, explain_dossier
from guichet.engine.full_explanations import FullExplanation, explain_fully
from guichet.locale import Language

DAY = date(2020, 5, 10)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    folder: Path = tmp_path_factory.mktemp("trial")
    text = with_change("min(perte, plafond)", "arrondi(min(perte, plafond) * 50 % à 1 €)")
    text = text.replace("label: Effectif, min: 0", "label: Effectif, min: 0, unit: salariés, unit_one: salarié")
    return a_library(folder, text).effective("essai").compiled


def explained(trial: CompiledScheme, **answers: Any) -> FullExplanation:
    return explain_fully(trial, answers, Facts(DAY, DAY), DAY)


def plain(lines: list[str]) -> str:
    return "\n".join(lines).replace("\u202f", " ").replace("\xa0", " ")


def test_a_distance_is_said_in_the_unit_of_the_question(trial: CompiledScheme) -> None:
    found = explained(trial, effectif=12, annule=True, perte=40_000)
    assert found.explanation is not None
    assert [one.gap.replace("\xa0", " ") for one in found.explanation.reasons[0].measures] == ["2 salariés de trop"]
    assert "non rempli (2 salariés de trop)" in plain(text_lines(found))
    one_more = explained(trial, effectif=11, annule=True, perte=40_000)
    assert "non rempli (1 salarié de trop)" in plain(text_lines(one_more))
    assert "« Effectif » est inférieur ou égal à 10 salariés" in plain(text_lines(one_more))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Société par actions, 500 € par mois, Un bar, Un hôtel"),
        ("en", "Société par actions, €500 a month, Un bar, Un hôtel"),
    ],
)
def test_a_reason_quotes_a_definition_as_the_question_it_reads_shows_it(
    tmp_path: Path, language: Language, told: str
) -> None:
    asked = """\
      statut: {type: choice, label: Statut, choices: {sas: Société par actions, ei: Seul}}
      loyer: {type: money, label: Loyer, per: month, min: 0}
      activites: {type: multiple_choice, label: Activités, choices: {bar: Un bar, hotel: Un hôtel}}
      titulaire:"""
    text = SCHEME.replace("      titulaire:", asked, 1)
    text = text.replace("      retenu:", "      vu: statut\n      du: loyer\n      tout: activites\n      retenu:")
    text = text.replace("otherwise: Vous déclarez {effectif} salariés.", 'otherwise: "{vu}, {du}, {tout}"')
    answers = {"effectif": 12, "annule": False, "statut": "sas", "loyer": 500_00, "activites": ("bar", "hotel")}
    compiled = a_library(tmp_path, text).effective("essai").compiled
    found = explain_dossier(compiled, answers, Facts(DAY, DAY), DAY, language=language)
    assert found is not None
    assert plain([found.reasons[0].text]) == told


@pytest.mark.parametrize(("language", "told"), [("fr", "mars 2020, 1 200, oui"), ("en", "March 2020, 1,200, yes")])
def test_a_reason_quotes_a_column_of_a_list_by_its_kind(tmp_path: Path, language: Language, told: str) -> None:
    listed = """\
lists:
  avant:
    plugin: csv
    key: siren
    columns: {mois: month, salaries: integer, complet: boolean}
form:
"""
    text = SCHEME.replace("form:\n", listed, 1)
    quoting = 'otherwise: "{avant.mois}, {avant.salaries}, {avant.complet}"'
    text = text.replace("otherwise: Vous déclarez {effectif} salariés.", quoting)
    compiled = a_library(tmp_path, text).effective("essai").compiled
    row = {"mois": "2020-03", "salaries": 1200, "complet": True}
    facts = Facts(DAY, DAY, lists={"avant": row})
    found = explain_dossier(compiled, {"effectif": 12, "annule": False}, facts, DAY, language=language)
    assert found is not None
    assert plain([found.reasons[0].text]) == told


def test_a_flip_stays_within_the_bounds_that_a_decimal_declares(tmp_path: Path) -> None:
    counted = "{type: decimal, label: Effectif, unit: ETP, min: 1, max: 20, decimals: 2}"
    text = re.sub(r"effectif: \{type: integer[^}]*\}", f"effectif: {counted}", SCHEME)
    with_half = a_library(tmp_path, text.replace("effectif <= 10", "effectif >= 0.5 et effectif <= 10"))
    trial = with_half.effective("essai").compiled
    environment = trial.versions[0].program.plan.environment
    assert (environment.inputs["effectif"].minimum, environment.inputs["effectif"].maximum) == (100, 2000)
    found = explained(trial, effectif=150, annule=True, perte=40_000)
    assert [one.after.replace("\xa0", " ") for one in found.changes if one.input == "effectif"] == ["10,01 ETP ou plus"]


@pytest.mark.parametrize(
    "answers",
    [{}, {"effectif": 3}, {"effectif": 12, "annule": True, "perte": 40_000}, {"effectif": 3, "annule": False}],
)
def test_in_short_the_same_is_said_of_each_criterion(trial: CompiledScheme, answers: dict[str, Any]) -> None:
    facts = Facts(DAY, DAY)
    whole = explain_dossier(trial, answers, facts, DAY, language="en")
    assert whole is not None
    told = [
        (
            one.id,
            one.label,
            one.state,
            one.text,
            one.legal,
            [(of.name, of.found, of.operator, of.threshold) for of in one.measures],
        )
        for one in whole.reasons
    ]

    brief = explain_briefly(trial, answers, facts, DAY, language="en")

    assert [(*one[:5], [tuple(of) for of in one.measures]) for one in brief] == told
    assert any(one.measures for one in brief)


def test_a_met_criterion_has_no_distance(trial: CompiledScheme) -> None:
    found = explained(trial, effectif=3, annule=True, perte=40_000)
    assert found.explanation is not None
    assert {measure.gap for reason in found.explanation.reasons for measure in reason.measures} == {""}


def test_the_amount_says_its_rounding_and_its_values(trial: CompiledScheme) -> None:
    said = plain(text_lines(explained(trial, effectif=3, annule=True, perte=40_001)))
    assert "formule : « Perte retenue »" in said
    assert "avec les valeurs : 200 €" in said
    assert "\n  arrondi à 1 € près, la moitié au-dessus" in said


def test_a_missing_answer_names_the_criteria_and_the_amount_that_wait_for_it(trial: CompiledScheme) -> None:
    found = explained(trial, effectif=3)
    assert [(one.field, one.criteria, one.amount) for one in found.missing] == [("annule", ("annulation",), True)]
    assert "Annulé : attendu par « Tournoi annulé », le montant" in plain(text_lines(found))


def test_a_missing_answer_names_the_amount_of_an_aid_that_has_several(tmp_path: Path) -> None:
    before, _, after = SCHEME.partition("    amount:\n")
    amounts = "    amounts:\n      loyer: {label: Loyer, amount: [{if: annule, then: retenu}, {else: 100 €}]}\n"
    text = before + amounts + after[after.index("  2020-06-01:") :]
    several = a_library(tmp_path, text).effective("essai").compiled
    found = explained(several, effectif=3, annule=True)
    assert [(one.field, one.amount) for one in found.missing] == [("perte", True)]


def test_a_letter_says_each_criterion_on_one_line(trial: CompiledScheme) -> None:
    found = explained(trial, effectif=12, annule=True, perte=40_000)
    assert plain(explanation_lines(found.explanation)).splitlines() == [
        "Au plus dix salariés : non rempli ; « Effectif » : 12 salariés, attendu ≤ 10 salariés (2 salariés de trop)",
        "Tournoi annulé : rempli",
    ]


def test_before_the_first_version_it_says_that_no_rules_are_in_force(trial: CompiledScheme) -> None:
    early = date(2019, 1, 1)
    found = explain_fully(trial, {}, Facts(early, early), early)
    assert "aucune règle n’est encore en vigueur" in plain(text_lines(found))
    assert found.as_json()["version"] is None


def test_the_amount_says_each_named_value_it_is_made_of(trial: CompiledScheme) -> None:
    found = explained(trial, effectif=3, annule=True, perte=40_001).explanation
    assert found is not None
    assert found.amount is not None
    (step,) = found.amount.steps
    assert plain([step.label, step.numbers, step.value]).splitlines() == [
        "Perte retenue",
        "(400,01 €, dans la limite de 500 €) × 50 %, arrondi à 1 € près",
        "200 €",
    ]


def test_the_last_case_of_an_amount_is_all_other_situations(tmp_path: Path) -> None:
    by_loss = SCHEME.replace("- if: annule\n", "- if: perte > 300 €\n", 1)
    compiled = a_library(tmp_path, by_loss).effective("essai").compiled
    above, below = ({"effectif": 3, "annule": True, "perte": loss} for loss in (40_000, 20_000))
    cases: list[tuple[dict[str, Any], Language]] = [(above, "fr"), (below, "fr"), (below, "en")]
    told = [
        plain(text_lines(explain_fully(compiled, one, Facts(DAY, DAY), DAY, language=said), said))
        for one, said in cases
    ]
    assert [line.strip() for text in told for line in text.splitlines() if re.match(r" *(cas :|case:)", line)] == [
        "cas : « Perte » est supérieur à 300 €",
        "cas : toutes les autres situations",
        "case: all other situations",
    ]


def test_an_amount_of_one_case_names_none(tmp_path: Path) -> None:
    text = SCHEME.replace("      - if: annule\n        then: retenu\n      - else: 100 €", "      - always: 100 €", 1)
    compiled = a_library(tmp_path, text).effective("essai").compiled
    said = plain(text_lines(explained(compiled, effectif=3, annule=True, perte=40_000)))
    assert "formule : 100 €" in said
    assert "cas :" not in said
