"""Random sets of rules, judged on an engine and by the generated Python: what they answer must be the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from bulk_frames import answers, on_engine, some_dossiers
from guichet.language import Program, Rules
from guichet.language.bulk import BulkProgram, EngineName
from guichet.language.compiler import plan_rules
from guichet.language.plan import Plan
from guichet.language.sources import Report
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment

ENVIRONMENT = an_environment()
Judged = Counter[str]


def plan_of(rules: Rules) -> Plan | None:
    """The plan of random rules; None for those that are refused."""
    report = Report()
    plan = plan_rules(rules, ENVIRONMENT, report)
    return None if report.errors else plan


def agree_on_random_rules(
    engine: EngineName,
    examples: int,
    *,
    lend: Callable[[Any], Any] | None = None,
    seed: str | None = None,
    around: int = 30,
    traced: bool = False,
) -> Judged:
    """Draws sets of rules until so many compile, and asserts that both answer alike; gives how many of each outcome.

    Args:
        lend: Turns an arrow table into a frame of the engine; Polars needs none.
        seed: What the drawing starts from, else chance.
        around: Dossiers around the constants of each set, besides the random ones.
        traced: Whether the traced evaluation is held to the same.
    """
    judged: Judged = Counter()
    # On Spark a set takes a second: one that disagrees is shown as it was drawn, not made smaller for hours.
    phases = [Phase.generate] if engine == "spark" else [Phase.generate, Phase.shrink]

    @settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=phases
    )
    @given(some_rules(), st.lists(some_values(), min_size=1, max_size=5))
    def agree(rules: Rules, dossiers: list[dict[str, object]]) -> None:
        plan = plan_of(rules)
        assume(plan is not None)
        assert plan is not None
        program = Program(plan)
        over = [*dossiers, *some_dossiers(plan, around)]
        expected = [program.evaluate(each) for each in over]
        if traced:
            assert [program.explain(each).result for each in over] == expected
        found = answers(BulkProgram(plan), plan, over) if lend is None else on_engine(engine, plan, over, lend)
        assert found == expected
        judged.update(["sets of rules", *(each.outcome for each in expected)])

    (agree if seed is None else seeded(seed)(agree))()
    return judged
