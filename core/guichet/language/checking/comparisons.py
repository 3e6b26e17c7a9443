"""The types of `= != < <= > >=` and of `between`."""

from __future__ import annotations

from guichet.language.bounds import in_euros, usual
from guichet.language.checking.codes import is_code_known
from guichet.language.checking.context import Context
from guichet.language.checking.names import choice_hint
from guichet.language.operations import COMPARE
from guichet.language.sources import Span, naming
from guichet.language.syntax import BetweenPhrase, Comparator, ComparisonPhrase, NamePhrase, Phrase
from guichet.language.tree import Compare, Constant, Logic, Node, Read
from guichet.language.types import BOOLEAN, DURATIONS, MISTAKEN, NUMBERS, ORDERED, TEXT, UNROUNDED, Type, common_type
from guichet.language.words import word_for

_YES = frozenset({"oui", "yes"})


def check_comparison(phrase: ComparisonPhrase, context: Context) -> Node:
    """The typed tree of a comparison."""
    inside = context.outside_rounding()
    left = inside.check(phrase.left, choice_hint(phrase.right, context))
    if left.type == BOOLEAN and _says_yes(phrase.right, context):
        said = naming("left_type", BOOLEAN) | naming("right_type", TEXT) | _read_alone(left, context)
        data = {"operator": phrase.operator, "left": left.text, "right": context.text(phrase.right.span), **said}
        return context.problem("rule.compare_condition", phrase.span, **data)
    right = inside.check(phrase.right, left.type if left.type.kind == "choice" else choice_hint(phrase.left, context))
    if phrase.operator in {"=", "!="}:
        sides = ((left, right, phrase.right.span), (right, left, phrase.left.span))
        if not all(is_code_known(read, told, span, context) for read, told, span in sides):
            return context.mistaken(phrase.span)
    return compared(phrase.operator, left, right, phrase.span, context)


def _says_yes(phrase: Phrase, context: Context) -> bool:
    """Whether a side is the bare word yes, and nothing bears that name."""
    return isinstance(phrase, NamePhrase) and phrase.name in _YES and phrase.name not in context.scope.names()


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
        if code == "rule.compare_periods":
            data |= _with_the_period(left, right)
        if code == "rule.compare_condition":
            data |= _read_alone(left if left.type == BOOLEAN else right, context)
        return context.problem(code, span, **data, **context.words_for("months_between", "days_between"))
    if isinstance(left, Constant) and isinstance(right, Constant):
        return context.problem("rule.constant_comparison", span, expression=context.text(span))
    node = Compare(operator_, left, right, type=BOOLEAN, text=context.text(span))
    _warn_if_decided(node, span, context)
    return node


def _read_alone(condition: Node, context: Context) -> dict[str, str]:
    """How a condition is written, and its contrary: an answer by yes or no is compared with nothing."""
    bare = condition.text if isinstance(condition, Read) else f"({condition.text})"
    return {"alone": condition.text, "denied": f"{word_for('not', context.scope.environment.words)} {bare}"}


def _with_or_without_unit(left: Node, right: Node) -> dict[str, str]:
    """How what is written there would be written for the other side: an amount bare, or a number with its unit."""
    written = next((side for side in (left, right) if isinstance(side, Constant)), None)
    if written is None:
        return {"amount": "2 000 €"}
    return {"bare": written.text.rstrip("€ ")} if written.type.kind == "money" else {"amount": f"{written.text} €"}


_PER = {"": {"fr": "", "en": ""}, "month": {"fr": "/mois", "en": "/month"}, "year": {"fr": "/an", "en": "/year"}}


def _with_the_period(left: Node, right: Node) -> dict[str, str]:
    """How the amount that is written there would be written for the same time as the other side."""
    written, other = (left, right) if isinstance(left, Constant) else (right, left)
    if not isinstance(written, Constant):
        return {}
    amount = f"{written.text.split('€')[0].rstrip()} €"
    return {f"meant_{language}": amount + suffix for language, suffix in _PER[other.type.per].items()}


def _incomparable(operator_: Comparator, left: Type, right: Type) -> str | None:
    kinds = {left.kind, right.kind}
    if left.kind == right.kind == "choice" and left.values != right.values:
        return "rule.compare_choices"
    if "money" in kinds and kinds & NUMBERS:
        return "rule.compare_money_number"
    if "rate" in kinds and kinds & NUMBERS:
        return "rule.compare_rate_number"
    if kinds & DURATIONS and kinds & NUMBERS:
        return "rule.compare_duration_number"
    if len(kinds & DURATIONS) == 2:
        return "rule.compare_days_months"
    if "boolean" in kinds and len(kinds) == 2 and kinds <= NUMBERS | {"boolean", "text"}:
        return "rule.compare_condition"
    if kinds == {"money"} and left.per != right.per:
        return "rule.compare_periods"
    if kinds == {"date", "text"}:
        return "rule.compare_date_text"
    if common_type(left, right) is None or left.kind in {"rows", "row", "list"}:
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
    declared = zip(("min", "max"), reads.bounds, unbounded, strict=True)
    written = [
        (key, in_euros(bound) if reads.type.kind == "money" else bound, bound != far) for key, bound, far in declared
    ]
    return ", ".join(f"{key} {bound}" for key, bound, known in written if known)
