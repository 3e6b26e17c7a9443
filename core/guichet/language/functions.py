"""The types of function calls and quantifiers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Final, cast

from guichet.errors import nearest
from guichet.language import bounds as intervals
from guichet.language.arithmetic import common
from guichet.language.bounds import Bounds
from guichet.language.comparisons import condition, key_problem, list_exists
from guichet.language.context import Context
from guichet.language.declarations import Signature
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase, NamePhrase, NumberPhrase, QuantifierPhrase
from guichet.language.tree import Apply, External, Lookup, Node, Quantified, Rounded, Rounding
from guichet.language.types import (
    BOOLEAN,
    DATE,
    DAYS,
    INTEGER,
    MISTAKEN,
    MONEY,
    MONTHS,
    NUMERIC,
    ORDERED,
    Type,
    decimal,
    rate,
    row_of,
)
from guichet.language.words import FUNCTIONS

_ROUNDINGS: Final = frozenset({"round", "floor", "ceiling"})
_BETWEEN: Final[dict[str, Type]] = {"years_between": INTEGER, "months_between": MONTHS, "days_between": DAYS}
_MOST: Final[dict[str, int]] = {"years_between": 10_000, "months_between": 120_000, "days_between": 4_000_000}


def check_call(phrase: CallPhrase, context: Context) -> Node:
    """The typed tree of a function call."""
    name = phrase.function
    if phrase.unit is not None and name not in _ROUNDINGS:
        return context.problem("rule.unit_without_rounding", phrase.unit.span, function=name)
    if name in _ROUNDINGS:
        return _rounding(phrase, context)
    if (read := _BUILT_IN.get(name)) is not None:
        return read(phrase, context)
    for signature in context.scope.environment.functions:
        if name in {signature.name, signature.words.get(context.scope.environment.words)}:
            return _external(phrase, signature, context)
    return _unknown_function(phrase, context)


def _unknown_function(phrase: CallPhrase, context: Context) -> Node:
    environment, name = context.scope.environment, phrase.function
    offered = sorted({*FUNCTIONS, *(each.words.get(environment.words, each.name) for each in environment.functions)})
    if name in context.scope.names():
        return context.problem("rule.name_as_function", phrase.name_span, name=name)
    close = nearest(name, offered)
    return context.problem("rule.unknown_function", phrase.name_span, name=name, nearest=close, functions=offered)


def _arity(phrase: CallPhrase, wanted: int, context: Context) -> Node | None:
    given = len(phrase.arguments)
    if given == wanted:
        return None
    return context.problem("rule.arity", phrase.span, function=phrase.function, wanted=wanted, given=given)


def _typed(phrase: CallPhrase, place: int, kinds: frozenset[str], wanted: Type, context: Context) -> Node:
    node = context.check(phrase.arguments[place])
    if node.type == MISTAKEN or node.type.kind in kinds:
        return node
    data = {**naming("type", node.type), **naming("wanted", wanted)}
    return context.problem(
        "rule.argument_type", phrase.arguments[place].span, function=phrase.function, value=node.text, **data
    )


def _extreme(phrase: CallPhrase, context: Context) -> Node:
    """`min` and `max`: of several values, or of those of a column."""
    if len(phrase.arguments) == 1:
        return _of_list(phrase, context)
    if not phrase.arguments:
        return context.problem("rule.arity_several", phrase.span, function=phrase.function)
    return _of_several(phrase, context, ORDERED)


def _sum(phrase: CallPhrase, context: Context) -> Node:
    """`sum`: of several values, or of those of a column."""
    if len(phrase.arguments) == 1:
        return _of_list(phrase, context)
    if not phrase.arguments:
        return context.problem("rule.arity_several", phrase.span, function=phrase.function)
    return _of_several(phrase, context, NUMERIC)


def _of_list(phrase: CallPhrase, context: Context) -> Node:
    node = context.check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    item = node.type.item
    allowed = NUMERIC if phrase.function == "sum" else ORDERED
    if item is None or item.kind not in allowed:
        data = naming("type", node.type)
        return context.problem("rule.not_several", phrase.span, function=phrase.function, value=node.text, **data)
    bounds = node.bounds
    if bounds is not None and phrase.function == "sum":
        bounds = intervals.repeated(bounds)
    applied = Apply(phrase.function, (node,), type=item, text=context.text(phrase.span), over=item.over, bounds=bounds)
    return context.fitting(applied, phrase.span)


def _of_several(phrase: CallPhrase, context: Context, allowed: frozenset[str]) -> Node:
    nodes = [context.check(argument) for argument in phrase.arguments]
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    type_: Type | None = nodes[0].type if nodes[0].type.kind in allowed else None
    for node in nodes[1:]:
        type_ = common(type_, node.type) if type_ is not None else None
    if type_ is None:
        first, odd = nodes[0], next((node for node in nodes if common(nodes[0].type, node.type) is None), nodes[0])
        data = {**naming("left_type", first.type), **naming("right_type", odd.type)}
        return context.problem(
            "rule.mixed_arguments", phrase.span, function=phrase.function, left=first.text, right=odd.text, **data
        )
    bounds = _bounds_of(phrase.function, [node.bounds for node in nodes])
    over = reduce(lcm, (node.over for node in nodes))
    dynamic = any(node.dynamic for node in nodes)
    text = context.text(phrase.span)
    applied = Apply(phrase.function, tuple(nodes), type=type_, text=text, over=over, bounds=bounds, dynamic=dynamic)
    return context.fitting(applied, phrase.span)


def _bounds_of(function: str, each: list[Bounds | None]) -> Bounds | None:
    known = [bounds for bounds in each if bounds is not None]
    if len(known) < len(each):
        return None
    if function == "sum":
        return reduce(intervals.added, known)
    pick = min if function == "min" else max
    return pick(low for low, _ in known), pick(high for _, high in known)


def _abs(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := _arity(phrase, 1, context)) is not None:
        return wrong
    node = _typed(phrase, 0, NUMERIC, MONEY, context)
    if node.type == MISTAKEN or node.bounds is None:
        return node
    bounds, text = intervals.absolute(node.bounds), context.text(phrase.span)
    return Apply("abs", (node,), type=node.type, text=text, over=node.over, bounds=bounds, dynamic=node.dynamic)


def _count(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := _arity(phrase, 1, context)) is not None:
        return wrong
    node = context.check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    if node.type.kind not in {"list", "rows"}:
        data = naming("type", node.type)
        return context.problem("rule.not_several", phrase.span, function="count", value=node.text, **data)
    bounds = (Fraction(0), Fraction(intervals.MOST_ROWS))
    return Apply("count", (node,), type=INTEGER, text=context.text(phrase.span), bounds=bounds)


def _dates(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := _arity(phrase, 2, context)) is not None:
        return wrong
    nodes = tuple(_typed(phrase, place, frozenset({"date"}), DATE, context) for place in (0, 1))
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    most = Fraction(_MOST[phrase.function])
    text = context.text(phrase.span)
    return Apply(phrase.function, nodes, type=_BETWEEN[phrase.function], text=text, bounds=(-most, most))


def _starts_with(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := _arity(phrase, 2, context)) is not None:
        return wrong
    texts = frozenset({"text", "choice"})
    nodes = tuple(_typed(phrase, place, texts, Type("text"), context) for place in (0, 1))
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    return Apply("starts_with", nodes, type=BOOLEAN, text=context.text(phrase.span))


def _lookup(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := _arity(phrase, 3, context)) is not None:
        return wrong
    list_, key_phrase, column = phrase.arguments
    if not isinstance(list_, NamePhrase) or not isinstance(column, NamePhrase):
        return context.problem("rule.lookup_form", phrase.span)
    key = context.check(key_phrase)
    if not list_exists(list_.name, list_.span, context) or key.type == MISTAKEN:
        return context.mistaken(phrase.span)
    columns = context.scope.environment.lists[list_.name].columns
    type_ = columns.get(column.name)
    if type_ is None:
        data = {"column": column.name, "name": list_.name, "nearest": nearest(column.name, columns)}
        return context.problem("rule.unknown_column", column.span, **data, columns=list(columns))
    if (problem := key_problem(list_.name, key, key_phrase, context)) is not None:
        return problem
    text, bounds = context.text(phrase.span), intervals.usual(type_)
    return Lookup(list_.name, key, column.name, type=type_, text=text, over=type_.over, bounds=bounds)


def _rounding(phrase: CallPhrase, context: Context) -> Node:
    mode = cast("Rounding", phrase.function)
    if (wrong := _arity(phrase, 1, context)) is not None:
        return wrong
    node = context.inside_rounding().check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    if node.type.kind not in NUMERIC - {"days", "months"} or node.bounds is None:
        data = naming("type", node.type)
        return context.problem("rule.not_a_number", phrase.arguments[0].span, value=node.text, **data)
    is_money = node.type.kind in {"money", "unrounded_money"}
    if phrase.unit is None and (is_money or node.type.kind == "rate"):
        unit = "1 €" if is_money else "1 %"
        return context.problem("rule.rounding_unit_missing", phrase.span, function=mode, value=node.text, unit=unit)
    step = _step(phrase, node.type, context)
    if isinstance(step, Node):
        return step
    type_, size = step
    slack = Fraction(size, type_.over)
    bounds = (node.bounds[0] - slack, node.bounds[1] + slack)
    rounded = Rounded(mode, node, size, type=type_, text=context.text(phrase.span), over=type_.over, bounds=bounds)
    return context.fitting(rounded, phrase.span)


def _step(phrase: CallPhrase, type_: Type, context: Context) -> Node | tuple[Type, int]:
    """The type a rounding gives, and to a multiple of how much in its run-time units."""
    if phrase.unit is None:
        return INTEGER, 1
    if not isinstance(phrase.unit, NumberPhrase) or phrase.unit.quantity.digits <= 0:
        return context.problem("rule.rounding_unit", phrase.unit.span)
    quantity = phrase.unit.quantity
    is_money = type_.kind in {"money", "unrounded_money"}
    if is_money != (quantity.unit == "€") or quantity.unit in {"days", "months"}:
        data = naming("type", type_)
        return context.problem("rule.rounding_unit_kind", phrase.unit.span, unit=context.text(phrase.unit.span), **data)
    if is_money:
        return MONEY, quantity.digits
    if quantity.unit == "%":
        return rate(quantity.scale), quantity.digits
    return (decimal(quantity.scale) if quantity.scale else INTEGER), quantity.digits


def _external(phrase: CallPhrase, signature: Signature, context: Context) -> Node:
    if (wrong := _arity(phrase, len(signature.parameters), context)) is not None:
        return wrong
    nodes: list[Node] = []
    for argument, wanted in zip(phrase.arguments, signature.parameters, strict=True):
        node = context.check(argument, wanted)
        if node.type != MISTAKEN and not _accepts(wanted, node.type):
            data = {**naming("type", node.type), **naming("wanted", wanted)}
            node = context.problem(
                "rule.argument_type", argument.span, function=phrase.function, value=node.text, **data
            )
        nodes.append(node)
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    type_, text = signature.returns, context.text(phrase.span)
    bounds = intervals.usual(type_)
    return External(signature, tuple(nodes), type=type_, text=text, over=type_.over, bounds=bounds)


def _accepts(wanted: Type, given: Type) -> bool:
    if wanted.kind == "text":
        return given.kind in {"text", "choice"}
    if wanted.kind == "choice":
        return given.kind == "choice"
    return wanted == given


def check_quantifier(phrase: QuantifierPhrase, context: Context) -> Node:
    """The typed tree of `some … in … satisfies …` and `every … in … satisfies …`."""
    rows = context.check(phrase.rows)
    if rows.type == MISTAKEN:
        return rows
    if phrase.variable in context.scope.names():
        return context.problem("rule.row_variable_taken", phrase.span, name=phrase.variable)
    item = row_of(rows.type) if rows.type.kind == "rows" else rows.type.item
    if item is None:
        data = naming("type", rows.type)
        return context.problem("rule.not_rows", phrase.rows.span, value=rows.text, **data)
    test = condition(phrase.condition, context.with_row(phrase.variable, item))
    if test.type == MISTAKEN:
        return test
    text = context.text(phrase.span)
    return Quantified(phrase.quantifier, phrase.variable, rows, test, type=BOOLEAN, text=text)


_BUILT_IN: Final[dict[str, Callable[[CallPhrase, Context], Node]]] = {
    "min": _extreme,
    "max": _extreme,
    "sum": _sum,
    "abs": _abs,
    "count": _count,
    "years_between": _dates,
    "months_between": _dates,
    "days_between": _dates,
    "starts_with": _starts_with,
    "lookup": _lookup,
}
