"""The complete function, the three-valued function and the explanation always agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from guichet.language import Program, Rules, compile_rules
from guichet.language.compiler import plan_rules
from guichet.language.sources import Report
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment, careful_answer, complete_values, program, volet2

ENVIRONMENT = an_environment()
VOLET_2 = compile_rules(volet2(), ENVIRONMENT)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(some_rules(), some_values(), some_values())
def test_the_back_ends_agree_on_random_rules_and_partial_dossiers(
    rules: Rules, one: dict[str, object], other: dict[str, object]
) -> None:
    report = Report()
    plan = plan_rules(rules, ENVIRONMENT, report)
    if report.errors:
        return
    random_program = Program(plan)
    for values in (one, other):
        careful = careful_answer(random_program, values)
        assert random_program.evaluate(values) == careful
        assert random_program.evaluate_briefly(values) == careful[:2]
        assert random_program.explain(values).result == careful


@settings(max_examples=200)
@given(some_values())
def test_the_back_ends_agree_on_volet_2(values: dict[str, object]) -> None:
    careful = careful_answer(VOLET_2, values)
    assert VOLET_2.evaluate(values) == careful
    assert VOLET_2.evaluate_briefly(values) == careful[:2]
    assert VOLET_2.explain(values).result == careful


def test_the_comparison_of_back_ends_sees_a_wrong_answer() -> None:
    """Sabotage: one sign changed in one back end is seen at once."""
    honest, crooked = program("effectif >= 3"), program("effectif > 3")
    assert honest.evaluate(complete_values()) != crooked.explain(complete_values()).result
