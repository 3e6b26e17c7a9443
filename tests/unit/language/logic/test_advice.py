"""What conditions leave possible: found where it is certain, and never where a dossier shows the contrary."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from guichet.errors import ProblemsFound
from guichet.language import MONEY, Branch, Condition, Environment, Input, Rules, Source, compile_rules, rows
from guichet.language.compiler import plan_rules
from guichet.language.logic.cases import Cases
from guichet.language.logic.domains import all_of
from guichet.language.logic.narrowing import Narrowing
from guichet.language.program import Program
from guichet.language.sources import Report
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment

ENVIRONMENT = an_environment()


def codes(
    *conditions: str,
    amount: tuple[tuple[str | None, str], ...] = ((None, "1 €"),),
    environment: Environment = ENVIRONMENT,
) -> list[str]:
    """Give the codes of what is said of some criteria and an amount."""
    criteria = tuple(Condition(f"c{place}", "criterion", Source(text)) for place, text in enumerate(conditions))
    branches = tuple(Branch(Source(test) if test else None, Source(value)) for test, value in amount)
    try:
        found = compile_rules(Rules("2020-04-17", {}, criteria, branches), environment, advised=True).warnings
    except ProblemsFound as error:
        found = error.problems
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    "condition",
    [
        "effectif < 3 et effectif > 5",
        "effectif > 5 et non (effectif > 3)",
        "ferme_public et non ferme_public",
        "pret = refuse et pret = accepte",
        "pret dans (refuse, accepte) et pret = sans_reponse",
        "non (pret dans (refuse, accepte, sans_reponse))",
        "dettes_30j < charges_fixes et charges_fixes < dettes_30j",
        "effectif entre 5 et 3",
        "date_demande_pret < 2020-03-01 et date_demande_pret >= 2020-03-01",
        "effectif > 5 et effectif < 6",
    ],
)
def test_a_condition_whose_parts_exclude_each_other_is_seen(condition: str) -> None:
    assert codes(condition) == ["rule.never_true"]


@pytest.mark.parametrize(
    "condition",
    [
        "effectif < 3 ou effectif > 5",
        "effectif >= 5 et effectif <= 5",
        "date_demande_pret + 3 jours < filed_on et date_demande_pret + 3 mois >= filed_on",
        "dettes_30j <= charges_fixes et charges_fixes <= dettes_30j",
        "pret = refuse ou pret = accepte",
        "actif_disponible < dettes_30j et actif_disponible > 0 €",
    ],
)
def test_a_condition_that_some_dossier_meets_is_left_alone(condition: str) -> None:
    assert codes(condition) == []


def test_the_bounds_that_decide_a_comparison_are_written_in_euros() -> None:
    kept = Input(MONEY, "field", minimum=0, maximum=100_050)
    condition = Condition("c", "criterion", Source("loyer < 2 000 €"))
    rules = Rules("2020-04-17", {}, (condition,))
    (said,) = compile_rules(rules, an_environment(loyer=kept), advised=True).warnings
    assert (said.code, said.data["bounds"]) == ("rule.always_true", "min 0 €, max 1000.50 €")


def test_criteria_are_tried_two_by_two_and_together() -> None:
    assert codes("effectif > 5", "ferme_public", "effectif < 3") == ["rule.contradiction"]
    three = ("pret != refuse", "pret != accepte", "pret != sans_reponse")
    assert codes(*three) == ["rule.contradiction"]


def test_a_branch_whose_cases_are_taken_is_never_reached() -> None:
    taken = (("effectif < 10", "1 €"), ("effectif < 5", "2 €"), (None, "3 €"))
    assert codes(amount=taken) == ["rule.unreachable_branch"]
    ordered = (("effectif < 5", "1 €"), ("effectif < 10", "2 €"), (None, "3 €"))
    assert codes(amount=ordered) == []


def test_the_last_branch_may_be_for_nobody() -> None:
    assert codes(amount=(("ferme_public", "1 €"), ("non ferme_public", "2 €"), (None, "0 €"))) == []


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (((None, "dettes_30j - 100 €"),), ["rule.maybe_negative"]),
        (((None, "max(dettes_30j - 100 €, 0 €)"),), []),
        ((("dettes_30j > 100 €", "dettes_30j - 100 €"), (None, "0 €")), []),
        ((("dettes_30j > charges_fixes", "dettes_30j - charges_fixes"), (None, "0 €")), []),
        ((("dettes_30j < charges_fixes", "dettes_30j - charges_fixes"), (None, "0 €")), ["rule.maybe_negative"]),
        (((None, "actif_disponible"),), ["rule.maybe_negative"]),
    ],
)
def test_an_amount_is_below_zero_only_where_its_conditions_let_it(
    amount: tuple[tuple[str | None, str], ...], said: list[str]
) -> None:
    assert codes(amount=amount) == said


def test_what_criteria_ask_narrows_the_amount() -> None:
    assert codes("dettes_30j >= 100 €", amount=((None, "dettes_30j - 100 €"),)) == []


@settings(max_examples=60)
@given(some_rules(), some_values())
def test_no_dossier_ever_shows_the_contrary(rules: Rules, values: dict[str, object]) -> None:
    report = Report()
    plan = plan_rules(rules, ENVIRONMENT, report)
    if report.errors:
        return
    cases = Cases(plan)
    trace = Program(plan).explain(values)
    held = [[{}]]
    for (condition, node), found in zip(plan.conditions, trace.conditions, strict=True):
        assert condition.id == found.id
        if node is not None and found.state is not None:
            own = cases.of(node, true=found.state)
            assert own, f"{node.text} came out {found.state}"
            held.append(own)
    assert all_of(held), "these conditions held together"
    result = trace.result
    amount = result.amount
    if amount is not None:
        narrowing = Narrowing(plan, cases)
        lows = [bounds[0] for step in plan.amount if step.value and (bounds := narrowing.bounds(step.value, {}))]
        assert Fraction(amount) >= min(lows)


@pytest.mark.parametrize(("least", "said"), [(None, ["rule.maybe_negative"]), (-1, ["rule.maybe_negative"]), (0, [])])
def test_the_declared_least_of_a_column_bounds_what_is_made_of_its_rows(least: int | None, said: list[str]) -> None:
    columns = {"montant": replace(MONEY, declared=(least, None))}
    environment = an_environment(lignes=Input(rows(columns), "field"))
    assert codes(amount=((None, "somme(lignes.montant)"),), environment=environment) == said
    assert codes(amount=((None, "somme(l.montant pour l dans lignes)"),), environment=environment) == said
