"""The explanation: comparisons met, the branch taken, the formula with its numbers, the cap that bit."""

from __future__ import annotations

import pytest

from guichet.language import (
    DATE,
    DAYS,
    INTEGER,
    MONEY,
    Bound,
    Comparison,
    Condition,
    Program,
    Trace,
    compile_rules,
    decimal,
)
from rules_at_hand import an_environment, branch, complete_values, program, volet2

SPACE, THIN = "\u00a0", "\u202f"


@pytest.fixture(scope="module")
def rules_of_april() -> Program:
    return compile_rules(volet2(), an_environment())


def comparisons(text: str, **changes: object) -> tuple[Comparison, ...]:
    return program(text).explain(complete_values(**changes)).conditions[0].comparisons


def explained(value: str, **changes: object) -> Trace:
    return program("effectif >= 1", amount=(branch(None, value),)).explain(complete_values(**changes))


def test_a_comparison_shows_the_value_found_the_threshold_and_the_distance(rules_of_april: Program) -> None:
    trace = rules_of_april.explain(complete_values())
    assert trace.conditions[2].comparisons == (
        Comparison("solde", MONEY, -275_050, "<", 0, "0 €", -275_050, holds=True),
    )
    assert trace.conditions[4].comparisons[0].distance == 9
    assert trace.conditions[4].comparisons[0].type == DATE


def test_a_threshold_written_first_is_shown_as_a_threshold() -> None:
    assert comparisons("10 > effectif") == (Comparison("effectif", INTEGER, 3, "<", 10, "10", -7, holds=True),)


def test_numbers_of_different_scales_are_shown_at_the_finer_one() -> None:
    assert comparisons("effectif > 2.5") == (Comparison("effectif", decimal(1), 30, ">", 25, "2.5", 5, holds=True),)


def test_what_must_not_be_is_shown_as_what_is_asked() -> None:
    (met,) = comparisons("non (effectif > 10)")
    assert met == Comparison("effectif", INTEGER, 3, "<=", 10, "10", -7, holds=True)
    (bare,) = comparisons("non exercice_clos", exercice_clos=False)
    assert (bare.found, bare.operator, bare.threshold, bare.holds) == (False, "=", False, True)
    (refused,) = comparisons("non exercice_clos", exercice_clos=True)
    assert (refused.found, refused.threshold, refused.holds) == (True, False, False)
    (unknown,) = comparisons("non exercice_clos", exercice_clos=None)
    assert (unknown.found, unknown.threshold, unknown.holds) == (None, False, None)


def test_durations_are_compared_in_days() -> None:
    (met,) = comparisons("days_between(date_demande_pret, filed_on) > 10 jours")
    assert (met.type, met.found, met.distance) == (DAYS, 41, 31)


def test_an_unknown_comparison_says_so() -> None:
    (met,) = comparisons("effectif > 2", effectif=None)
    assert (met.found, met.distance, met.holds) == (None, None, None)


def test_every_kind_of_test_is_noted() -> None:
    met = comparisons(
        "ferme_public ou pret dans (accepte, sans_reponse) ou siren(siret) dans liste volet1 ou loyer dans besoins"
        ' ou starts_with(territory, "reg") ou effectif est connu ou quelque d dans dettes satisfait d.echue'
    )
    assert [(each.name, each.operator, each.holds) for each in met] == [
        ("ferme_public", "=", False),
        ("pret", "in", False),
        ("siren(siret)", "in list", True),
        ("loyer", "in", True),
        ("territory", "starts_with", True),
        ("effectif", "is known", True),
        ("dettes", "some", True),
    ]


def test_the_comparisons_of_a_named_condition_are_shown_where_it_is_used() -> None:
    rules = program("petit et non ferme_public", define={"petit": "effectif < 10"})
    assert [each.name for each in rules.explain(complete_values()).conditions[0].comparisons] == [
        "effectif",
        "ferme_public",
    ]


def test_the_amount_shows_its_branch_its_formula_and_its_numbers(rules_of_april: Program) -> None:
    amount = rules_of_april.explain(complete_values()).amount
    assert amount is not None
    assert (amount.amount, amount.branch, amount.condition) == (275_050, 1, "chiffre_affaires < 600 000 €")
    assert amount.formula == "min(besoin, 3 500 €)"
    assert amount.formula_with_numbers == f"min(2{THIN}750,50{SPACE}€, 3 500 €)"
    assert amount.bounds == ()


def test_a_cap_that_bit_is_named() -> None:
    amount = explained("min(dettes_30j, plafond)", dettes_30j=900_000).amount
    assert amount is not None
    assert amount.bounds == (Bound("cap", 500_000, "plafond", MONEY),)


