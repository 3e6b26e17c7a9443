"""The types of `round floor ceiling`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import cast

from guichet.language.checking.arguments import wrong_count
from guichet.language.checking.context import Context
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase, NumberPhrase
from guichet.language.tree import Node, Rounded, Rounding
from guichet.language.types import DURATIONS, INTEGER, MISTAKEN, MONEY, MONEYS, NUMERIC, Type, decimal, rate


def check_rounding(phrase: CallPhrase, context: Context) -> Node:
    """`round`, `floor`, `ceiling`: a number brought to a multiple of a unit."""
    mode = cast("Rounding", phrase.function)
    if (wrong := wrong_count(phrase, 1, context)) is not None:
        return wrong
    node = context.inside_rounding().check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    if node.type.kind not in NUMERIC - DURATIONS or node.bounds is None:
        data = naming("type", node.type)
        return context.problem("rule.not_a_number", phrase.arguments[0].span, value=node.text, **data)
    is_money = node.type.kind in MONEYS
    if phrase.unit is None and (is_money or node.type.kind == "rate"):
        unit = "1 €" if is_money else "1 %"
        return context.problem(
            "rule.rounding_unit_missing",
            phrase.span,
            function=mode,
            value=node.text,
            unit=unit,
            **context.rounding_words(),
        )
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
    is_money = type_.kind in MONEYS
    if is_money != (quantity.unit == "€") or quantity.unit in DURATIONS:
        data = naming("type", type_)
        return context.problem("rule.rounding_unit_kind", phrase.unit.span, unit=context.text(phrase.unit.span), **data)
    if is_money:
        return replace(MONEY, per=type_.per), quantity.digits
    if quantity.unit == "%":
        return rate(quantity.scale), quantity.digits
    return (decimal(quantity.scale) if quantity.scale else INTEGER), quantity.digits
