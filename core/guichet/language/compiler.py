"""From the rules of a scheme to a program, or to every problem they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guichet.errors import ProblemsFound
from guichet.language.checking.scope import Names, normal
from guichet.language.declarations import Branch, Condition, Environment, Rules
from guichet.language.expression import Expression
from guichet.language.logic import advise
from guichet.language.plan import Plan, Step
from guichet.language.program import Program
from guichet.language.reach import refuse_stuck, warn_of_blanks
from guichet.language.sources import Report, Source, Span, naming
from guichet.language.tree import Node, Read, is_closed
from guichet.language.types import BOOLEAN, MISTAKEN, MONEY, UNROUNDED
from guichet.language.words import is_reserved, rounding_words


def compile_rules(rules: Rules, environment: Environment, *, advised: bool = False, judging: bool = True) -> Program:
    """The program of one version of the rules.

    Args:
        advised: Whether conditions are also tried against one another.
        judging: Whether dossiers can still be judged by these rules; made-up ones are not tried on those of the past.

    Raises:
        ProblemsFound: with every problem of the rules, each with its place.
    """
    report = Report()
    plan = plan_rules(rules, environment, report)
    if judging and not report.errors:
        refuse_stuck(plan, rules, report)
    if advised and judging and not report.errors:
        advise(plan, rules, report)
        warn_of_blanks(plan, rules, report)
    if report.errors:
        raise ProblemsFound(report.problems)
    return Program(plan, warnings=tuple(report.problems))


def plan_rules(rules: Rules, environment: Environment, report: Report) -> Plan:
    """The typed trees of the rules; they are worth something only when the report holds no error."""
    environment = _composed(environment)
    names = Names(environment, {normal(name): source for name, source in rules.definitions.items()}, report)
    _check_names(rules, environment, report)
    asked = _asked(environment, report, frozenset(map(normal, rules.definitions)))
    for name in rules.definitions:
        names.definition(normal(name))
    return Plan(
        version=rules.version,
        environment=environment,
        asked=asked,
        definitions=names.definitions,
        conditions=tuple((each, _condition(each, names, report)) for each in rules.conditions),
        amount=_amount(rules, names, report),
        indicators={name: _shown(source, names, report) for name, source in rules.indicators.items()},
        keys={name: node for name, (_, node) in names.keys.items()},
    )


def compile_value(source: Source, environment: Environment) -> Expression:
    """An expression on its own: a bound of a bracket table, what a test wants to know.

    Raises:
        ProblemsFound: with every problem of the expression.
    """
    environment = _composed(environment)
    report = Report()
    asked = _asked(environment, report)
    names = Names(environment, {}, report)
    node = _shown(source, names, report)
    if report.errors:
        raise ProblemsFound(report.problems)
    keys = {name: key for name, (_, key) in names.keys.items()}
    return Expression(node, Plan("", environment, asked, {}, (), (), {}, keys))


def _composed(environment: Environment) -> Environment:
    inputs = {normal(name): entry for name, entry in environment.inputs.items()}
    return replace(environment, inputs=inputs)


def _check_names(rules: Rules, environment: Environment, report: Report) -> None:
    nowhere = Source("")
    for name in environment.inputs:
        if is_reserved(name):
            report.add("rule.reserved_input", replace(nowhere, path=(name,)), Span(0, 0), name=name)
    for name, source in rules.definitions.items():
        span = Span(0, len(source.text))
        if is_reserved(name):
            report.add("rule.reserved_definition", source, span, name=name)
        if normal(name) in environment.inputs:
            report.add("rule.name_taken", source, span, name=name)
        if not normal(name).isidentifier():
            report.add("rule.name_form", source, span, name=name)


def _asked(environment: Environment, report: Report, defined: frozenset[str] = frozenset()) -> dict[str, Node]:
    """The conditions under which fields are asked; none may depend on its own answer, nor on what rules define."""
    names = Names(environment, {}, report, elsewhere=defined)
    asked: dict[str, Node] = {}
    for name, entry in environment.inputs.items():
        if entry.asked_when is not None:
            asked[name] = _boolean(entry.asked_when, names, report)
    _refuse_asked_cycles(asked, environment, report)
    return asked


def _refuse_asked_cycles(asked: Mapping[str, Node], environment: Environment, report: Report) -> None:
    reads = {
        name: [part.name for part in node.walk() if isinstance(part, Read) and part.name in asked]
        for name, node in asked.items()
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            cycle = [*above[above.index(name) :], name]
            source = environment.inputs[name].asked_when
            assert source is not None  # noqa: S101  only fields with a condition are visited
            report.add("rule.asked_cycle", source, Span(0, len(source.text)), cycle=" → ".join(cycle))
            done.update(cycle)
            return
        if name in done:
            return
        for other in reads[name]:
            visit(other, (*above, name))
        done.add(name)

    for name in asked:
        visit(name, ())


def _condition(condition: Condition, names: Names, report: Report) -> Node | None:
    if (condition.when is None) == (condition.answer == "computed"):
        raise ValueError(f"{condition.id}: `when` goes with a computed answer, and only with one")
    if condition.when is None:
        return None
    return _boolean(condition.when, names, report)


def _boolean(source: Source, names: Names, report: Report) -> Node:
    node = names.read(source)
    everything = Span(0, len(source.text))
    if node.type not in {BOOLEAN, MISTAKEN}:
        value = source.text.strip()
        report.add("rule.condition_expected", source, everything, value=value, **naming("type", node.type))
    elif node.type == BOOLEAN and is_closed(node):
        report.add("rule.constant_condition", source, everything, value=source.text.strip())
    return node


def _shown(source: Source, names: Names, report: Report) -> Node:
    node = names.read(source)
    if node.type.kind in UNROUNDED:
        words = rounding_words(names.environment.words)
        report.add("rule.value_unrounded", source, Span(0, len(source.text)), value=source.text.strip(), **words)
    return node


def _amount(rules: Rules, names: Names, report: Report) -> tuple[Step, ...]:
    steps: list[Step] = []
    for place, branch in enumerate(rules.amount):
        last = place == len(rules.amount) - 1
        if branch.condition is None and not last:
            _note(rules.amount[place + 1], report, "rule.after_else")
        if branch.condition is not None and last:
            _note(branch, report, "rule.no_else")
        condition = None if branch.condition is None else _boolean(branch.condition, names, report)
        value = None if branch.value is None else _money(branch.value, names, report)
        if (branch.value is None) == (branch.unverified is None):
            raise ValueError("a branch of the amount has a value, or says why it is unverified")
        steps.append(Step(condition, value, branch.unverified))
    return tuple(steps)


def _note(branch: Branch, report: Report, code: str) -> None:
    source = branch.condition or branch.value or Source("")
    report.add(code, source, Span(0, len(source.text)))


def _money(source: Source, names: Names, report: Report) -> Node:
    node = names.read(source)
    everything = Span(0, len(source.text))
    value = source.text.strip()
    if node.type.kind == "unrounded_money":
        report.add("rule.paid_unrounded", source, everything, value=value, **rounding_words(names.environment.words))
    elif node.type not in {MONEY, MISTAKEN}:
        mended = f"{value} €" if value.replace(" ", "").replace(".", "").isdigit() else "2 000 €"
        report.add("rule.money_expected", source, everything, value=value, mended=mended, **naming("type", node.type))
    return node
