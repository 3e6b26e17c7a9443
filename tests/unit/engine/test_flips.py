"""What would change the outcome: each claim is judged again by the rules, on both sides of the value it names."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from declarations import a_library
from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.flips import Flip, Judge, find_flips, find_other_amounts, standing_of
from guichet.engine.full_explanations import changes_of
from guichet.language import UNAVAILABLE

AID = """\
format: 1
kind: grant
language: fr
id: essai
title: Aide d'essai
about: {what: Une aide., who: Tous., amount: 500 €}
legal: {use: cadre_legal, basis: Délibération, competence: social, algorithm: vérifier., judged_on: filing}
calendar: {opens: 2020-05-04T08:00, closes: 2020-06-30}
parameters:
  seuil:
    label: Seuil
    type: money
    values:
      2020-05-01: {value: 1 200 €, legal: Délibération}
lists:
  tenus: {plugin: csv, key: siren, columns: {somme: money}}
form:
  demande:
    title: Votre demande
    fields:
      effectif: {type: integer, label: Effectif, min: 0, max: 5000, unit: salariés}
      ferme: {type: boolean, label: Fermé ?}
      actif: {type: money, label: Actif}
      dettes: {type: money, label: Dettes, min: 0}
      naissance: {type: date, label: Né le}
      situation: {type: choice, label: Situation, choices: {bail: Bail, proprio: Propriétaire, autre: Autre}}
      cle: {type: text, label: Clé}
      titulaire: {type: text, label: Titulaire}
      iban: {type: iban, label: IBAN}
rules:
  2020-05-01:
    legal: Délibération
    define:
      solde: actif - dettes
      part: arrondi(dettes * 37.5 % à 1 €)
    criteria:
      salaries: {label: Salariés, when: effectif entre 2 et 49, otherwise: Non.}
      tresorerie: {label: Trésorerie, when: solde < 0 € ou ferme, otherwise: Non.}
      part_haute: {label: Part, when: part >= seuil, otherwise: Non.}
      majeur: {label: Majeur, when: "années_entre(naissance, filed_on) >= 18", otherwise: Non.}
      locataire: {label: Locataire, when: "situation dans (bail, autre)", otherwise: Non.}
      inscrit: {label: Inscrit, when: cle dans liste tenus, otherwise: Non.}
      sincere: {label: Sincérité, attested: on_honour}
    amount:
      - if: part < 5 000 €
        then: part
      - else: 5 000 €
  2020-06-01:
    legal: Délibération modifiée
    criteria:
      salaries: {when: effectif entre 2 et 99}
workflow: {use: instructeur_puis_valideur}
payment:
  payee: {name: titulaire, iban: iban}
  label: AIDE {dossier.reference}
  writer: {use: pivot_logiciel_financier}
  delivery: {plugin: folder}
  imputation: {nature: "6745", fonction: "5", service: "12"}
