"""Conditions of an explanation: each notes the comparisons it meets, with what was found and what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from guichet.language import tree
from guichet.language.operations import COMPARE, FLIPPED, OPPOSITE
from guichet.language.trace import Comparison
from guichet.language.tracing.numbers import converted_like
from guichet.language.tracing.run import Evaluate, Evaluates, Run
from guichet.language.tree import Node
from guichet.language.types import NUMERIC, common_type

_record = cast("Callable[[type[Comparison], tuple[object, ...]], Comparison]", getattr(tuple, "__new__"))  # noqa: B009  faster than Comparison(…)


def state(node: Node, tracing: Evaluates) -> Evaluate:
    """What evaluates a condition and notes the comparisons met."""
    match node:
        case tree.Not():
            return _not(node.operand, tracing)
        case tree.Logic():
            return _logic(node, tracing)
        case tree.Compare():
            return _compare(node, tracing)
        case tree.Read(origin="definition"):
            return _defined(node)
        case tree.Among():
            return _among(node, tracing)
        case tree.Contains():
            return _contains(node, tracing)
        case tree.Listed():
            return _listed(node, tracing)
        case tree.Known():
            return _known(node, tracing)
        case tree.Quantified():
            return _quantified(node, tracing)
        case tree.Apply(function="starts_with"):
            return _starts_with(node, tracing)
        case tree.Constant() | tree.Choose():
            return tracing.value(node)
        case _:
            return _bare(node, tracing)


def _not(refused: Node, tracing: Evaluates) -> Evaluate:
    """What must not hold, noted as what is asked wherever that is one test too.

    `non (pret = accepte)` asks for another answer than `accepte`.
    """
    if isinstance(refused, tree.Compare):
        return _compare(replace(refused, operator=OPPOSITE[refused.operator]), tracing)
    if isinstance(refused, tree.Read) and refused.origin != "definition":
        return _bare(refused, tracing, wanted=False)
    operand = tracing.state(refused)
    return lambda run: None if (found := operand(run)) is None else not found


def _logic(node: tree.Logic, tracing: Evaluates) -> Evaluate:
    parts = [tracing.state(operand) for operand in node.operands]
    deciding = node.operator == "or"

    def evaluate(run: Run) -> object:
        states = [part(run) for part in parts]
        return deciding if deciding in states else None if None in states else not deciding

    return evaluate


def _compare(node: tree.Compare, tracing: Evaluates) -> Evaluate:
    left, right, sign = node.left, node.right, node.operator
    if isinstance(left, tree.Constant):
        left, right, sign = right, left, FLIPPED[sign]
    type_ = common_type(left.type, right.type) or left.type
    one, other = converted_like(left, type_, tracing), converted_like(right, type_, tracing)
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


def _defined(node: tree.Read) -> Evaluate:
    name = node.name

    def evaluate(run: Run) -> object:
        run.comparisons.extend(run.met[name])
        return run.definitions[name]

    return evaluate


def _among(node: tree.Among, tracing: Evaluates) -> Evaluate:
    options = tuple(option.value for option in node.options)
    text = ", ".join(option.text for option in node.options)
    operand = tracing.value(node.operand)

    def evaluate(run: Run) -> object:
        found = operand(run)
        holds = None if found is None else found in options
        return _note(run, node.operand, found, "in", options, text, holds)

    return evaluate


def _contains(node: tree.Contains, tracing: Evaluates) -> Evaluate:
    operand, held = tracing.value(node.operand), tracing.value(node.held)

    def evaluate(run: Run) -> object:
        found, values = operand(run), held(run)
        holds = None if found is None or values is None else found in values
        return _note(run, node.operand, found, "in", values, node.held.text, holds)

    return evaluate


def _listed(node: tree.Listed, tracing: Evaluates) -> Evaluate:
    key, list_ = tracing.value(node.key), node.list

    def evaluate(run: Run) -> object:
        line = run.lists[list_]
        holds = None if line is None else line is not False
        return _note(run, node.key, key(run), "in list", list_, list_, holds)

    return evaluate


def _known(node: tree.Known, tracing: Evaluates) -> Evaluate:
    operand = tracing.value(node.operand)

    def evaluate(run: Run) -> object:
        found = operand(run)
        return _note(run, node.operand, found, "is known", None, "", found is not None)

    return evaluate


def _quantified(node: tree.Quantified, tracing: Evaluates) -> Evaluate:
    rows, test, variable = tracing.value(node.rows), tracing.state(node.condition), node.variable
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


def _starts_with(node: tree.Apply, tracing: Evaluates) -> Evaluate:
    whole, start = (tracing.value(argument) for argument in node.arguments)

    def evaluate(run: Run) -> object:
        found, prefix = whole(run), start(run)
        holds = None if found is None or prefix is None else str(found).startswith(str(prefix))
        return _note(run, node.arguments[0], found, "starts_with", prefix, node.arguments[1].text, holds)

    return evaluate


def _bare(node: Node, tracing: Evaluates, *, wanted: bool = True) -> Evaluate:
    """A value that is itself true or false, and which of the two is asked."""
    value = tracing.value(node)

    def evaluate(run: Run) -> object:
        found = value(run)
        holds = None if found is None else found is wanted
        return _note(run, node, found, "=", wanted, "", holds)

    return evaluate


def _note(run: Run, node: Node, found: object, operator: str, threshold: object, text: str, holds: object) -> object:
    entry = (node.text, node.type, found, operator, threshold, text, None, holds)
    run.comparisons.append(_record(Comparison, entry))
    return holds
