"""The types of `+ - * /` and of a changed sign."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from guichet.language import bounds as intervals
from guichet.language.bounds import Bounds
from guichet.language.checking.context import Context
from guichet.language.sources import naming
from guichet.language.syntax import ArithmeticPhrase, MinusPhrase, NumberPhrase, Phrase
from guichet.language.tree import Arithmetic, Constant, Negate, Node, Quotient, Shift
from guichet.language.types import (
    DATE,
    DURATIONS,
    MONEYS,
    NUMBERS,
    NUMERIC,
    UNROUNDED_MONEY,
    UNROUNDED_NUMBER,
    Type,
    common_type,
    decimal,
)

_FACTORS: Final = NUMBERS | {"rate", "unrounded_number"}


def check_minus(phrase: MinusPhrase, context: Context) -> Node:
    """The typed tree of a value with its sign changed; a negative number is one constant."""
    operand = context.check(phrase.operand)
    text = context.text(phrase.span)
    if operand.type.kind == "mistaken":
        return operand
    if operand.type.kind not in NUMERIC or operand.bounds is None:
        return context.problem(
            "rule.not_a_number", phrase.operand.span, value=operand.text, **naming("type", operand.type)
        )
    bounds = intervals.negated(operand.bounds)
    if isinstance(operand, Constant) and isinstance(operand.value, int):
        return replace(operand, value=-operand.value, bounds=bounds, text=text)
    return Negate(operand, type=operand.type, text=text, over=operand.over, bounds=bounds, dynamic=operand.dynamic)


def check_arithmetic(phrase: ArithmeticPhrase, context: Context) -> Node:
    """The typed tree of two values and an operator."""
    left, right = context.check(phrase.left), context.check(phrase.right)
    if "mistaken" in {left.type.kind, right.type.kind}:
        return context.mistaken(phrase.span)
    if phrase.operator == "/":
        return _quotient(phrase, left, right, context)
    if left.type.kind == "date" or right.type.kind == "date":
        return _date(phrase, left, right, context)
    found = _product(left, right) if phrase.operator == "*" else _total(left.type, right.type)
    if found is None or left.bounds is None or right.bounds is None:
        return _refused(phrase, left, right, context)
    text = context.text(phrase.span)
    if phrase.operator == "*":
        over, bounds = left.over * right.over, intervals.multiplied(left.bounds, right.bounds)
    else:
        other = right.bounds if phrase.operator == "+" else intervals.negated(right.bounds)
        over, bounds = lcm(left.over, right.over), intervals.added(left.bounds, other)
    dynamic = left.dynamic or right.dynamic
    node = Arithmetic(phrase.operator, left, right, type=found, text=text, over=over, bounds=bounds, dynamic=dynamic)
    return context.fitting(node, phrase.span)


def _total(left: Type, right: Type) -> Type | None:
    if left.kind not in NUMERIC or right.kind not in NUMERIC:
        return None
    return common_type(left, right)


def _product(left: Node, right: Node) -> Type | None:
    one, other = left.type, right.type
    if (lasting := _lasting(one, other) or _lasting(other, one)) is not None:
        return lasting
    if one.kind not in _FACTORS:
        one, other = other, one
    if one.kind not in _FACTORS:
        return None
    if other.kind in MONEYS:
        return other if one.kind == "integer" else replace(UNROUNDED_MONEY, per=other.per)
    if other.kind in DURATIONS:
        return other if one.kind == "integer" else None
    if other.kind not in _FACTORS:
        return None
    if {one.kind, other.kind} <= NUMBERS:
        scale = one.scale + other.scale
        return decimal(scale) if scale else one
    if {one.kind, other.kind} == {"rate", "integer"}:
        return one if one.kind == "rate" else other
    return UNROUNDED_NUMBER


def _lasting(amount: Type, length: Type) -> Type | None:
    """An amount per month over so many months: an amount."""
    if amount.kind not in MONEYS or amount.per != "month" or length.kind != "months":
        return None
    return replace(amount, per="")


def _quotient(phrase: ArithmeticPhrase, left: Node, right: Node, context: Context) -> Node:
    found = _quotient_type(left.type, right.type)
    if found is None or left.bounds is None or right.bounds is None:
        return _refused(phrase, left, right, context)
    span = phrase.right.span
    if right.bounds == (0, 0):
        return context.problem("rule.division_by_zero", span, divisor=right.text)
    if intervals.may_be_zero(right.bounds):
        return context.problem("rule.division_maybe_zero", span, divisor=right.text, least=_least(right.type))
    text = context.text(phrase.span)
    bounds: Bounds = intervals.divided(left.bounds, right.bounds)
    if _is_literal(phrase.right) and isinstance(right, Constant) and not left.dynamic:
        number = Fraction(int(right.value), right.over)  # pyright: ignore[reportArgumentType]  a literal number
        over = left.over * abs(number.numerator) // gcd(left.over, number.denominator)
        node = Quotient(left, right, type=found, text=text, over=over, bounds=bounds)
        return context.fitting(node, phrase.span)
    if not context.rounding:
        return context.problem(
            "rule.division_outside_rounding", phrase.span, expression=text, **context.rounding_words()
        )
    return Quotient(left, right, type=found, text=text, bounds=bounds, dynamic=True)


def _quotient_type(left: Type, right: Type) -> Type | None:
    if left.kind in MONEYS:
        if right.kind == "months":
            return None if left.per else replace(UNROUNDED_MONEY, per="month")
        if right.kind in MONEYS:
            return UNROUNDED_NUMBER if left.per == right.per else None
        return replace(UNROUNDED_MONEY, per=left.per) if right.kind in _FACTORS else None
    if left.kind in _FACTORS and right.kind in _FACTORS:
        return UNROUNDED_NUMBER
    if left.kind in DURATIONS and left.kind == right.kind:
        return UNROUNDED_NUMBER
    return None


def _is_literal(phrase: Phrase) -> bool:
    return isinstance(phrase, NumberPhrase) or (isinstance(phrase, MinusPhrase) and _is_literal(phrase.operand))


def _least(type_: Type) -> str:
    match type_.kind:
        case "money" | "unrounded_money":
            return "1 €"
        case "rate":
            return "1 %"
        case _:
            return "1"


def _date(phrase: ArithmeticPhrase, left: Node, right: Node, context: Context) -> Node:
    if phrase.operator == "-" and left.type == right.type == DATE:
        said = context.words_for("days_between", "months_between", "years_between")
        call = f"{said['days_between']}({right.text}, {left.text})"
        return context.problem("rule.date_minus_date", phrase.span, call=call, **said)
    if phrase.operator == "+" and right.type == DATE:
        left, right = right, left
    if phrase.operator not in "+-" or left.type != DATE or right.type.kind not in DURATIONS:
        return _refused(phrase, left, right, context)
    return Shift(left, right, phrase.operator == "-", type=DATE, text=context.text(phrase.span))


def _refused(phrase: ArithmeticPhrase, left: Node, right: Node, context: Context) -> Node:
    data = {
        "operator": phrase.operator,
        "left": left.text,
        "right": right.text,
        **naming("left_type", left.type),
        **naming("right_type", right.type),
    }
    return context.problem(_why(phrase.operator, {left.type.kind, right.type.kind}), phrase.span, **data)


def _why(operator: str, kinds: set[str]) -> str:
    """The code whose hint fits the kinds that were mixed."""
    if operator in "+-" and kinds & MONEYS and kinds & NUMBERS:
        return "rule.operation_money_number"
    if operator in "+-" and kinds & (DURATIONS | {"date"}) and kinds & (NUMBERS | {"date"}):
        return "rule.operation_duration_number"
    return "rule.operation"