letters: {use: courriers}
notices: {use: messages}
texts: {use: [textes_courriers, textes_messages]}
"""
DAY = date(2020, 5, 10)
ANSWERS: dict[str, Any] = {
    "effectif": 5,
    "ferme": False,
    "actif": 100_000,
    "dettes": 400_000,
    "naissance": date(1980, 1, 1),
    "situation": "bail",
    "cle": "123456789",
}


@pytest.fixture(scope="module")
def aid(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    folder: Path = tmp_path_factory.mktemp("aid")
    return a_library(folder, AID).effective("essai").compiled


def facts(on: date = DAY, *, listed: Any = None, sincere: bool | None = None) -> Facts:
    checks = {} if sincere is None else {"sincere": sincere}
    return Facts(on, on, lists={"tenus": {"somme": 1} if listed is None else listed}, checks=checks)


def flips_of(aid: CompiledScheme, on: date = DAY, **changes: Any) -> dict[str, Flip]:
    known = {name: changes.pop(name) for name in ("listed", "sincere") if name in changes}
    found = find_flips(aid, {**ANSWERS, **changes}, facts(on, **known), on)
    return {flip.name: flip for flip in found}


def test_a_threshold_on_a_count_flips_at_the_threshold(aid: CompiledScheme) -> None:
    flip = flips_of(aid, effectif=1)["effectif"]
    assert (flip.after, flip.standing, flip.target) == (2, "eligible", "outcome")


def test_the_beginnings_of_a_list_of_codes_are_one_way_out_and_not_as_many_as_it_has(tmp_path: Path) -> None:
    listed = AID.replace("when: cle dans liste tenus", "when: cle dans liste metiers").replace(
        "form:\n", 'codes:\n  metiers: {label: Métiers, codes: ["47", "56", "96"], except: [56.10C]}\nform:\n', 1
    )
    compiled = a_library(tmp_path, listed).effective("essai").compiled
    found = [flip for flip in find_flips(compiled, {**ANSWERS, "cle": "56.10C"}, facts(), DAY) if flip.name == "cle"]
    assert [(flip.way, flip.after, flip.standing) for flip in found] == [("coded", "metiers", "eligible")]
    (said,) = (change for change in changes_of(compiled, {**ANSWERS, "cle": "56.10C"}, facts(), DAY))
    plain = said.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == "Clé : un code de la liste « Métiers » au lieu de 56.10C → éligible, 1 500 €"


def test_a_beginning_that_alone_flips_is_said_by_itself(tmp_path: Path) -> None:
    both = 'cle dans liste metiers et commence_par(cle, "47")'
    listed = AID.replace("when: cle dans liste tenus", f"when: '{both}'").replace(
        "form:\n", 'codes:\n  metiers: {label: Métiers, codes: ["47", "56"]}\nform:\n', 1
    )
    compiled = a_library(tmp_path, listed).effective("essai").compiled
    found = [flip for flip in find_flips(compiled, {**ANSWERS, "cle": "01"}, facts(), DAY) if flip.name == "cle"]
    assert [(flip.way, flip.after) for flip in found] == [("starting_with", "47")]


@pytest.mark.parametrize("written", ["3", "seuil_etp"])
def test_a_value_met_in_one_branch_only_is_tried_in_the_decimals_of_the_field(tmp_path: Path, written: str) -> None:
    """No slope leads there from 0.50: what the rules write, or a parameter holds, is what is tried."""
    tenths = (
        "  seuil_etp: {label: Seuil, type: decimal, values: {2020-05-01: {value: 3, legal: Délibération}}}\nlists:\n"
    )
    scheme = AID.replace("lists:\n", tenths, 1).replace(
        "type: integer, label: Effectif", "type: decimal, label: Effectif"
    )
    scheme = scheme.replace("effectif entre 2 et 49", f"si effectif > 1 alors effectif = {written} sinon faux")
    compiled = a_library(tmp_path, scheme).effective("essai").compiled
    found = [
        flip for flip in find_flips(compiled, {**ANSWERS, "effectif": 50}, facts(), DAY) if flip.name == "effectif"
    ]
    assert [(flip.way, flip.after, flip.standing) for flip in found] == [("exactly", 300, "eligible")]


def test_beyond_an_upper_bound_the_way_back_is_the_bound(aid: CompiledScheme) -> None:
    assert flips_of(aid, effectif=80)["effectif"].after == 49


def test_going_on_past_the_value_may_flip_back_and_is_not_promised(aid: CompiledScheme) -> None:
    assert flips_of(aid, effectif=1)["effectif"].way == "exactly"
    assert flips_of(aid, dettes=50_000)["dettes"].way == "or_more"


def test_a_threshold_behind_a_rounding_flips_at_the_very_cent(aid: CompiledScheme) -> None:
    flip = flips_of(aid, dettes=300_000)["dettes"]
    assert flip.after == 319_867  # 37.5 % of 3 198.67 € is 1 199.50 €, rounded to 1 200 €
    assert flip.amount == 120_000


def test_a_number_of_years_flips_on_the_birthday(aid: CompiledScheme) -> None:
    assert flips_of(aid, naissance=date(2002, 6, 1))["naissance"].after == date(2002, 5, 10)


def test_the_day_of_filing_flips_into_the_version_of_its_day(aid: CompiledScheme) -> None:
    assert flips_of(aid, effectif=80)["filed_on"].after == date(2020, 6, 1)


def test_choices_yes_or_no_lists_and_checks_are_each_tried(aid: CompiledScheme) -> None:
    assert flips_of(aid, situation="proprio")["situation"].after in ("bail", "autre")
    assert flips_of(aid, actif=900_000)["ferme"].after is True
    assert flips_of(aid, listed=False)["tenus"].after == {}
    assert flips_of(aid, sincere=False)["sincere"].after is True


def test_where_two_criteria_fail_each_has_its_own_way_out(aid: CompiledScheme) -> None:
    found = find_flips(aid, {**ANSWERS, "effectif": 1, "situation": "proprio"}, facts(), DAY)
    assert {(flip.name, flip.target) for flip in found} >= {("effectif", "salaries"), ("situation", "locataire")}
    assert "outcome" not in {flip.target for flip in found}


def test_what_is_not_asked_or_silent_is_not_proposed(aid: CompiledScheme) -> None:
    assert "tenus" not in flips_of(aid, listed=UNAVAILABLE, effectif=1)


def test_before_the_first_version_nothing_is_claimed(aid: CompiledScheme) -> None:
    assert find_flips(aid, ANSWERS, facts(), date(2019, 1, 1)) == ()


dossiers = st.fixed_dictionaries(
    {
        "effectif": st.integers(0, 120),
        "ferme": st.booleans(),
        "actif": st.integers(-500_000, 500_000),
        "dettes": st.integers(0, 2_000_000),
        "naissance": st.dates(date(1990, 1, 1), date(2010, 1, 1)),
        "situation": st.sampled_from(["bail", "proprio", "autre"]),
        "cle": st.just("123456789"),
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=dossiers, listed=st.sampled_from([False, True]), on=st.dates(date(2020, 5, 4), date(2020, 6, 30)))
def test_each_claimed_flip_flips_and_its_nearest_neighbour_does_not(
    aid: CompiledScheme, answers: dict[str, Any], listed: bool, on: date
) -> None:
    known = facts(on, listed={"somme": 1} if listed else False)
    judge = Judge(aid, answers, known, on)
    stands = standing_of(judge.version.program.evaluate(judge.values))
    for flip in find_flips(aid, answers, known, on):
        key = flip.name if flip.source in ("field", "fact") else f"@{flip.name}"

        def does(value: Any, flip: Flip = flip, key: str = key) -> bool:
            result = judge.with_value(key, value)
            assert result is not None
            return standing_of(result) != stands if flip.target == "outcome" else flip.target not in result.failed

        assert does(flip.after)
        if isinstance(flip.after, date) and isinstance(flip.before, date):
            assert not does(flip.after + timedelta(1 if flip.after < flip.before else -1))
        elif isinstance(flip.after, int) and not isinstance(flip.after, bool):
            step = 1 if flip.after < flip.before else -1
            assert not does(flip.after + step)
            nearer = range(flip.after + step, flip.before, step * max(1, abs(flip.before - flip.after) // 200))
            assert not any(does(value) for value in nearer)


def test_what_reaches_another_case_of_the_amount_is_found(aid: CompiledScheme) -> None:
    result = aid.versions[0].program.evaluate(Judge(aid, ANSWERS, facts(sincere=True), DAY).values)
    assert result.outcome == "eligible"
    found = find_other_amounts(aid, ANSWERS, facts(sincere=True), DAY)
    assert found
    assert {flip.target for flip in found} == {"amount"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=dossiers, on=st.dates(date(2020, 5, 4), date(2020, 6, 30)))
def test_each_other_amount_claimed_is_what_the_rules_give(
    aid: CompiledScheme, answers: dict[str, Any], on: date
) -> None:
    known = facts(on, sincere=True)
    judge = Judge(aid, answers, known, on)
    now = judge.version.program.evaluate(judge.values)
    for flip in find_other_amounts(aid, answers, known, on):
        result = judge.with_value(flip.name if flip.source != "list" else f"@{flip.name}", flip.after)
        assert result is not None
        assert (standing_of(now), standing_of(result)) == ("eligible", "eligible")
        assert flip.amount in (result.amount, result.provisional)
        assert flip.amount != now.amount


SAVOIES = 'departement_de(cle) dans ("dep-73", "dep-74")'


def a_place_aid(folder: Path, rule: str) -> CompiledScheme:
    text = AID.replace("cle: {type: text", "cle: {type: commune")
    return a_library(folder, text.replace("when: cle dans liste tenus", f"when: '{rule}'")).effective("essai").compiled


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("60057", "Le département de « Clé » : Savoie (73) ou Haute-Savoie (74) au lieu de Oise (60)"),
        (
            "74010",
            "Le département de « Clé » : autre que Savoie (73) ou Haute-Savoie (74) au lieu de Haute-Savoie (74)",
        ),
    ],
)
def test_what_a_function_must_answer_of_a_code_is_said_and_true_of_every_code(
    tmp_path: Path, code: str, said: str
) -> None:
    compiled, answers = a_place_aid(tmp_path, SAVOIES), {**ANSWERS, "cle": code}
    (change,) = (one for one in changes_of(compiled, answers, facts(), DAY) if one.input == "cle")
    assert said in change.text.replace("\u202f", " ").replace("\u00a0", " ")
    judge = Judge(compiled, answers, facts(), DAY)
    codes = sorted(compiled.nomenclatures["communes"].versions[-1].rows)[::40]
    results = {each: judge.with_value("cle", each) for each in codes}
    eligible = {each for each, result in results.items() if result is not None and judge.stands(result) == "eligible"}
    assert eligible == {each for each in codes if each.startswith(("73", "74"))}
    assert len(eligible) > 5


def test_a_code_that_rules_also_read_by_itself_promises_nothing_of_its_departement(tmp_path: Path) -> None:
    compiled = a_place_aid(tmp_path, f'{SAVOIES} et cle != "74010"')
    found = find_flips(compiled, {**ANSWERS, "cle": "60057"}, facts(), DAY)
    assert [flip for flip in found if flip.through is not None] == []


@pytest.mark.parametrize(("past", "proposed"), [("", ["naissance"]), (", not_in_future: true", [])])
def test_no_day_to_come_is_proposed_where_the_form_takes_none(tmp_path: Path, past: str, proposed: list[str]) -> None:
    scheme = AID.replace("{type: date, label: Né le}", f"{{type: date, label: Né le{past}}}").replace(
        'when: "années_entre(naissance, filed_on) >= 18"', "when: naissance < 2030-01-01"
    )
    compiled = a_library(tmp_path, scheme).effective("essai").compiled
    assert [flip.name for flip in find_flips(compiled, ANSWERS, facts(), DAY) if flip.name == "naissance"] == proposed
