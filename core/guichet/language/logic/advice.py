"""What the conditions of a set of rules cannot mean together."""

from __future__ import annotations

from fractions import Fraction

from guichet.language.bounds import in_euros, usual
from guichet.language.declarations import Rules
from guichet.language.logic.cases import Cases
from guichet.language.logic.domains import Case, all_of
from guichet.language.logic.narrowing import Narrowing
from guichet.language.plan import Plan
from guichet.language.sources import Report, Source, Span
from guichet.language.tree import Choose, Compare, Constant, Node, Read, is_closed


def advise(plan: Plan, rules: Rules, report: Report) -> None:
    """Reports conditions never or always met, criteria that contradict, branches nobody reaches, amounts below 0."""
    advice = _Advice(plan, rules, report)
    advice.conditions()
    held = advice.criteria()
    advice.definitions()
    advice.amount(held)


class _Advice:
    """One reading of a set of rules."""

    def __init__(self, plan: Plan, rules: Rules, report: Report) -> None:
        self._plan = plan
        self._rules = rules
        self._report = report
        self._cases = Cases(plan)
        self._narrowing = Narrowing(plan, self._cases)

    def conditions(self) -> None:
        """Conditions of criteria and of questions that are the same whatever is answered."""
        for condition, node in zip(self._rules.conditions, self._plan.condition_nodes_or_none(), strict=True):
            if node is not None and condition.when is not None:
                self._constant(node, condition.when)
        for name, node in self._plan.asked.items():
            source = self._plan.environment.inputs[name].asked_when
            if source is not None:
                self._constant(node, source)

    def criteria(self) -> list[Case]:
        """The cases in which every computed criterion holds; one that contradicts those before is reported."""
        held: list[Case] = [{}]
        before: list[tuple[str, list[Case]]] = []
        for condition, node in zip(self._rules.conditions, self._plan.condition_nodes_or_none(), strict=True):
            if node is None or condition.when is None:
                continue
            own = self._cases.of(node)
            together = all_of([held, own])
            if not own or together:
                held = together or held
                before.append((condition.id, own))
                continue
            others = [name for name, cases in before if cases and not all_of([cases, own])]
            names = others[:1] or [name for name, _ in before]
            self._note("rule.contradiction", condition.when, name=condition.id, others=names)
        return held

    def definitions(self) -> None:
        """Branches of definitions, tables and parts that no case reaches."""
        for name, source in self._rules.definitions.items():
            node = self._plan.definitions.get(name)
            passed: list[Case] = [{}]
            start = 0
            while isinstance(node, Choose):
                start = max(source.text.find(node.condition.text, start), 0)
                passed = self._reached(node.condition, passed, source, start)
                node = node.otherwise

    def amount(self, held: list[Case]) -> None:
        """Branches of the amount that no case reaches, and values that may be below zero."""
        passed: list[Case] = [{}]
        for step, branch in zip(self._plan.amount, self._rules.amount, strict=True):
            here = passed
            if step.condition is not None and branch.condition is not None:
                here = all_of([passed, self._cases.of(step.condition)])
                passed = self._reached(step.condition, passed, branch.condition, 0)
            if step.value is not None and branch.value is not None:
                low = self._lowest(step.value, all_of([held, here]))
                if low is not None and low < 0:
                    self._report.warn("rule.maybe_negative", branch.value, _whole(branch.value), low=_if_limited(low))

    def _reached(self, condition: Node, passed: list[Case], source: Source, start: int) -> list[Case]:
        """The cases that a branch leaves to the next ones; it is reported when it has none itself."""
        if passed and self._cases.of(condition) and not all_of([passed, self._cases.of(condition)]):
            self._report.add("rule.unreachable_branch", source, Span(start, start + len(condition.text)))
        return all_of([passed, self._cases.of(condition, true=False)])

    def _constant(self, node: Node, source: Source) -> None:
        if is_closed(node) or any(problem.path == source.path for problem in self._report.problems):
            return  # the compiler has said so, and better
        if not self._cases.of(node):
            self._report.warn("rule.never_true", source, _whole(source), **_kept(node))
        elif not self._cases.of(node, true=False):
            self._report.warn("rule.never_false", source, _whole(source), **_kept(node))

    def _lowest(self, node: Node, cases: list[Case]) -> Fraction | None:
        lows = [bounds[0] for case in cases if (bounds := self._narrowing.bounds(node, case)) is not None]
        return min(lows, default=None)

    def _note(self, code: str, source: Source, **data: object) -> None:
        self._report.add(code, source, _whole(source), **data)


def _whole(source: Source) -> Span:
    return Span(0, len(source.text))


def _if_limited(cents: Fraction) -> str:
    """An amount as messages write it; without its number when nothing limits it."""
    return "" if cents <= -(10**14) else in_euros(cents)


def _kept(node: Node) -> dict[str, str]:
    """What one comparison of a value with a constant is decided by: the value's name, and where it stays."""
    if not isinstance(node, Compare) or not isinstance(node.right, Constant) or not isinstance(node.left, Read):
        return {}
    unbounded = usual(node.left.type)
    if node.left.bounds is None or unbounded is None or node.left.type.kind != "money":
        return {}
    low, high = (
        "" if bound == far else in_euros(bound) for bound, far in zip(node.left.bounds, unbounded, strict=True)
    )
    return {"name": node.left.name, "low": low, "high": high}
