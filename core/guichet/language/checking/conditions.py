"""The types of what is true or false: denied and joined conditions, `is known`, `if … then … else …`."""

from __future__ import annotations

from math import lcm

from guichet.language import bounds as intervals
from guichet.language.bounds import Bounds
from guichet.language.checking.context import Context
from guichet.language.checking.names import choice_hint
from guichet.language.sources import Span, naming
from guichet.language.syntax import IfPhrase, KnownPhrase, LogicPhrase, NotPhrase, Phrase
from guichet.language.tree import Choose, Known, Logic, Node, Not
from guichet.language.types import BOOLEAN, MISTAKEN, Type, common_type


def condition(phrase: Phrase, context: Context) -> Node:
    """The typed tree of a phrase that must be true or false."""
    node = context.outside_rounding().check(phrase)
    if node.type in {BOOLEAN, MISTAKEN}:
        return node
    return context.problem("rule.condition_expected", phrase.span, value=node.text, **naming("type", node.type))


def check_not(phrase: NotPhrase, context: Context) -> Node:
    """The typed tree of a denied condition."""
    operand = condition(phrase.operand, context)
    return _condition_of(operand, phrase.span, context) or Not(operand, type=BOOLEAN, text=context.text(phrase.span))


def check_logic(phrase: LogicPhrase, context: Context) -> Node:
    """The typed tree of conditions joined by `and` or `or`."""
    operands = tuple(condition(operand, context) for operand in phrase.operands)
    if any(operand.type == MISTAKEN for operand in operands):
        return context.mistaken(phrase.span)
    return Logic(phrase.operator, operands, type=BOOLEAN, text=context.text(phrase.span))


def check_known(phrase: KnownPhrase, context: Context) -> Node:
    """The typed tree of `… is known`."""
    operand = context.outside_rounding().check(phrase.operand)
    return _condition_of(operand, phrase.span, context) or Known(operand, type=BOOLEAN, text=context.text(phrase.span))


def check_if(phrase: IfPhrase, context: Context, expected: Type | None) -> Node:
    """The typed tree of `if … then … else …`, both values of one type."""
    test = condition(phrase.condition, context)
    hint = expected or choice_hint(phrase.then, context) or choice_hint(phrase.otherwise, context)
    then, otherwise = context.check(phrase.then, hint), context.check(phrase.otherwise, hint)
    if MISTAKEN in {test.type, then.type, otherwise.type}:
        return context.mistaken(phrase.span)
    type_ = common_type(then.type, otherwise.type)
    if type_ is None:
        data = {**naming("left_type", then.type), **naming("right_type", otherwise.type)}
        return context.problem("rule.if_types", phrase.span, left=then.text, right=otherwise.text, **data)
    over, bounds, dynamic = _either(then, otherwise)
    text = context.text(phrase.span)
    return Choose(test, then, otherwise, type=type_, text=text, over=over, bounds=bounds, dynamic=dynamic)


def _either(left: Node, right: Node) -> tuple[int, Bounds | None, bool]:
    """Scale, bounds and dynamic mark of one value or another."""
    over = lcm(left.over, right.over)
    if left.bounds is None or right.bounds is None:
        return over, None, False
    return over, intervals.either(left.bounds, right.bounds), left.dynamic or right.dynamic


def _condition_of(operand: Node, span: Span, context: Context) -> Node | None:
    return context.mistaken(span) if operand.type == MISTAKEN else None
