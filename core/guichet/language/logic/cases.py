"""A condition as the cases that make it true: what it says of each value, joined by « or »."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Final

from guichet.language.logic.domains import Case, Domain, Members, Span, all_of, any_of
from guichet.language.operations import FLIPPED, OPPOSITE
from guichet.language.plan import Plan
from guichet.language.syntax import Comparator
from guichet.language.tree import Among, Choose, Compare, Constant, External, Logic, Node, Not, Read
from guichet.language.types import BOOLEAN

_SIGNS: Final[dict[Comparator, frozenset[object]]] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    ">": frozenset({1}),
    "<=": frozenset({-1, 0}),
    ">=": frozenset({0, 1}),
}

_TELLING: Final = (
    "value", "over", "operator", "function", "list", "column", "variable", "quantifier", "mode", "step", "backwards"
)  # fmt: skip
"""What tells two nodes of one class apart, besides the parts they are made of."""


class Cases:
    """The cases of the conditions of one set of rules; what is not understood limits nothing."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def of(self, node: Node, *, true: bool = True) -> list[Case]:
        """The cases in which a condition is true, or false; a superset of them, never less."""
        match node:
            case Constant(value=bool() as value):
                return [{}] if value == true else []
            case Not():
                return self.of(node.operand, true=not true)
            case Logic():
                groups = [self.of(each, true=true) for each in node.operands]
                return all_of(groups) if (node.operator == "and") == true else any_of(*groups)
            case Read(origin="definition", name=name) if node.type == BOOLEAN:
                return self.of(self._plan.definitions[name], true=true)
            case Compare():
                return self._compared(node, node.operator if true else OPPOSITE[node.operator])
            case Among():
                return self._among(node, true=true)
            case Choose():
                then = all_of([self.of(node.condition), self.of(node.then, true=true)])
                otherwise = all_of([self.of(node.condition, true=False), self.of(node.otherwise, true=true)])
                return any_of(then, otherwise)
            case _:
                return [{key_of(node): Members(frozenset({true}))}]

    def _compared(self, node: Compare, operator: Comparator) -> list[Case]:
        left, right = node.left, node.right
        if isinstance(left, Constant):
            left, right, operator = right, left, FLIPPED[operator]
        if not isinstance(right, Constant):
            return self._signs(left, right, operator)
        if isinstance(right.value, bool):
            return self.of(left, true=right.value == (operator == "="))
        return self._limited(left, operator, right)

    def _limited(self, node: Node, operator: Comparator, constant: Constant) -> list[Case]:
        domain = _domain(node, operator, constant)
        whole = self._whole(node)
        met = domain.meet(whole) if isinstance(domain, Span) and isinstance(whole, Span) else domain
        if isinstance(domain, Members) and isinstance(whole, Members):
            met = domain.meet(whole)
        return [] if met.is_empty else [{key_of(node): met}]

    def _among(self, node: Among, *, true: bool) -> list[Case]:
        groups = [self._limited(node.operand, "=" if true else "!=", option) for option in node.options]
        return any_of(*groups) if true else all_of(groups)

    @staticmethod
    def _signs(left: Node, right: Node, operator: Comparator) -> list[Case]:
        """Two values compared: what is known of the sign of their difference."""
        one, other = key_of(left), key_of(right)
        if one > other:
            one, other, operator = other, one, FLIPPED[operator]
        return [{sign_key(one, other): Members(_SIGNS[operator])}]

    @staticmethod
    def _whole(node: Node) -> Domain:
        """What a value may be at all: between its declared bounds, one of its choices."""
        if node.type.kind == "choice" and node.type.values:
            return Members(frozenset(node.type.values))
        if node.bounds is None or node.dynamic:
            return Span()
        return Span(ceil(node.bounds[0] * node.over), floor(node.bounds[1] * node.over))


def key_of(node: Node) -> str:
    """What names a value: the same reading of the same names gives the same value."""
    if isinstance(node, Read):
        return node.name
    said = [str(getattr(node, name)) for name in _TELLING if hasattr(node, name)]
    if isinstance(node, Constant):
        said.append(node.type.kind)  # three days and three months are the same integer
    if isinstance(node, External):
        said.append(node.signature.name)
    return f"{type(node).__name__}({', '.join([*said, *(key_of(each) for each in node.children())])})"


def sign_key(one: str, other: str) -> str:
    """What names the difference of two values."""
    return f"{one} − {other}"


def _domain(node: Node, operator: Comparator, constant: Constant) -> Domain:
    value = constant.value
    if isinstance(value, str):
        return Members(frozenset({value}), but=operator == "!=")
    if isinstance(value, date):
        return _span(operator, Fraction(value.toordinal()), 1)
    return _span(operator, Fraction(value, constant.over), node.over)


def _span(operator: Comparator, value: Fraction, over: int) -> Span:
    """The run-time numbers on one side of a value."""
    scaled = value * over
    exact = scaled.denominator == 1
    match operator:
        case "=":
            return Span(int(scaled), int(scaled)) if exact else Span(1, 0)
        case "!=":
            return Span(holes=frozenset({int(scaled)}) if exact else frozenset())
        case "<":
            return Span(high=ceil(scaled) - 1)
        case "<=":
            return Span(high=floor(scaled))
        case ">":
            return Span(low=floor(scaled) + 1)
        case ">=":
            return Span(low=ceil(scaled))
