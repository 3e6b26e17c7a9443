"""One expression on its own, evaluated on values that may be unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from guichet.language.generation.code import Lines, Namespace, Variables
from guichet.language.generation.expressions import Expressions
from guichet.language.plan import Plan, Uses
from guichet.language.tree import Node
from guichet.language.types import Type
from guichet.language.values import UNAVAILABLE


class Expression:
    """A typed expression: `evaluate` gives its value, None when it is unknown."""

    def __init__(self, node: Node, plan: Plan) -> None:
        uses = plan.uses(node)
        self.type: Type = node.type
        self.text: str = node.text
        self.uses: Uses = uses
        self.inputs: tuple[str, ...] = tuple(plan.ordered_inputs(uses.inputs))
        self.evaluate: Callable[[Mapping[str, object]], object] = value_function(node, plan)


def value_function(node: Node, plan: Plan) -> Callable[[Mapping[str, object]], object]:
    """A function of the values that gives what one expression is worth, None when unknown."""
    namespace, lines, uses = Namespace(), Lines(), plan.uses(node)
    namespace.values["UNAVAILABLE"] = UNAVAILABLE
    inputs = {name: f"v{place}" for place, name in enumerate(plan.asking_order(uses.inputs))}
    lists = {
        name: f"l{place}" for place, name in enumerate(each for each in plan.environment.lists if each in uses.lists)
    }
    definitions = {name: f"d{place}" for place, name in enumerate(plan.definitions) if name in uses.definitions}
    nullable = {*inputs.values(), *lists.values(), *definitions.values()}
    expressions = Expressions(namespace, Variables(inputs, lists, definitions, nullable))
    lines.add("def value(values):")
    lines.depth = 1
    for key, variable in [*inputs.items(), *((f"@{name}", variable) for name, variable in lists.items())]:
        lines.add(f"{variable} = values.get({namespace.constant(key)})")
        lines.add(f"if {variable} is UNAVAILABLE: {variable} = None")
        if key in plan.asked:
            lines.add(f"if {expressions.write(plan.asked[key]).or_none} is not True: {variable} = None")
    for name, variable in definitions.items():
        lines.add(f"{variable} = {expressions.write(plan.definitions[name]).or_none}")
    lines.add(f"return {expressions.write(node).or_none}")
    return cast("Callable[[Mapping[str, object]], object]", execute(lines.text(), namespace)["value"])


def execute(text: str, namespace: Namespace) -> dict[str, object]:
    """The functions of a generated text, which holds made-up names and whole numbers only."""
    exec(compile(text, "<rules>", "exec"), namespace.values)  # noqa: S102  text built from the typed tree only
    return namespace.values
