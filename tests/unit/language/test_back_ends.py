"""The complete function, the three-valued function and the explanation always agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from guichet.errors import ProblemsFound
from guichet.language import Rules, compile_rules
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment, volet2

ENVIRONMENT = an_environment()
VOLET_2 = compile_rules(volet2(), ENVIRONMENT)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_rules(), some_values(), some_values())
def test_the_back_ends_agree_on_random_rules_and_partial_dossiers(
    rules: Rules, one: dict[str, object], other: dict[str, object]
) -> None:
    try:
        program = compile_rules(rules, ENVIRONMENT)
    except ProblemsFound:
        return
    for values in (one, other):
        careful = program.evaluate_partial(values)
        assert program.evaluate(values) == careful
        assert program.explain(values).result == careful


@settings(max_examples=300, deadline=None)
@given(some_values())
def test_the_back_ends_agree_on_volet_2(values: dict[str, object]) -> None:
    careful = VOLET_2.evaluate_partial(values)
    assert VOLET_2.evaluate(values) == careful
    assert VOLET_2.explain(values).result == careful
