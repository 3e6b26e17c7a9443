"""The bulk back end answers as the generated Python, dossier by dossier."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulk_frames import answers
from guichet.language import Program, Rules, compile_rules
from guichet.language.bulk import BulkProgram
from guichet.language.compiler import plan_rules
from guichet.language.sources import Report
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment, volet2

ENVIRONMENT = an_environment()
VOLET_2 = compile_rules(volet2(), ENVIRONMENT)
DOSSIERS = st.lists(some_values(), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_rules(), DOSSIERS)
def test_bulk_agrees_on_random_rules_and_partial_dossiers(rules: Rules, dossiers: list[dict[str, object]]) -> None:
    report = Report()
    plan = plan_rules(rules, ENVIRONMENT, report)
    if report.errors:
        return
    program = Program(plan)
    assert answers(BulkProgram(plan), plan, dossiers) == [program.evaluate(each) for each in dossiers]


@settings(max_examples=60, deadline=None)
@given(DOSSIERS)
def test_bulk_agrees_on_volet_2(dossiers: list[dict[str, object]]) -> None:
    bulk = BulkProgram(VOLET_2.plan)
    assert answers(bulk, VOLET_2.plan, dossiers) == [VOLET_2.evaluate(each) for each in dossiers]
