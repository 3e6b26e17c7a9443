"""Explains one dossier: the result found again on the tree, and everything behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guichet.language import tree
from guichet.language.declarations import Condition
from guichet.language.plan import Plan, Step, Uses
from guichet.language.result import Result
from guichet.language.trace import AmountTrace, Bound, Comparison, ConditionTrace, Trace
from guichet.language.tracing.formula import with_numbers
from guichet.language.tracing.run import Evaluate, Run
from guichet.language.tracing.silence import Silence
from guichet.language.tracing.values import Tracing
from guichet.language.types import BOOLEAN
from guichet.language.values import UNAVAILABLE


@dataclass(frozen=True, slots=True)
class _Step:
    step: Step
    condition: Evaluate | None
    value: Evaluate | None
    fill: Callable[[Mapping[str, object]], str] | None
    definitions: tuple[str, ...]


class Explainer:
    """Explains dossiers under one set of rules."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        tracing = Tracing()
        nodes = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.indicators.values()]
        uses = plan.uses(*nodes)
        self._inputs = plan.asking_order(uses.inputs)
        self._lists = tuple(uses.lists)
        self._asked = {name: tracing.value(node) for name, node in plan.asked.items() if name in uses.inputs}
        self._definitions = [
            (name, tracing.value(node), node.type == BOOLEAN) for name, node in plan.definitions.items()
        ]
        self._conditions = [
            (condition, None if node is None else tracing.state(node), plan.uses(node), node)
            for condition, node in plan.conditions
        ]
        self._steps = [self._prepared(step, tracing) for step in plan.amount]
        self._amount_uses = plan.uses(*plan.amount_nodes())
        self._indicators = {name: tracing.value(node) for name, node in plan.indicators.items()}
        self._silence = Silence(plan)

    def _prepared(self, step: Step, tracing: Tracing) -> _Step:
        words, value = self._plan.environment.words, step.value
        used = self._plan.uses(value).definitions
        return _Step(
            step,
            None if step.condition is None else tracing.state(step.condition),
            None if value is None else tracing.value(value),
            None if value is None else with_numbers(value, words),
            tuple(name for name in self._plan.definitions if name in used),
        )

    def explain(self, values: Mapping[str, object]) -> Trace:
        """The explanation of one dossier."""
        run = self._begun(values)
        conditions = tuple(self._condition(run, values, *each) for each in self._conditions)
        amount = self._amount(run, values) if self._steps else None
        indicators = {name: evaluate(run) for name, evaluate in self._indicators.items()}
        result = self._result(conditions, amount)
        return Trace(result, self._plan.version, conditions, amount, run.definitions, indicators)

    def _begun(self, values: Mapping[str, object]) -> Run:
        run = Run()
        for name in self._lists:
            line = values.get("@" + name)
            run.lists[name] = None if line is UNAVAILABLE else line
        for name in self._inputs:
            found = values.get(name)
            if found is UNAVAILABLE:
                found = None
            if name in self._asked:
                run.asked[name] = self._asked[name](run)
                if run.asked[name] is not True:
                    found = None
            run.values[name] = found
        for name, evaluate, is_condition in self._definitions:
            run.comparisons, run.bounds = [], []
            run.definitions[name] = evaluate(run)
            if is_condition:
                run.met[name] = run.comparisons
            run.met_bounds[name] = run.bounds
        return run

    def _condition(
        self,
        run: Run,
        values: Mapping[str, object],
        condition: Condition,
        evaluate: Evaluate | None,
        uses: Uses,
        node: tree.Node | None,
    ) -> ConditionTrace:
        if evaluate is None or node is None:
            answer = values.get("@" + condition.id)
            state = answer if isinstance(answer, bool) else None
            return ConditionTrace(condition.id, condition.kind, condition.answer, state, "", (), (), ())
        run.comparisons = []
        state = evaluate(run)
        missing, unavailable = self._silence.of(uses, run, values) if state is None else ((), ())
        met = tuple(run.comparisons)
        return ConditionTrace(
            condition.id, condition.kind, condition.answer, state, node.text, met, missing, unavailable
        )

    def _amount(self, run: Run, values: Mapping[str, object]) -> AmountTrace:
        run.comparisons, run.bounds = [], []
        for place, each in enumerate(self._steps):
            state = True if each.condition is None else each.condition(run)
            if state is None:
                break
            if state:
                return self._taken(run, values, place, each)
        return self._unknown(run, values, None, "", "", ())

    def _taken(self, run: Run, values: Mapping[str, object], place: int, each: _Step) -> AmountTrace:
        condition = each.step.condition.text if each.step.condition is not None else ""
        if each.value is None or each.fill is None or each.step.value is None:
            note = (self._silence.unverified(each.step.unverified or ""),)
            return self._unknown(run, values, place, condition, "", note)
        amount = each.value(run)
        formula = each.step.value.text.strip()
        if amount is None:
            return self._unknown(run, values, place, condition, formula, ())
        numbers = each.fill({**run.values, **run.definitions})
        bounds = [*run.bounds, *(bound for name in each.definitions for bound in run.met_bounds[name])]
        return AmountTrace(amount, place, condition, formula, numbers, tuple(run.comparisons), tuple(bounds), (), ())

    def _unknown(
        self,
        run: Run,
        values: Mapping[str, object],
        place: int | None,
        condition: str,
        formula: str,
        notes: tuple[str, ...],
    ) -> AmountTrace:
        missing, unavailable = self._silence.of(self._amount_uses, run, values, unverified=notes)
        met: tuple[Comparison, ...] = tuple(run.comparisons)
        none: tuple[Bound, ...] = ()
        return AmountTrace(None, place, condition, formula, "", met, none, missing, unavailable)

    def _result(self, conditions: tuple[ConditionTrace, ...], amount: AmountTrace | None) -> Result:
        failed = tuple(each.id for each in conditions if each.state is False)
        awaited = tuple(each.id for each in conditions if each.state is None and each.answer != "computed")
        if failed:
            return Result("not_eligible", None, failed, (), (), awaited, None)
        value = amount.amount if amount is not None else None
        silent = [each for each in conditions if each.state is None and each.answer == "computed"]
        if not silent and (amount is None or value is not None):
            if awaited:
                return Result("undetermined", None, (), (), (), awaited, value)
            return Result("eligible", value, (), (), (), (), None)
        unknown: list[ConditionTrace | AmountTrace] = [*silent]
        if amount is not None and value is None:
            unknown.append(amount)
        missing, unavailable = self._silence.together(unknown)
        return Result("undetermined", None, (), missing, unavailable, awaited, None)
