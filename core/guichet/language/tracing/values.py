"""Values and conditions of an explanation, each part of the tree turned once into a small function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final, cast

from guichet.language import operations, tree
from guichet.language.operations import COMPARE
from guichet.language.syntax import Comparator
from guichet.language.trace import Comparison
from guichet.language.tracing.numbers import converted, number
from guichet.language.tracing.run import Evaluate, Run
from guichet.language.tree import Node
from guichet.language.types import BOOLEAN, NUMERIC, Type, common_type

_FLIPPED: Final[dict[Comparator, Comparator]] = {
    "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
_NEGATED: Final[dict[Comparator, Comparator]] = {
    "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip
"""What is asked where a comparison must not hold: `non (pret = accepte)` asks for another answer than `accepte`."""
_CALENDAR: Final[dict[str, Callable[[date, date], int]]] = {
    "years_between": operations.years_between,
    "months_between": operations.months_between,
    "days_between": operations.days_between,
}
_record = cast("Callable[[type[Comparison], tuple[object, ...]], Comparison]", getattr(tuple, "__new__"))  # noqa: B009  faster than Comparison(…)


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
                return self._column(node)
            case tree.Gathered():
                return self._gathered(node)
            case tree.Lookup():
                return lambda run: operations.cell(run.lists[node.list], node.column)
            case tree.Shift():
                return self._shift(node)
            case tree.Choose():
                return self._choose(node)
            case tree.External():
                return self._external(node)
            case tree.Apply(function=name) if name in _CALENDAR:
                return self._calendar(node)
            case _ if node.type == BOOLEAN:
                return self.state(node)
            case _:
                return number(node, self)

    def state(self, node: Node) -> Evaluate:
        """What evaluates a condition and notes the comparisons met."""
        match node:
            case tree.Not():
                return self._not(node.operand)
            case tree.Logic():
                return self._logic(node)
            case tree.Compare():
                return self._compare(node)
            case tree.Read(origin="definition"):
                return self._defined(node)
            case tree.Among():
                return self._among(node)
            case tree.Contains():
                return self._contains(node)
            case tree.Listed():
                return self._listed(node)
            case tree.Known():
                return self._known(node)
            case tree.Quantified():
                return self._quantified(node)
            case tree.Apply(function="starts_with"):
                return self._starts_with(node)
            case tree.Constant() | tree.Choose():
                return self.value(node)
            case _:
                return self._bare(node)

    def _not(self, refused: Node) -> Evaluate:
        """What must not hold, noted as what is asked wherever that is one test too."""
        if isinstance(refused, tree.Compare):
            return self._compare(replace(refused, operator=_NEGATED[refused.operator]))
        if isinstance(refused, tree.Read) and refused.origin != "definition":
            return self._bare(refused, wanted=False)
        operand = self.state(refused)
        return lambda run: None if (found := operand(run)) is None else not found

    def _column(self, node: tree.Column) -> Evaluate:
        rows, column = self.value(node.rows), node.column

        def evaluate(run: Run) -> object:
            held = rows(run)
            if held is None:
                return None
            cells = tuple(row.get(column) for row in held)
            return None if None in cells else cells

        return evaluate

    def _gathered(self, node: tree.Gathered) -> Evaluate:
        rows, variable = self.value(node.rows), node.variable
        test = self.state(node.condition) if node.condition is not None else None
        value = self.value(node.value) if node.value is not None else None

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

    def _shift(self, node: tree.Shift) -> Evaluate:
        day, duration = self.value(node.operand), self.value(node.duration)
        move = operations.add_days if node.duration.type.kind == "days" else operations.add_months
        sign = -1 if node.backwards else 1

        def evaluate(run: Run) -> object:
            start, length = day(run), duration(run)
            return None if start is None or length is None else move(start, sign * length)

        return evaluate

    def _choose(self, node: tree.Choose) -> Evaluate:
        test = self.state(node.condition)
        then, otherwise = converted_like(node.then, node.type, self), converted_like(node.otherwise, node.type, self)

        def evaluate(run: Run) -> object:
            state = test(run)
            return None if state is None else then(run) if state else otherwise(run)

        return evaluate

    def _external(self, node: tree.External) -> Evaluate:
        arguments, call = [self.value(argument) for argument in node.arguments], node.signature.call

        def evaluate(run: Run) -> object:
            found = [argument(run) for argument in arguments]
            return None if None in found else call(*found)

        return evaluate

    def _calendar(self, node: tree.Apply) -> Evaluate:
        (one, other), count = (self.value(argument) for argument in node.arguments), _CALENDAR[node.function]

        def evaluate(run: Run) -> object:
            start, end = one(run), other(run)
            return None if start is None or end is None else count(start, end)

        return evaluate

    def _logic(self, node: tree.Logic) -> Evaluate:
        parts = [self.state(operand) for operand in node.operands]
        deciding = node.operator == "or"

        def evaluate(run: Run) -> object:
            states = [part(run) for part in parts]
            return deciding if deciding in states else None if None in states else not deciding

        return evaluate

    def _compare(self, node: tree.Compare) -> Evaluate:
        left, right, sign = node.left, node.right, node.operator
        if isinstance(left, tree.Constant):
            left, right, sign = right, left, _FLIPPED[sign]
        type_ = common_type(left.type, right.type) or left.type
        one, other = converted_like(left, type_, self), converted_like(right, type_, self)
        name, text, compare = left.text, right.text, COMPARE[sign]
        is_date, is_number = type_.kind == "date", type_.kind in NUMERIC

        def evaluate(run: Run) -> object:
            found, threshold = one(run), other(run)
            holds = apart = None
            if found is not None and threshold is not None:
                holds = compare(found, threshold)
                if is_number:
                    apart = found - threshold
                elif is_date:
                    apart = (found - threshold).days
            entry = (name, type_, found, sign, threshold, text, apart, holds)
            run.comparisons.append(_record(Comparison, entry))
            return holds

        return evaluate

    def _defined(self, node: tree.Read) -> Evaluate:
        name = node.name

        def evaluate(run: Run) -> object:
            run.comparisons.extend(run.met[name])
            return run.definitions[name]

        return evaluate

    def _among(self, node: tree.Among) -> Evaluate:
        options = tuple(option.value for option in node.options)
        text = ", ".join(option.text for option in node.options)
        operand = self.value(node.operand)

        def evaluate(run: Run) -> object:
            found = operand(run)
            holds = None if found is None else found in options
            return _note(run, node.operand, found, "in", options, text, holds)

        return evaluate

    def _contains(self, node: tree.Contains) -> Evaluate:
        operand, held = self.value(node.operand), self.value(node.held)

        def evaluate(run: Run) -> object:
            found, values = operand(run), held(run)
            holds = None if found is None or values is None else found in values
            return _note(run, node.operand, found, "in", values, node.held.text, holds)

        return evaluate

    def _listed(self, node: tree.Listed) -> Evaluate:
        key, list_ = self.value(node.key), node.list

        def evaluate(run: Run) -> object:
            line = run.lists[list_]
            holds = None if line is None else line is not False
            return _note(run, node.key, key(run), "in list", list_, list_, holds)

        return evaluate

    def _known(self, node: tree.Known) -> Evaluate:
        operand = self.value(node.operand)

        def evaluate(run: Run) -> object:
            found = operand(run)
            return _note(run, node.operand, found, "is known", None, "", found is not None)

        return evaluate

    def _quantified(self, node: tree.Quantified) -> Evaluate:
        rows, test, variable = self.value(node.rows), self.state(node.condition), node.variable
        deciding = node.quantifier == "some"

        def evaluate(run: Run) -> object:
            held, outer = rows(run), run.comparisons
            holds: bool | None = None
            if held is not None:
                run.comparisons = []
                states: list[object] = []
                for row in held:
                    run.rows[variable] = row
                    states.append(test(run))
                run.comparisons = outer
                holds = deciding if deciding in states else None if None in states else not deciding
            return _note(run, node.rows, held, node.quantifier, None, node.condition.text, holds)

        return evaluate

    def _starts_with(self, node: tree.Apply) -> Evaluate:
        whole, start = (self.value(argument) for argument in node.arguments)

        def evaluate(run: Run) -> object:
            found, prefix = whole(run), start(run)
            holds = None if found is None or prefix is None else str(found).startswith(str(prefix))
            return _note(run, node.arguments[0], found, "starts_with", prefix, node.arguments[1].text, holds)

        return evaluate

    def _bare(self, node: Node, *, wanted: bool = True) -> Evaluate:
        """A value that is itself true or false, and which of the two is asked."""
        value = self.value(node)

        def evaluate(run: Run) -> object:
            found = value(run)
            holds = None if found is None else found is wanted
            return _note(run, node, found, "=", wanted, "", holds)

        return evaluate


def converted_like(node: Node, wanted: Type, tracing: Tracing) -> Evaluate:
    """A value in the run-time form of another type of its kind; only numbers change."""
    return tracing.value(node) if node.bounds is None else converted(node, wanted, tracing)


def _note(run: Run, node: Node, found: object, operator: str, threshold: object, text: str, holds: object) -> object:
    entry = (node.text, node.type, found, operator, threshold, text, None, holds)
    run.comparisons.append(_record(Comparison, entry))
    return holds
