"""A case made from nothing is brought to eligible, through lists of codes, places and conditions on several answers."""

from datetime import date
from pathlib import Path

from declarations import a_library, with_change
from guichet.engine.boundaries import find_boundaries
from guichet.engine.eligible_cases import an_eligible_case
from guichet.engine.flips import Judge

ON = date(2020, 5, 10)
ACTIVITIES = """\
codes:
  activites:
    label: Activités aidées
    nomenclature: naf_rev2
    codes: ["56"]
    except: [56.10C]
form:
  demande:
    title: Votre demande
    fields:
      naf: {type: naf, label: Activité}
      commune: {type: commune, label: Commune}
      ouvert: {type: boolean, label: Ouvert au public ?}
"""
CRITERIA = """\
    criteria:
      activite:
        label: Activité aidée
        when: naf dans liste activites
        otherwise: L'activité {naf} n'est pas aidée.
      ici:
        label: En Haute-Savoie, fermé
        when: departement_de(commune) = "dep-74" et non ouvert
        otherwise: Ce n'est pas ici.
      perdu:
        label: Une perte d'au moins 300 €
        when: perte >= 300 €
        otherwise: Vous perdez {perte}.
"""


def test_each_answer_is_moved_until_nothing_is_in_the_way(tmp_path: Path) -> None:
    scheme = with_change("form:\n  demande:\n    title: Votre demande\n    fields:\n", ACTIVITIES)
    scheme = scheme.replace("    criteria:\n", CRITERIA, 1)
    compiled = a_library(tmp_path, scheme).effective("essai", "dep-74").compiled
    answers, facts = an_eligible_case(compiled, ON)
    judge = Judge(compiled, answers, facts, ON)
    assert judge.version.program.evaluate(judge.values).outcome == "eligible"
    assert answers["naf"].startswith("56")
    assert answers["naf"] != "56.10C"
    assert answers["commune"].startswith("74")
    assert answers["perte"] >= 30_000


def test_two_numbers_whose_product_is_wanted_are_moved_together(tmp_path: Path) -> None:
    scheme = with_change(
        "      annule: {type: boolean",
        "      prix: {type: money, label: Prix, min: 0, max: 10 000 €}\n      annule: {type: boolean",
    )
    scheme = scheme.replace("effectif <= 10", "effectif * prix > 50 €").replace(
        "effectif <= 20", "effectif * prix > 50 €"
    )
    compiled = a_library(tmp_path, scheme).effective("essai").compiled
    answers, facts = an_eligible_case(compiled, ON)
    judge = Judge(compiled, answers, facts, ON)
    assert judge.version.program.evaluate(judge.values).outcome == "eligible"


def test_a_case_that_no_answer_helps_is_given_as_it_is(tmp_path: Path) -> None:
    scheme = with_change("when: effectif <= 10", "when: nombre(besoins) >= 2")
    scheme = scheme.replace(
        "      annule: {type: boolean",
        "      besoins: {type: multiple_choice, label: Besoins, choices: {loyer: Loyer}}\n      annule: {type: boolean",
    )
    compiled = a_library(tmp_path, scheme.replace("effectif <= 20", "nombre(besoins) >= 2")).effective("essai").compiled
    answers, facts = an_eligible_case(compiled, ON)
    judge = Judge(compiled, answers, facts, ON)
    assert judge.version.program.evaluate(judge.values).failed == ("petit",)


def test_a_list_of_codes_and_a_place_are_one_boundary_each_crossed_by_whole_codes(tmp_path: Path) -> None:
    scheme = with_change("form:\n  demande:\n    title: Votre demande\n    fields:\n", ACTIVITIES)
    compiled = a_library(tmp_path, scheme.replace("    criteria:\n", CRITERIA, 1)).effective("essai", "dep-74").compiled
    answers, facts = an_eligible_case(compiled, ON)
    crossed = [
        (one.mark.group, one.field, one.this_side, one.other_side)
        for one in find_boundaries(compiled, answers, facts, ON)
        if one.field in ("naf", "commune")
    ]
    assert crossed == [("activite", "naf", "56.10A", "56.10C"), ("ici", "commune", "74001", "01001")]
