"""What rules answer about a dossier: outcome, amount, and everything that explains them."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.language import BOOLEAN, UNAVAILABLE, Condition, Input, Program, Result, Source, compile_rules, rate
from rules_at_hand import an_environment, branch, complete_values, program, rules, volet2

ATTESTED = Condition("sincerite", "criterion", None, "attested")
JUDGED = Condition("pret_raisonnable", "criterion", None, "judged")


@pytest.fixture(scope="module")
def rules_of_april() -> Program:
    return compile_rules(volet2(), an_environment())


def answered(**changes: object) -> dict[str, object]:
    return complete_values(at_pret_raisonnable=True, at_sincerite=True, **changes)


@pytest.mark.parametrize(
    ("turnover", "assets", "debts", "charges", "amount"),
    [
        (15_000_000, 100_000, 300_000, 250_000, 200_000),
        (20_000_000, 100_000, 200_000, 99_999, 200_000),
        (20_000_000, 0, 200_000, 0, 200_000),
        (35_000_000, 50_000, 200_000, 125_050, 275_050),
        (59_999_999, 0, 900_000, 0, 350_000),
        (60_000_000, 0, 900_000, 0, 500_000),
        (None, 0, 900_000, 0, 200_000),
    ],
)
def test_the_published_examples_of_volet_2_come_out_to_the_cent(
    rules_of_april: Program, turnover: int | None, assets: int, debts: int, charges: int, amount: int
) -> None:
    values = answered(
        chiffre_affaires=turnover,
        exercice_clos=turnover is not None,
        actif_disponible=assets,
        dettes_30j=debts,
        charges_fixes=charges,
    )
    assert rules_of_april.evaluate(values) == Result("eligible", amount, (), (), (), (), None)


def test_a_balance_of_zero_is_not_negative(rules_of_april: Program) -> None:
    values = answered(actif_disponible=500_000, dettes_30j=300_000, charges_fixes=200_000)
    assert rules_of_april.evaluate(values) == Result("not_eligible", None, ("tresorerie_negative",), (), (), (), None)


def test_failed_names_every_false_condition_in_file_order_judgements_included(rules_of_april: Program) -> None:
    values = answered(effectif=0, at_volet1=False) | {"@pret_raisonnable": False, "@sincerite": None}
    assert rules_of_april.evaluate(values) == Result(
        "not_eligible", None, ("volet1_recu", "un_salarie", "pret_raisonnable"), (), (), ("sincerite",), None
    )


def test_while_only_judgements_are_awaited_the_amount_is_given_as_provisional(rules_of_april: Program) -> None:
    assert rules_of_april.evaluate(complete_values()) == Result(
        "undetermined", None, (), (), (), ("pret_raisonnable", "sincerite"), 275_050
    )


def test_an_unanswered_field_is_missing_and_never_zero(rules_of_april: Program) -> None:
    assert rules_of_april.evaluate(answered(dettes_30j=None)) == Result(
        "undetermined", None, (), ("dettes_30j",), (), (), None
    )


def test_missing_fields_come_in_the_order_of_the_form(rules_of_april: Program) -> None:
    values = answered()
    for name in ("charges_fixes", "effectif", "exercice_clos"):
        del values[name]
    assert rules_of_april.evaluate(values).missing == ("effectif", "exercice_clos", "charges_fixes")


def test_a_field_not_asked_is_never_missing_whatever_it_holds(rules_of_april: Program) -> None:
    values = answered(exercice_clos=False, chiffre_affaires=99_999_999_999)
    assert rules_of_april.evaluate(values) == Result("eligible", 200_000, (), (), (), (), None)


def test_a_silent_list_is_unavailable(rules_of_april: Program) -> None:
    for silent in (None, UNAVAILABLE):
        result = rules_of_april.evaluate(answered(at_volet1=silent))
        assert (result.outcome, result.missing, result.unavailable) == ("undetermined", (), ("volet1",))


def test_a_list_not_consulted_for_want_of_its_key_makes_the_key_missing(rules_of_april: Program) -> None:
    values = answered(siret=None)
    del values["@volet1"]
    result = rules_of_april.evaluate(values)
    assert (result.missing, result.unavailable) == (("siret",), ())


def test_a_list_fact_absent_although_its_key_is_answered_is_unavailable(rules_of_april: Program) -> None:
    values = answered()
    del values["@volet1"]
    result = rules_of_april.evaluate(values)
    assert (result.missing, result.unavailable) == ((), ("volet1",))


def test_a_list_fact_given_wins_over_an_unanswered_key(rules_of_april: Program) -> None:
    assert rules_of_april.evaluate(answered(siret=None)).outcome == "eligible"


def test_a_date_the_system_does_not_give_is_unavailable(rules_of_april: Program) -> None:
    result = rules_of_april.evaluate(answered(filed_on=None, pret="sans_reponse"))
    assert (result.missing, result.unavailable) == ((), ("filed_on",))


def test_ten_days_without_an_answer_from_the_bank_are_not_more_than_ten(rules_of_april: Program) -> None:
    asked = {"pret": "sans_reponse", "date_demande_pret": date(2020, 4, 10)}
    assert rules_of_april.evaluate(answered(**asked)).failed == ("pret_refuse",)
    assert rules_of_april.evaluate(answered(**asked, filed_on=date(2020, 4, 21))).outcome == "eligible"


def test_an_unknown_branch_before_the_taken_one_leaves_the_amount_unknown() -> None:
    cascade = (branch("ferme_public", "1 000 €"), branch(None, "2 000 €"))
    result = program("effectif >= 1", amount=cascade).evaluate(complete_values(ferme_public=None))
    assert result == Result("undetermined", None, (), ("ferme_public",), (), (), None)


def test_an_unverified_branch_is_undetermined_and_says_why() -> None:
    cascade = (branch("ferme_public", None, "paliers S1"), branch(None, "2 000 €"))
    rules = program("effectif >= 1", amount=cascade)
    result = rules.evaluate(complete_values(ferme_public=True))
    assert result == Result("undetermined", None, (), (), ("non vérifié : paliers S1",), (), None)
    assert rules.evaluate(complete_values(ferme_public=False)).amount == 200_000


def test_awaited_judgements_and_an_unverified_amount_give_no_provisional_amount() -> None:
    rules = program("effectif >= 1", JUDGED, ATTESTED, amount=(branch(None, None, "paliers S1"),))
    assert rules.evaluate(complete_values()) == Result(
        "undetermined", None, (), (), ("non vérifié : paliers S1",), ("pret_raisonnable", "sincerite"), None
    )


def test_rules_without_an_amount_are_eligible_without_one() -> None:
    assert program("effectif >= 1").evaluate(complete_values()) == Result("eligible", None, (), (), (), (), None)


def test_an_unanswered_cell_makes_its_rows_missing() -> None:
    rules = program("sum(dettes.montant) >= 10 €")
    cells = ({"montant": 1_000, "nature": "loyer"}, {"montant": None, "nature": "eau"})
    assert rules.evaluate(complete_values(dettes=cells)).missing == ("dettes",)
    assert rules.evaluate(complete_values(dettes=cells[:1])).outcome == "eligible"


def test_a_function_that_cannot_tell_is_named_when_nothing_else_explains() -> None:
    rules = program('siren(siret) = "123456789"')
    assert rules.evaluate(complete_values()).outcome == "eligible"
    assert rules.evaluate(complete_values(siret="?")).unavailable == ("siren",)


def test_a_line_of_a_list_without_the_column_read_is_unavailable() -> None:
    rules = program("lookup(volet1, siren(siret), amount) > 0 €")
    assert rules.evaluate(complete_values()).outcome == "eligible"
    assert rules.evaluate(complete_values(at_volet1=True)).unavailable == ("volet1",)
    assert rules.evaluate(complete_values(at_volet1={"amount": None})).unavailable == ("volet1",)


def test_an_unavailable_field_is_told_apart_from_a_missing_one() -> None:
    result = program("effectif >= 1", "ferme_public").evaluate(complete_values(effectif=UNAVAILABLE, ferme_public=None))
    assert (result.missing, result.unavailable) == (("ferme_public",), ("effectif",))


def test_asked_follows_the_conditions_of_the_form(rules_of_april: Program) -> None:
    asked = rules_of_april.asked({"exercice_clos": True})
    assert (asked["siret"], asked["chiffre_affaires"], asked["ca_mensuel_moyen"]) == (True, True, False)
    assert rules_of_april.asked({})["chiffre_affaires"] is None


def test_a_field_asked_after_one_that_is_not_asked_is_not_asked_either() -> None:
    environment = an_environment(
        tiers=Input(BOOLEAN, "field", Source("chiffre_affaires > 10 €")),
        daté=Input(BOOLEAN, "field", Source("filed_on > 2020-04-01")),
    )
    asked = compile_rules(rules("effectif > 1"), environment).asked
    assert asked({"exercice_clos": False, "chiffre_affaires": 5_000})["tiers"] is False
    assert asked({"exercice_clos": True, "chiffre_affaires": 5_000})["tiers"] is True
    assert asked({"exercice_clos": True})["tiers"] is None
    assert asked({"exercice_clos": True, "chiffre_affaires": UNAVAILABLE})["tiers"] is None
    assert asked({})["tiers"] is None
    assert asked({})["daté"] is None


def test_a_rate_applies_to_an_amount_without_declared_bounds() -> None:
    environment = an_environment(taux=Input(rate(4), "parameter"))
    declared = rules("effectif > 1", amount=(branch(None, "round(actif_disponible * taux to 1 €)"),))
    values = complete_values(taux=500_000, actif_disponible=12_345)
    assert compile_rules(declared, environment).evaluate(values).amount == 6_200


def test_a_program_names_what_it_reads(rules_of_april: Program) -> None:
    assert rules_of_april.dependencies("tresorerie_negative") == ("actif_disponible", "dettes_30j", "charges_fixes")
    assert rules_of_april.dependencies("amount")[:2] == ("exercice_clos", "chiffre_affaires")
    assert rules_of_april.facts == ("filed_on",)
    assert rules_of_april.lists == ("volet1",)
    assert "ferme_public" not in rules_of_april.fields
    with pytest.raises(KeyError):
        rules_of_april.dependencies("nothing")


def test_the_key_of_a_list_is_computed_from_the_answers(rules_of_april: Program) -> None:
    assert rules_of_april.list_key("volet1", complete_values()) == "123456789"
    assert rules_of_april.list_key("volet1", {}) is None
    assert list(rules_of_april.list_keys) == ["volet1"]


def test_a_condition_has_an_expression_exactly_when_it_is_computed() -> None:
    with pytest.raises(ValueError, match="computed answer"):
        program(Condition("c", "criterion", Source("effectif > 1"), "judged"))
