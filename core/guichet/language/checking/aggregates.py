"""The types of `min max sum abs count`."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import lcm

from guichet.language import bounds as intervals
from guichet.language.bounds import Bounds
from guichet.language.checking.arguments import typed_argument, wrong_count
from guichet.language.checking.context import Context
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase
from guichet.language.tree import Apply, Gathered, Node
from guichet.language.types import INTEGER, MISTAKEN, MONEY, NUMERIC, ORDERED, Type, common_type


def check_aggregate(phrase: CallPhrase, context: Context) -> Node:
    """`min`, `max`, `sum`: of several values, or of those of a column."""
    if not phrase.arguments:
        return context.problem("rule.arity_several", phrase.span, function=context.text(phrase.name_span))
    allowed = NUMERIC if phrase.function == "sum" else ORDERED
    return (_of_list if len(phrase.arguments) == 1 else _of_several)(phrase, context, allowed)


def _of_list(phrase: CallPhrase, context: Context, allowed: frozenset[str]) -> Node:
    node = context.check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    item = node.type.item
    if item is None or item.kind not in allowed:
        data = naming("type", node.type)
        return context.problem(
            "rule.not_several", phrase.span, function=context.text(phrase.name_span), value=node.text, **data
        )
    bounds = node.bounds
    if bounds is not None and phrase.function == "sum":
        bounds = intervals.repeated(bounds)
    applied = Apply(
        phrase.function, (node,), type=item, text=context.text(phrase.span), over=_over(node), bounds=bounds
    )
    return context.fitting(applied, phrase.span)


def _over(values: Node) -> int:
    """What the values are counted in: those of rows may be computed, and finer than their type."""
    return values.over if isinstance(values, Gathered) else values.type.item.over if values.type.item else 1


def _of_several(phrase: CallPhrase, context: Context, allowed: frozenset[str]) -> Node:
    nodes = [context.check(argument) for argument in phrase.arguments]
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    type_: Type | None = nodes[0].type if nodes[0].type.kind in allowed else None
    for node in nodes[1:]:
        type_ = common_type(type_, node.type) if type_ is not None else None
    if type_ is None:
        first, odd = nodes[0], next((node for node in nodes if common_type(nodes[0].type, node.type) is None), nodes[0])
        data = {**naming("left_type", first.type), **naming("right_type", odd.type)}
        return context.problem(
            "rule.mixed_arguments",
            phrase.span,
            function=context.text(phrase.name_span),
            left=first.text,
            right=odd.text,
            **data,
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


def check_abs(phrase: CallPhrase, context: Context) -> Node:
    """`abs`: a number without its sign."""
    if (wrong := wrong_count(phrase, 1, context)) is not None:
        return wrong
    node = typed_argument(phrase, 0, NUMERIC, MONEY, context)
    if node.type == MISTAKEN or node.bounds is None:
        return node
    bounds, text = intervals.absolute(node.bounds), context.text(phrase.span)
    return Apply("abs", (node,), type=node.type, text=text, over=node.over, bounds=bounds, dynamic=node.dynamic)


def check_count(phrase: CallPhrase, context: Context) -> Node:
    """`count`: how many rows or values there are."""
    if (wrong := wrong_count(phrase, 1, context)) is not None:
        return wrong
    node = context.check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    if node.type.kind not in {"list", "rows"}:
        data = naming("type", node.type)
        return context.problem(
            "rule.not_several", phrase.span, function=context.text(phrase.name_span), value=node.text, **data
        )
    bounds = (Fraction(0), Fraction(intervals.MOST_ROWS))
    return Apply("count", (node,), type=INTEGER, text=context.text(phrase.span), bounds=bounds)
