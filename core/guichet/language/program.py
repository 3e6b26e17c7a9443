"""Compiled rules: evaluated fast, or explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import cast

from guichet.errors import Problem
from guichet.language.expression import Expression, execute
from guichet.language.generation.brief import brief_function
from guichet.language.generation.code import Namespace
from guichet.language.generation.complete import complete_function
from guichet.language.generation.partial import partial_function
from guichet.language.plan import Plan, Uses
from guichet.language.result import Outcome, Result
from guichet.language.trace import ConditionTrace, Trace
from guichet.language.tracing.explain import Explainer
from guichet.language.types import Type
from guichet.language.values import UNAVAILABLE

Evaluate = Callable[[Mapping[str, object]], Result]


class Program:
    """One version of the rules of a scheme, ready to be applied to dossiers.

    `evaluate(values)` gives the Result of one dossier; `values` holds run-time values by name, facts of lists at
    `@list`, checks and attestations at `@criterion`; None or absent means unanswered, UNAVAILABLE a silent source.
    """

    def __init__(self, plan: Plan, warnings: tuple[Problem, ...] = ()) -> None:
        self.plan = plan
        self.version: str = plan.version
        self.warnings = warnings

    @cached_property
    def evaluate(self) -> Evaluate:
        """The function of one dossier."""
        return cast("Evaluate", self._generated[1]["complete"])

    @cached_property
    def evaluate_briefly(self) -> Callable[[Mapping[str, object]], tuple[Outcome, int | None]]:
        """The one for who asks the outcome and the amount, and nothing of why: the first two of the same Result."""
        return cast("Callable[[Mapping[str, object]], tuple[Outcome, int | None]]", self._generated[1]["brief"])

    @property
    def python(self) -> str:
        """The generated text of the three."""
        return self._generated[0]

    @cached_property
    def _generated(self) -> tuple[str, Mapping[str, object]]:
        """Written and compiled when first asked for: many versions are checked that judge nobody any more."""
        namespace = Namespace()
        text = "\n\n".join(
            write(self.plan, namespace) for write in (partial_function, complete_function, brief_function)
        )
        return text, execute(text, namespace)

    def explain(self, values: Mapping[str, object]) -> Trace:
        """How each condition and the amount came out for one dossier."""
        return self._explainer.explain(values)

    def explain_conditions(
        self, values: Mapping[str, object]
    ) -> tuple[tuple[ConditionTrace, ...], Mapping[str, object]]:
        """How each condition came out for one dossier, with the value of each definition; less work than `explain`."""
        return self._explainer.explain_conditions(values)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.plan)

    @cached_property
    def uses(self) -> Uses:
        """Everything the conditions, the amount and the indicators read."""
        return self.plan.uses(*self.plan.condition_nodes(), *self.plan.amount_nodes(), *self.plan.indicators.values())

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields used, in the order of the form."""
        return self._inputs_of(self.uses, "field")

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts used, lists apart."""
        return self._inputs_of(self.uses, "fact")

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters used."""
        return self._inputs_of(self.uses, "parameter")

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The reference lists used."""
        return tuple(name for name in self.plan.environment.lists if name in self.uses.lists)

    @cached_property
    def list_keys(self) -> Mapping[str, Expression]:
        """The expression of the key with which each list is consulted, after the lists that expression reads."""
        order = self.plan.lists_in_order()
        return {name: Expression(self.plan.keys[name], self.plan) for name in order if name in self.uses.lists}

    def list_key(self, name: str, values: Mapping[str, object]) -> object:
        """The key to look up in a list, None while it is unknown."""
        return self.list_keys[name].evaluate(values)

    def asked(self, values: Mapping[str, object]) -> dict[str, bool | None]:
        """Whether each field is asked; None while that depends on an unanswered one."""
        asked: dict[str, bool | None] = dict.fromkeys(self._form_order, True)
        for name in self._asking_order:
            state = cast("bool | None", self._asking[name].evaluate(values))
            if state is None and self._never(name, values, asked):
                state = False
            asked[name] = state
        return asked

    def _never(self, name: str, values: Mapping[str, object], asked: Mapping[str, bool | None]) -> bool:
        """Whether all that leaves a condition open is not asked itself: no further answer would have this one asked."""
        reads = self._asking[name].inputs
        silent = [each for each in reads if asked.get(each) is not True or _is_unknown(values.get(each))]
        return bool(silent) and all(asked.get(each) is False for each in silent)

    def dependencies(self, name: str) -> tuple[str, ...]:
        """The fields that feed a condition, a definition, an indicator or `amount`, in the order of the form.

        Raises:
            KeyError: nothing bears that name.
        """
        conditions = {condition.id: node for condition, node in self.plan.conditions}
        if name in conditions:
            uses = self.plan.uses(conditions[name])
        elif name in self.plan.definitions:
            uses = self.plan.uses(self.plan.definitions[name])
        elif name in self.plan.indicators:
            uses = self.plan.uses(self.plan.indicators[name])
        elif name == "amount":
            uses = self.plan.uses(*self.plan.amount_nodes())
        else:
            raise KeyError(name)
        return self._inputs_of(uses, "field")

    @cached_property
    def definition_types(self) -> Mapping[str, Type]:
        """The type of each definition."""
        return {name: node.type for name, node in self.plan.definitions.items()}

    @cached_property
    def indicator_types(self) -> Mapping[str, Type]:
        """The type of each indicator."""
        return {name: node.type for name, node in self.plan.indicators.items()}

    @cached_property
    def _asking(self) -> Mapping[str, Expression]:
        return {name: Expression(node, self.plan) for name, node in self.plan.asked.items()}

    @cached_property
    def _form_order(self) -> tuple[str, ...]:
        return tuple(name for name, entry in self.plan.environment.inputs.items() if entry.kind == "field")

    @cached_property
    def _asking_order(self) -> list[str]:
        """The fields asked on a condition, each after those its condition reads."""
        return [name for name in self.plan.asking_order(self._form_order) if name in self._asking]

    def _inputs_of(self, uses: Uses, kind: str) -> tuple[str, ...]:
        inputs = self.plan.environment.inputs
        return tuple(name for name in self.plan.ordered_inputs(uses.inputs) if inputs[name].kind == kind)


def _is_unknown(value: object) -> bool:
    return value is None or value is UNAVAILABLE
