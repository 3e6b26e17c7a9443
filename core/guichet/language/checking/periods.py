"""Amounts per month and per year: what brings one to the other, said with nodes that every back end knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guichet.language import bounds as intervals
from guichet.language.checking.arguments import wrong_count
from guichet.language.checking.context import Context
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase
from guichet.language.tree import Arithmetic, Constant, Node, Quotient, Rounded
from guichet.language.types import INTEGER, MISTAKEN, MONEY, MONEYS, Period

_MONTHS: Final = 12


def check_period(phrase: CallPhrase, context: Context) -> Node:
    """`per_month`, to the nearest cent, halves away from zero; `per_year`, exact."""
    if (wrong := wrong_count(phrase, 1, context)) is not None:
        return wrong
    node = context.check(phrase.arguments[0])
    if node.type == MISTAKEN:
        return node
    wanted: Period = "month" if phrase.function == "per_month" else "year"
    if node.type.kind not in MONEYS or not node.type.per or node.bounds is None:
        data = naming("type", node.type)
        return context.problem("rule.no_period", phrase.arguments[0].span, value=node.text, **data)
    if node.type.per == wanted:
        return node
    text = context.text(phrase.span)
    twelve = Constant(_MONTHS, type=INTEGER, text="12", bounds=intervals.exactly(_MONTHS))
    if wanted == "year":
        bounds = intervals.multiplied(node.bounds, intervals.exactly(_MONTHS))
        type_ = replace(node.type, per=wanted)
        yearly = Arithmetic(
            "*", node, twelve, type=type_, text=text, over=node.over, bounds=bounds, dynamic=node.dynamic
        )
        return context.fitting(yearly, phrase.span)
    low, high = (bound / _MONTHS for bound in node.bounds)
    over = 1 if node.dynamic else node.over * _MONTHS
    share = Quotient(node, twelve, type=node.type, text=text, over=over, bounds=(low, high), dynamic=node.dynamic)
    bounds = (low - 1, high + 1)
    return Rounded("round", share, 1, type=replace(MONEY, per=wanted), text=text, over=1, bounds=bounds)
