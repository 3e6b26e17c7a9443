"""Between which values an expression stays in one case: what its conditions leave of its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil, floor

from guichet.language import bounds as intervals
from guichet.language.bounds import Bounds
from guichet.language.logic.cases import Cases, key_of, sign_key
from guichet.language.logic.domains import Case, Members, Span, all_of
from guichet.language.plan import Plan
from guichet.language.tree import Apply, Arithmetic, Choose, Constant, Negate, Node, Quotient, Read, Rounded

_DEEPEST = 12


class Narrowing:
    """The bounds of values in one case of the conditions."""

    def __init__(self, plan: Plan, cases: Cases) -> None:
        self._plan = plan
        self._cases = cases

    def bounds(self, node: Node, case: Case, depth: int = 0) -> Bounds | None:
        """The bounds of a number in a case, in plain units; None when it has none."""
        if node.bounds is None:
            return None
        found = node.bounds if depth > _DEEPEST else self._computed(node, case, depth) or node.bounds
        known = case.get(key_of(node))
        if isinstance(known, Span):
            low = found[0] if known.low is None else max(found[0], Fraction(known.low, node.over))
            high = found[1] if known.high is None else min(found[1], Fraction(known.high, node.over))
            found = (low, high) if low <= high else found
        return found

    def _computed(self, node: Node, case: Case, depth: int) -> Bounds | None:
        def below(part: Node) -> Bounds | None:
            return self.bounds(part, case, depth + 1)

        match node:
            case Constant():
                return node.bounds
            case Read(origin="definition", name=name):
                return below(self._plan.definitions[name])
            case Negate():
                return _applied(intervals.negated, [below(node.operand)])
            case Arithmetic():
                return self._arithmetic(node, case, below)
            case Quotient():
                left, right = below(node.left), below(node.right)
                possible = left is not None and right is not None and not intervals.may_be_zero(right)
                return intervals.divided(left, right) if possible and left and right else None
            case Rounded():
                return _rounded(below(node.operand), node)
            case Choose():
                return self._chosen(node, case, depth)
            case Apply(function="min" | "max" as function) if len(node.arguments) > 1:
                return _extreme(function, [below(each) for each in node.arguments])
            case Apply(function="abs", arguments=(first, *_)):
                return _applied(intervals.absolute, [below(first)])
            case _:
                return None

    def _arithmetic(self, node: Arithmetic, case: Case, below: Callable[[Node], Bounds | None]) -> Bounds | None:
        left, right = below(node.left), below(node.right)
        if left is None or right is None:
            return None
        match node.operator:
            case "+":
                return intervals.added(left, right)
            case "*":
                return intervals.multiplied(left, right)
            case "-":
                low, high = intervals.added(left, intervals.negated(right))
                signs = _signs(node, case)
                if signs and signs <= {0, 1}:
                    low = max(low, Fraction(0))
                if signs and signs <= {-1, 0}:
                    high = min(high, Fraction(0))
                return low, high

    def _chosen(self, node: Choose, case: Case, depth: int) -> Bounds | None:
        found: Bounds | None = None
        for part, true in ((node.then, True), (node.otherwise, False)):
            for one in all_of([[case], self._cases.of(node.condition, true=true)]):
                bounds = self.bounds(part, one, depth + 1)
                if bounds is None:
                    return None
                found = bounds if found is None else intervals.either(found, bounds)
        return found


def _signs(node: Arithmetic, case: Case) -> frozenset[object] | None:
    """What the conditions say of the sign of a difference."""
    left, right = key_of(node.left), key_of(node.right)
    known = case.get(sign_key(min(left, right), max(left, right)))
    if not isinstance(known, Members) or known.but:
        return None
    if left <= right:
        return known.values
    return frozenset(-each for each in known.values if isinstance(each, int))


def _applied(operation: Callable[[Bounds], Bounds], of: list[Bounds | None]) -> Bounds | None:
    return None if of[0] is None else operation(of[0])


def _extreme(function: str, of: Iterable[Bounds | None]) -> Bounds | None:
    known = [each for each in of if each is not None]
    pick = min if function == "min" else max
    return pick(each[0] for each in known), pick(each[1] for each in known)


def _rounded(of: Bounds | None, node: Rounded) -> Bounds | None:
    if of is None:
        return None
    step = Fraction(node.step, node.over)
    return floor(of[0] / step) * step, ceil(of[1] / step) * step
