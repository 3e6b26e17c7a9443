"""The conditions under which dossiers enter stages, compiled with each version of the rules whose names they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from guichet.catalogue.composed import definition_sources
from guichet.catalogue.report import Report
from guichet.errors import ProblemsFound
from guichet.language import MONEY, Condition, Environment, Input, Program, Rules, Source, compile_rules
from guichet.model.rules import RuleVersion
from guichet.model.scheme import Scheme

__all__ = ["COMPUTED_AMOUNT", "compile_passages"]

COMPUTED_AMOUNT: Final = "computed_amount"
"""The name under which these conditions read the amount that the rules compute."""


def compile_passages(
    scheme: Scheme,
    first_day: str,
    rules: RuleVersion,
    program: Program,
    environment: Environment,
    report: Report,
    *,
    advised: bool,
) -> Mapping[str, Program]:
    """Stage → its condition as rules of their own, beside the definitions of one version; mistakes are reported."""
    found: dict[str, Program] = {}
    locate = report.locate
    inputs = {**environment.inputs}
    if COMPUTED_AMOUNT not in inputs:
        inputs[COMPUTED_AMOUNT] = _amount(program)
    for name, stage in scheme.workflow.stages.items():
        if not stage.when:
            continue
        path = ("workflow", "stages", name, "when")
        condition = Condition(name, "criterion", Source(stage.when, path, locate(path)), "computed")
        definitions = definition_sources(rules, scheme.language, scheme.parameters, ("rules", first_day), locate)
        own = Rules(version=first_day, definitions=definitions, conditions=(condition,))
        try:
            found[name] = compile_rules(own, replace(environment, inputs=inputs), advised=advised)
        except ProblemsFound as error:
            report.problems += error.problems
    return found


def _amount(program: Program) -> Input:
    """The computed amount as a fact, within the bounds of its branches."""
    bounds = [step.value.bounds for step in program.plan.amount if step.value is not None]
    known = [each for each in bounds if each is not None]
    if not known or len(known) < len(program.plan.amount):
        return Input(MONEY, "fact", None, 0)
    low, high = min(0, *(int(low) for low, _ in known)), max(int(high) for _, high in known)
    return Input(MONEY, "fact", None, low, high)
