"""Values of an explanation, each part of the tree turned once into a small function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, cast

from guichet.language import operations, tree
from guichet.language.tracing import conditions
from guichet.language.tracing.numbers import converted_like, number
from guichet.language.tracing.run import Evaluate, Evaluates, Run
from guichet.language.tree import Node
from guichet.language.types import BOOLEAN
from guichet.model.days import add_days, add_months

_CALENDAR: Final[dict[str, Callable[[date, date], int]]] = {
    "years_between": operations.years_between,
    "months_between": operations.months_between,
    "days_between": operations.days_between,
}


class Tracing:
    """Turns nodes into functions of a run; conditions note the comparisons they meet.

    `constants` are the definitions that depend on nothing: like a literal, each may be a cap or a floor.
    """

    def __init__(self, constants: frozenset[str] = frozenset()) -> None:
        self.constants = constants

    def value(self, node: Node) -> Evaluate:  # noqa: C901, PLR0912  one line a kind of node
        """What evaluates a node that is not in the place of a condition."""
        match node:
            case tree.Constant():
                constant = node.value
                return lambda _: constant
            case tree.Read(name=name, origin="definition"):
                return lambda run: run.definitions[name]
            case tree.Read(name=name):
                return lambda run: run.values[name]
            case tree.Element(variable=variable):
                return lambda run: run.rows[variable]
            case tree.Cell(variable=variable, column=column):
                return lambda run: operations.cell(run.rows[variable], column)
            case tree.Column():
                return _column(node, self)
            case tree.Gathered():
                return _gathered(node, self)
            case tree.Lookup():
                return lambda run: operations.cell(run.lists[node.list], node.column)
            case tree.Shift():
                return _shift(node, self)
            case tree.Choose():
                return _choose(node, self)
            case tree.External():
                return _external(node, self)
            case tree.Apply(function=name) if name in _CALENDAR:
                return _calendar(node, self)
            case _ if node.type == BOOLEAN:
                return self.state(node)
            case _:
                return number(node, self)

    def state(self, node: Node) -> Evaluate:
        """What evaluates a condition and notes the comparisons met."""
        return conditions.state(node, self)


def _column(node: tree.Column, tracing: Evaluates) -> Evaluate:
    rows, column = tracing.value(node.rows), node.column

    def evaluate(run: Run) -> object:
        held = rows(run)
        if held is None:
            return None
        cells = tuple(row.get(column) for row in held)
        return None if None in cells else cells

    return evaluate


def _gathered(node: tree.Gathered, tracing: Evaluates) -> Evaluate:
    rows, variable = tracing.value(node.rows), node.variable
    test = tracing.state(node.condition) if node.condition is not None else None
    value = tracing.value(node.value) if node.value is not None else None

    def gather(run: Run, held: Iterable[object]) -> Iterator[object]:
        for row in held:
            run.rows[variable] = row
            state = True if test is None else test(run)
            if state is not False:
                yield None if state is None else row if value is None else value(run)

    def evaluate(run: Run) -> object:
        held = cast("Iterable[object] | None", rows(run))
        if held is None:
            return None
        outer = run.comparisons, run.bounds  # what one row meets says nothing of the others
        run.comparisons, run.bounds = [], []
        found = tuple(gather(run, held))
        run.comparisons, run.bounds = outer
        return None if None in found else found

    return evaluate


def _shift(node: tree.Shift, tracing: Evaluates) -> Evaluate:
    day, duration = tracing.value(node.operand), tracing.value(node.duration)
    move = add_days if node.duration.type.kind == "days" else add_months
    sign = -1 if node.backwards else 1

    def evaluate(run: Run) -> object:
        start, length = day(run), duration(run)
        return None if start is None or length is None else move(start, sign * length)

    return evaluate


def _choose(node: tree.Choose, tracing: Evaluates) -> Evaluate:
    test = tracing.state(node.condition)
    then, otherwise = converted_like(node.then, node.type, tracing), converted_like(node.otherwise, node.type, tracing)

    def evaluate(run: Run) -> object:
        state = test(run)
        return None if state is None else then(run) if state else otherwise(run)

    return evaluate


def _external(node: tree.External, tracing: Evaluates) -> Evaluate:
    arguments, call = [tracing.value(argument) for argument in node.arguments], node.signature.call

    def evaluate(run: Run) -> object:
        found = [argument(run) for argument in arguments]
        return None if None in found else call(*found)

    return evaluate


def _calendar(node: tree.Apply, tracing: Evaluates) -> Evaluate:
    (one, other), count = (tracing.value(argument) for argument in node.arguments), _CALENDAR[node.function]

    def evaluate(run: Run) -> object:
        start, end = one(run), other(run)
        return None if start is None or end is None else count(start, end)

    return evaluate
