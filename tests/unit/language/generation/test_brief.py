"""The short answer, outcome and amount, is the beginning of the whole one."""

from __future__ import annotations

import pytest

from guichet.language import UNAVAILABLE, Condition, Program, Rules, compile_rules
from rules_at_hand import an_environment, branch, careful_answer, complete_values, program, rules, volet2

ENVIRONMENT = an_environment()
VOLET_2 = compile_rules(volet2(), ENVIRONMENT)
ANSWERED = {"at_pret_raisonnable": True, "at_sincerite": True}
CAREFUL = program("effectif >= 3", "(actif_disponible + dettes_30j) est connu", "non ferme_public")


def both(of: Program, values: dict[str, object]) -> tuple[object, object]:
    """Give the short answer and the beginning of the whole one."""
    return of.evaluate_briefly(values), careful_answer(of, values)[:2]


@pytest.mark.parametrize("unknown", [None, UNAVAILABLE])
@pytest.mark.parametrize("name", ["effectif", "dettes_30j", "pret", "exercice_clos", "chiffre_affaires", "@volet1"])
def test_the_short_answer_holds_for_dossiers_with_a_hole(name: str, unknown: object) -> None:
    short, whole = both(VOLET_2, {**complete_values(**ANSWERED), name: unknown})
    assert short == whole


def test_a_false_condition_settles_the_outcome_whatever_the_others_are() -> None:
    short, whole = both(VOLET_2, complete_values(effectif=0, dettes_30j=None, pret=None))
    assert short == whole == ("not_eligible", None)


def test_a_field_not_asked_settles_nothing_where_no_branch_reads_it() -> None:
    short, whole = both(VOLET_2, complete_values(exercice_clos=False, chiffre_affaires=None, **ANSWERED))
    assert short == whole == ("eligible", 200_000)


def test_what_people_have_yet_to_answer_leaves_the_outcome_open() -> None:
    short, whole = both(VOLET_2, complete_values(at_pret_raisonnable=True))
    assert short == whole == ("undetermined", None)


@pytest.mark.parametrize("name", ["effectif", "actif_disponible", "ferme_public"])
def test_asking_whether_something_is_known_does_not_make_it_so(name: str) -> None:
    short, whole = both(CAREFUL, complete_values(**{name: None}))
    assert short == whole


def test_rules_without_amount_have_a_short_answer_too() -> None:
    short, whole = both(program("effectif >= 3"), complete_values())
    assert short == whole == ("eligible", None)


def test_an_unverified_branch_leaves_the_amount_open() -> None:
    declared: Rules = rules(
        Condition("c1", "criterion", None, "judged"),
        amount=(branch("effectif < 10", None, "décret à paraître"), branch(None, "100 €")),
    )
    short, whole = both(compile_rules(declared, ENVIRONMENT), complete_values(at_c1=True))
    assert short == whole == ("undetermined", None)
