"""Explains one dossier: the result found again on the tree, and everything behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guichet.language.declarations import Condition
from guichet.language.plan import Plan
from guichet.language.result import Result
from guichet.language.trace import AmountTrace, Comparison, ConditionTrace, Trace
from guichet.language.tracing.amounts import AmountExplainer
from guichet.language.tracing.run import Run
from guichet.language.tracing.silence import Silence
from guichet.language.tracing.values import Tracing
from guichet.language.tree import Node, is_closed
from guichet.language.types import BOOLEAN
from guichet.language.values import UNAVAILABLE

_Explain = Callable[[Run, Mapping[str, object]], ConditionTrace]


class Explainer:
    """Explains dossiers under one set of rules; everything that can be prepared once is."""

    def __init__(self, plan: Plan) -> None:
        constants = frozenset(name for name, node in plan.definitions.items() if is_closed(node))
        tracing, silence = Tracing(constants), Silence(plan)
        nodes = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.indicators.values()]
        uses = plan.uses(*nodes)
        self._version = plan.version
        self._silence = silence
        self._lists = [(name, "@" + name) for name in uses.lists]
        self._inputs = [
            (name, tracing.value(plan.asked[name]) if name in plan.asked else None)
            for name in plan.asking_order(uses.inputs)
        ]
        self._definitions = [
            (name, tracing.value(node), node.type == BOOLEAN) for name, node in plan.definitions.items()
        ]
        self._conditions = [
            _answered(condition) if node is None else _computed(condition, node, plan, tracing, silence)
            for condition, node in plan.conditions
        ]
        self._amount = AmountExplainer(plan, tracing, silence) if plan.amount else None
        self._indicators = {name: tracing.value(node) for name, node in plan.indicators.items()}

    def explain(self, values: Mapping[str, object]) -> Trace:
        """The explanation of one dossier."""
        run = self._begun(values)
        conditions = tuple([explain(run, values) for explain in self._conditions])
        amount = self._amount.explain(run, values) if self._amount is not None else None
        result = self._result(conditions, amount)
        indicators = {name: evaluate(run) for name, evaluate in self._indicators.items()}
        return Trace(result, self._version, conditions, amount, run.definitions, indicators, run.met)

    def explain_conditions(
        self, values: Mapping[str, object]
    ) -> tuple[tuple[ConditionTrace, ...], Mapping[str, object]]:
        """How each condition came out, and what each definition is worth; nothing of the amount and the indicators."""
        run = self._begun(values)
        return tuple([explain(run, values) for explain in self._conditions]), run.definitions

    def _begun(self, values: Mapping[str, object]) -> Run:
        run, get = Run(), values.get
        for name, key in self._lists:
            line = get(key)
            run.lists[name] = None if line is UNAVAILABLE else line
        held = run.values
        for name, asked in self._inputs:
            found = get(name)
            if found is UNAVAILABLE:
                found = None
            if asked is not None:
                run.asked[name] = is_asked = asked(run)
                if is_asked is not True:
                    found = None
            held[name] = found
        for name, evaluate, is_condition in self._definitions:
            run.comparisons, run.bounds = [], []
            run.definitions[name] = evaluate(run)
            if is_condition or run.comparisons:
                run.met[name] = run.comparisons
            if run.bounds:
                run.met_bounds[name] = run.bounds
        return run

    def _result(self, conditions: tuple[ConditionTrace, ...], amount: AmountTrace | None) -> Result:
        failed: list[str] = []
        awaited: list[str] = []
        silent: list[ConditionTrace | AmountTrace] = []
        for each in conditions:
            if each.state is None:
                if each.answer == "computed":
                    silent.append(each)
                else:
                    awaited.append(each.id)
            elif not each.state:
                failed.append(each.id)
        if failed:
            return Result("not_eligible", None, tuple(failed), (), (), tuple(awaited), None)
        value = amount.amount if amount is not None else None
        if amount is not None and value is None:
            silent.append(amount)
        if silent:
            missing, unavailable = self._silence.together(silent)
            return Result("undetermined", None, (), missing, unavailable, tuple(awaited), None)
        if awaited:
            return Result("undetermined", None, (), (), (), tuple(awaited), value)
        return Result("eligible", value, (), (), (), (), None)


def _answered(condition: Condition) -> _Explain:
    """A condition that a person answers."""
    key = "@" + condition.id

    def explain(_: Run, values: Mapping[str, object]) -> ConditionTrace:
        answer = values.get(key)
        state = answer if isinstance(answer, bool) else None
        return ConditionTrace(condition.id, condition.kind, condition.answer, state, "", (), (), ())

    return explain


def _computed(condition: Condition, node: Node, plan: Plan, tracing: Tracing, silence: Silence) -> _Explain:
    """A condition the rules compute."""
    evaluate, reasons = tracing.state(node), silence.reasons(plan.uses(node))
    name, kind, text = condition.id, condition.kind, node.text

    def explain(run: Run, values: Mapping[str, object]) -> ConditionTrace:
        met: list[Comparison] = []
        run.comparisons = met
        state = evaluate(run)
        missing, unavailable = reasons(run, values, ()) if state is None else ((), ())
        return ConditionTrace(name, kind, "computed", state, text, tuple(met), missing, unavailable)

    return explain
