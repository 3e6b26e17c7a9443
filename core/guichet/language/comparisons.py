"""The types of conditions: comparisons, membership, logic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from guichet.errors import nearest
from guichet.language.arithmetic import common
from guichet.language.bounds import Bounds, usual
from guichet.language.context import Context
from guichet.language.declarations import CodeSet
from guichet.language.names import choice_hint
from guichet.language.sources import Span, naming
from guichet.language.syntax import (
    AmongPhrase,
    BetweenPhrase,
    ColumnPhrase,
    Comparator,
    ComparisonPhrase,
    IfPhrase,
    KnownPhrase,
    ListedPhrase,
    LogicPhrase,
    NamePhrase,
    NotPhrase,
    Phrase,
)
from guichet.language.tree import (
    Among,
    Apply,
    Choose,
    Compare,
    Constant,
    Contains,
    Known,
    Listed,
    Logic,
    Node,
    Not,
    Read,
)
from guichet.language.types import BOOLEAN, MISTAKEN, ORDERED, TEXT, UNROUNDED, Type

_DURATIONS: Final = frozenset({"days", "months"})
_NUMBERS: Final = frozenset({"integer", "decimal"})
COMPARE: Final[dict[Comparator, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


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
    type_ = common(then.type, otherwise.type)
    if type_ is None:
        data = {**naming("left_type", then.type), **naming("right_type", otherwise.type)}
        return context.problem("rule.if_types", phrase.span, left=then.text, right=otherwise.text, **data)
    over, bounds, dynamic = merged(then, otherwise)
    text = context.text(phrase.span)
    return Choose(test, then, otherwise, type=type_, text=text, over=over, bounds=bounds, dynamic=dynamic)


def merged(left: Node, right: Node) -> tuple[int, Bounds | None, bool]:
    """Scale, bounds and dynamic mark of one value or another."""
    over = max(left.over, right.over)
    while over % left.over or over % right.over:
        over += max(left.over, right.over)
    if left.bounds is None or right.bounds is None:
        return over, None, False
    bounds = (min(left.bounds[0], right.bounds[0]), max(left.bounds[1], right.bounds[1]))
    return over, bounds, left.dynamic or right.dynamic


def check_comparison(phrase: ComparisonPhrase, context: Context) -> Node:
    """The typed tree of a comparison."""
    inside = context.outside_rounding()
    left = inside.check(phrase.left, choice_hint(phrase.right, context))
    right = inside.check(phrase.right, left.type if left.type.kind == "choice" else choice_hint(phrase.left, context))
    return compared(phrase.operator, left, right, phrase.span, context)


def check_between(phrase: BetweenPhrase, context: Context) -> Node:
    """The typed tree of `… between … and …`, both bounds included: two comparisons."""
    inside = context.outside_rounding()
    operand, low, high = (inside.check(each) for each in (phrase.operand, phrase.low, phrase.high))
    above = compared(">=", operand, low, phrase.operand.span.until(phrase.low.span), context)
    below = compared("<=", operand, high, phrase.operand.span.until(phrase.high.span), context)
    if MISTAKEN in {above.type, below.type}:
        return context.mistaken(phrase.span)
    return Logic("and", (above, below), type=BOOLEAN, text=context.text(phrase.span))


def compared(operator_: Comparator, left: Node, right: Node, span: Span, context: Context) -> Node:
    """A comparison of two typed values, or the reason why they cannot be compared."""
    if MISTAKEN in {left.type, right.type}:
        return context.mistaken(span)
    for side in (left, right):
        if side.type.kind in UNROUNDED:
            code = "rule.compare_unrounded_money" if side.type.kind == "unrounded_money" else "rule.compare_unrounded"
            return context.problem(code, span, value=side.text, **context.rounding_words())
    code = _incomparable(operator_, left.type, right.type)
    if code is not None:
        data = {"operator": operator_, "left": left.text, "right": right.text}
        data |= naming("left_type", left.type) | naming("right_type", right.type)
        if code == "rule.compare_money_number":
            data |= _with_or_without_unit(left, right)
        return context.problem(code, span, **data)
    if isinstance(left, Constant) and isinstance(right, Constant):
        return context.problem("rule.constant_comparison", span, expression=context.text(span))
    node = Compare(operator_, left, right, type=BOOLEAN, text=context.text(span))
    _warn_if_decided(node, span, context)
    return node


def _with_or_without_unit(left: Node, right: Node) -> dict[str, str]:
    """How what is written there would be written for the other side: an amount bare, or a number with its unit."""
    written = next((side for side in (left, right) if isinstance(side, Constant)), None)
    if written is None:
        return {"amount": "2 000 €"}
    return {"bare": written.text.rstrip("€ ")} if written.type.kind == "money" else {"amount": f"{written.text} €"}


def _incomparable(operator_: Comparator, left: Type, right: Type) -> str | None:
    kinds = {left.kind, right.kind}
    if left.kind == right.kind == "choice" and left.values != right.values:
        return "rule.compare_choices"
    if "money" in kinds and kinds & _NUMBERS:
        return "rule.compare_money_number"
    if "rate" in kinds and kinds & _NUMBERS:
        return "rule.compare_rate_number"
    if kinds & _DURATIONS and kinds & _NUMBERS:
        return "rule.compare_duration_number"
    if len(kinds & _DURATIONS) == 2:
        return "rule.compare_days_months"
    if kinds == {"date", "text"}:
        return "rule.compare_date_text"
    if common(left, right) is None or left.kind in {"rows", "row", "list"}:
        return "rule.compare_types"
    if operator_ not in {"=", "!="} and left.kind not in ORDERED:
        return "rule.compare_order"
    return None


def _warn_if_decided(node: Compare, span: Span, context: Context) -> None:
    """A comparison that the declared bounds of a field already decide is probably a slip."""
    reads, constants = (node.left, node.right) if isinstance(node.left, Read) else (node.right, node.left)
    if not isinstance(reads, Read) or reads.origin != "field" or not isinstance(constants, Constant):
        return
    if node.left.bounds is None or node.right.bounds is None:
        return
    possible = {COMPARE[node.operator](one, other) for one in set(node.left.bounds) for other in set(node.right.bounds)}
    inside = node.left.bounds[0] <= node.right.bounds[0] <= node.left.bounds[1]
    if len(possible) == 1 and not (node.operator in {"=", "!="} and inside):
        code = "rule.always_true" if possible == {True} else "rule.always_false"
        bounds = _written(reads)
        context.report.warn(code, context.source, span, name=reads.name, bounds=bounds)


def _written(reads: Read) -> str:
    """The declared bounds of a field, as its author wrote them; a bound that nobody declared is left out."""
    unbounded = usual(reads.type)
    if reads.bounds is None or unbounded is None or reads.type.kind not in {"integer", "money"}:
        return ""
    unit = " €" if reads.type.kind == "money" else ""
    declared = zip(("min", "max"), reads.bounds, unbounded, strict=True)
    return ", ".join(f"{key} {bound}{unit}" for key, bound, widest in declared if bound not in (widest, None))


def check_among(phrase: AmongPhrase, context: Context) -> Node:
    """The typed tree of `… in (…)`, or of a value among those a field holds."""
    inside = context.outside_rounding()
    held = inside.check(phrase.options[0]) if _names_a_list(phrase, context) else None
    if held is not None:
        return _contained(phrase, held, inside)
    operand = inside.check(phrase.operand)
    expected = operand.type if operand.type.kind == "choice" else choice_hint(phrase.operand, context)
    options = [inside.check(option, expected) for option in phrase.options]
    comparisons = [
        compared("=", operand, option, each.span, context) for option, each in zip(options, phrase.options, strict=True)
    ]
    if any(each.type == MISTAKEN for each in comparisons):
        return context.mistaken(phrase.span)
    text = context.text(phrase.span)
    constants = tuple(option for option in options if isinstance(option, Constant) and option.over == operand.over)
    if len(constants) == len(options):
        return Among(operand, constants, type=BOOLEAN, text=text)
    return comparisons[0] if len(comparisons) == 1 else Logic("or", tuple(comparisons), type=BOOLEAN, text=text)


def _names_a_list(phrase: AmongPhrase, context: Context) -> bool:
    (first, *others) = phrase.options
    if others or not isinstance(first, NamePhrase | ColumnPhrase) or first.name in context.rows:
        return False
    if isinstance(first, ColumnPhrase):
        return True
    found = context.scope.meaning(first.name, context, first.span)
    return found is not None and found.type.kind == "list"


def _contained(phrase: AmongPhrase, held: Node, context: Context) -> Node:
    item = held.type.item
    operand = context.check(phrase.operand, item)
    if MISTAKEN in {operand.type, held.type} or item is None:
        return context.mistaken(phrase.span)
    if common(operand.type, item) is None or operand.type.over != item.over:
        data = {**naming("left_type", operand.type), **naming("right_type", item)}
        return context.problem("rule.contains_types", phrase.span, left=operand.text, right=held.text, **data)
    return Contains(operand, held, type=BOOLEAN, text=context.text(phrase.span))


def check_listed(phrase: ListedPhrase, context: Context) -> Node:
    """The typed tree of `… in list …`, of a reference list or of a list of codes."""
    key = context.outside_rounding().check(phrase.key)
    codes = context.scope.environment.codes.get(phrase.list)
    if codes is not None:
        return _coded(phrase, codes, key, context)
    if not list_exists(phrase.list, phrase.list_span, context) or key.type == MISTAKEN:
        return context.mistaken(phrase.span)
    if (problem := key_problem(phrase.list, key, phrase.key, context)) is not None:
        return problem
    return Listed(phrase.list, key, type=BOOLEAN, text=context.text(phrase.span))


def _coded(phrase: ListedPhrase, codes: CodeSet, key: Node, context: Context) -> Node:
    """A code of a list, said as the beginnings it may have and those it may not: no node of its own."""
    if key.type == MISTAKEN:
        return key
    if key.type.kind not in {"text", "choice"}:
        data = {**naming("type", key.type), **naming("wanted", TEXT)}
        return context.problem("rule.key_type", phrase.key.span, list=phrase.list, key=key.text, **data)
    text = context.text(phrase.span)

    def begins(beginnings: tuple[str, ...], named: str = "") -> Node:
        constants = [Constant(each, type=TEXT, text=f'"{each}"') for each in beginnings]
        starts = tuple(Apply("starts_with", (key, each), type=BOOLEAN, text=text) for each in constants)
        return starts[0] if len(starts) == 1 else Logic("or", starts, named, type=BOOLEAN, text=text)

    if not codes.exceptions:
        return begins(codes.beginnings, phrase.list)
    inside = begins(codes.beginnings)
    outside = Not(begins(codes.exceptions), type=BOOLEAN, text=text)
    return Logic("and", (inside, outside), phrase.list, type=BOOLEAN, text=text)


def list_exists(name: str, span: Span, context: Context) -> bool:
    """Whether a reference list bears that name; reports it when none does."""
    lists = context.scope.environment.lists
    if name in lists:
        return True
    lists = {**lists, **context.scope.environment.codes}
    context.problem("rule.unknown_list", span, name=name, nearest=nearest(name, lists), lists=sorted(lists))
    return False


def key_problem(list_: str, key: Node, phrase: Phrase, context: Context) -> Node | None:
    """Notes the key of a list, after checking its type."""
    wanted = context.scope.environment.lists[list_].key
    if common(key.type, wanted) is None and {key.type.kind, wanted.kind} != {"text", "choice"}:
        data = {**naming("type", key.type), **naming("wanted", wanted)}
        return context.problem("rule.key_type", phrase.span, list=list_, key=key.text, **data)
    context.scope.list_key(list_, key, phrase, context)
    return None


def condition(phrase: Phrase, context: Context) -> Node:
    """The typed tree of a phrase that must be true or false."""
    node = context.outside_rounding().check(phrase)
    if node.type in {BOOLEAN, MISTAKEN}:
        return node
    return context.problem("rule.condition_expected", phrase.span, value=node.text, **naming("type", node.type))


def _condition_of(operand: Node, span: Span, context: Context) -> Node | None:
    return context.mistaken(span) if operand.type == MISTAKEN else None