def test_a_cap_that_is_just_reached_did_not_bite() -> None:
    amount = explained("min(dettes_30j, plafond)", dettes_30j=500_000).amount
    assert amount is not None
    assert (amount.amount, amount.bounds) == (500_000, ())


def test_a_floor_that_bit_is_named_even_inside_a_definition() -> None:
    rules = program("effectif >= 1", define={"aide": "max(dettes_30j, 3 000 €)"}, amount=(branch(None, "aide"),))
    amount = rules.explain(complete_values()).amount
    assert amount is not None
    assert amount.bounds == (Bound("floor", 300_000, "3 000 €", MONEY),)


def test_of_two_values_that_move_the_second_is_the_cap() -> None:
    define = {"plafond_choisi": "si effectif < 4 alors 1 000 € sinon 2 000 €"}
    rules = program("effectif >= 1", define=define, amount=(branch(None, "min(dettes_30j, plafond_choisi)"),))
    bit = rules.explain(complete_values(effectif=3, dettes_30j=150_000)).amount
    let = rules.explain(complete_values(effectif=4, dettes_30j=150_000)).amount
    assert bit is not None
    assert let is not None
    assert (bit.bounds, let.bounds) == ((Bound("cap", 100_000, "plafond_choisi", MONEY),), ())


def test_a_cap_before_the_rounding_around_it_is_an_amount() -> None:
    amount = explained("arrondi(min(dettes_30j * 25 %, plafond) à 1 €)", dettes_30j=9_000_000).amount
    assert amount is not None
    assert (amount.amount, amount.bounds) == (500_000, (Bound("cap", 500_000, "plafond", MONEY),))


def test_a_cap_that_is_not_rounded_itself_is_said_to_the_cent() -> None:
    amount = explained("arrondi(min(dettes_30j, charges_fixes * 33.33 %) à 1 €)", charges_fixes=100_001).amount
    assert amount is not None
    assert amount.bounds == (Bound("cap", 33_330, "charges_fixes * 33.33 %", MONEY),)


def test_a_constant_with_a_name_is_a_cap_too() -> None:
    define = {"plafond_2020": "1 500 €"}
    rules = program("effectif >= 1", define=define, amount=(branch(None, "min(dettes_30j, plafond_2020)"),))
    amount = rules.explain(complete_values()).amount
    assert amount is not None
    assert amount.bounds == (Bound("cap", 150_000, "plafond_2020", MONEY),)


def test_names_inside_functions_and_columns_are_not_replaced() -> None:
    amount = explained("min(sum(dettes.montant), lookup(volet1, siren(siret), amount))").amount
    assert amount is not None
    assert amount.formula_with_numbers == 'min(sum(dettes.montant), lookup(volet1, siren("123 456 789 00011"), amount))'


def test_what_is_missing_is_said_condition_by_condition(rules_of_april: Program) -> None:
    trace = rules_of_april.explain(complete_values(effectif=None, dettes_30j=None, at_volet1=None))
    missing = {each.id: each.missing for each in trace.conditions if each.state is None and each.answer == "computed"}
    assert missing == {"volet1_recu": (), "un_salarie": ("effectif",), "tresorerie_negative": ("dettes_30j",)}
    assert trace.conditions[0].unavailable == ("volet1",)
    assert trace.amount is not None
    assert (trace.amount.branch, trace.amount.missing) == (None, ("dettes_30j",))


def test_an_unverified_branch_is_explained_as_reached() -> None:
    rules = program("effectif >= 1", amount=(branch("ferme_public", None, "paliers S1"), branch(None, "1 €")))
    amount = rules.explain(complete_values(ferme_public=True)).amount
    assert amount is not None
    assert (amount.branch, amount.unavailable) == (0, ("non vérifié : paliers S1",))


def test_definitions_and_indicators_come_with_their_values(rules_of_april: Program) -> None:
    trace = rules_of_april.explain(complete_values())
    assert trace.definitions == {"solde": -275_050, "besoin": 275_050}
    assert trace.indicators == {"part_des_dettes": 615}
    assert rules_of_april.definition_types["solde"] == MONEY
    assert rules_of_april.indicator_types["part_des_dettes"].kind == "rate"
    assert trace.version == "2020-04-17"


def test_the_result_is_found_again(rules_of_april: Program) -> None:
    values = complete_values(at_sincerite=False)
    assert rules_of_april.explain(values).result == rules_of_april.evaluate(values)


def test_a_person_s_answer_has_no_comparisons() -> None:
    trace = program(Condition("avis", "criterion", None, "judged")).explain({"@avis": True})
    assert trace.conditions[0].state is True
    assert trace.amount is None
