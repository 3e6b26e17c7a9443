"""Examples: each case of a scheme's `examples.yaml` evaluated, and how it differs from what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import NO_RULES, NoRulesYet, evaluate
from guichet.errors import Problem, ProblemsFound, guess, once
from guichet.language import Result
from guichet.loader.declaration import find, place
from guichet.loader.library import Effective, Library
from guichet.loader.reader import Node
from guichet.model.examples import Example, Examples, Expected
from guichet.plugin.contracts import Context
from guichet.services.example_places import Judged, choice_meant, declared_at, reasons
from guichet.services.exchange import Case, read_case


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an example says that the rules do not give."""

    what: str
    expected: Any
    found: Any
    reasons: Mapping[str, object] = field(default_factory=dict[str, object], compare=False)
    """What decided, what was read, with the places of both."""

    @property
    def shown_expected(self) -> str:
        """What the example says, as people read it."""
        return _as_text(self.expected)

    @property
    def shown_found(self) -> str:
        """What the rules give, as people read it."""
        return _as_text(self.found)


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example after its run."""

    id: str
    title: str
    on: date
    result: Result
    differences: tuple[Difference, ...]
    odd: tuple[Problem, ...] = ()
    """Answers that the form would refuse."""

    @property
    def passed(self) -> bool:
        """Whether the rules give all that the example says."""
        return not self.differences


def run_examples(library: Library, scheme: str) -> tuple[ExampleRun, ...]:
    """Every example of a scheme, run; raises ProblemsFound when one cannot be read."""
    declared = library.examples(scheme)
    if declared is None:
        return ()
    problems: list[Problem] = []
    runs: list[ExampleRun] = []
    # A mistake of the scheme itself is said once, not once for each example.
    shared = library.effective(scheme)
    by_territory: dict[str, Effective] = {"": shared}
    tree = library.source(scheme).examples
    placed = partial(_placed, tree, declared.examples)
    for name, example in declared.examples.items():
        try:
            effective = by_territory.get(example.territory) or _of_territory(library, scheme, example.territory)
            by_territory[example.territory] = effective
            run = _run(effective, name, declared, tree)
            runs.append(replace(run, odd=tuple(placed(problem, name) for problem in run.odd)))
        except ProblemsFound as error:
            effective = by_territory.get(example.territory, shared)
            problems += [placed(_with_meant(problem, effective), name) for problem in error.problems]
    if problems:
        raise ProblemsFound(once(problems))
    return tuple(runs)


def _of_territory(library: Library, scheme: str, territory: str) -> Effective:
    problem = library.territories.problem(territory, path=("territory",))
    if problem is not None:
        raise ProblemsFound([problem])
    return library.effective(scheme, territory)


def _placed(tree: Node | None, examples: Mapping[str, Example], problem: Problem, name: str) -> Problem:
    """A problem of an example where its author wrote it, in the one it is like when that is where it stands."""
    if problem.position is not None or tree is None:
        return problem
    of_key = problem.code in ("unknown_case_key", "unknown_check_key", "case_said_twice")
    writer: str | None = name
    while writer is not None and writer in examples:
        named_here = problem.code != "unknown_example" or examples[writer].like == problem.data["value"]
        for steps in _steps(problem) if named_here else ():
            where = ("examples", writer, *steps)
            if find(tree, where) is not None:
                return replace(problem, position=place(tree, where, of_key=of_key), path=where)
        writer = examples[writer].like
    where = ("examples", name)
    return replace(problem, position=place(tree, where, of_key=True), path=where)


def _steps(problem: Problem) -> list[tuple[str, ...]]:
    """Where an example may say what a case says under one key."""
    told = {"unknown_example": ("like",), "territory_not_meant": ("territory",)}.get(problem.code, problem.path)
    if told in ((), ("like",), ("territory",)):
        return [told] if told else []
    key, *rest = told
    if not key.startswith("@"):
        return [("answers", key, *rest), ("facts", key, *rest)]
    return [(group, key.removeprefix("@"), *rest) for group in ("facts", "checks")]


def _with_parents(examples: Mapping[str, Example], name: str) -> dict[str, Any]:
    """What an example gives, over what the one it is like gives."""
    example = examples[name]
    inherited: dict[str, Any] = {}
    if example.like is not None:
        names = list(examples)
        if example.like not in names[: names.index(name)]:
            raise ProblemsFound([Problem("unknown_example", guess(example.like, names[: names.index(name)]))])
        inherited = _with_parents(examples, example.like)
    own = {name: None if value == "null" else value for name, value in example.answers.items()}
    facts = {f"@{name}": None if value == "null" else value for name, value in example.facts.items()}
    checks = {f"@{name}": None if value == "null" else value for name, value in example.checks.items()}
    return {**inherited, **own, **facts, **checks}


def case_of(compiled: CompiledScheme, declared: Examples, name: str) -> tuple[Case, date]:
    """What an example gives the rules, what it inherits included, and its day; raises ProblemsFound."""
    on = declared.examples[name].on or compiled.scheme.calendar.opens.date()
    return case_on(compiled, declared, name, on), on


def case_on(compiled: CompiledScheme, declared: Examples, name: str, on: date) -> Case:
    """What an example would give the rules of another day; raises ProblemsFound."""
    given = _with_parents(declared.examples, name)
    context = Context(today=on, territory=declared.examples[name].territory, mode="sandbox")
    return read_case(compiled, given, on, context)


def _with_meant(problem: Problem, effective: Effective) -> Problem:
    """A refused name or choice with the one that was meant, and where that one is declared."""
    if problem.code == "unknown_case_key":
        found = str(problem.data.get("nearest") or "")
        return replace(
            problem, data={**problem.data, "declared": declared_at(effective.compiled, effective.node, found)}
        )
    if problem.code == "case_value_refused" and problem.path:
        meant = choice_meant(effective.compiled, effective.node, problem.path, str(problem.data["value"]))
        return replace(problem, data={**problem.data, **meant})
    return problem


def _run(effective: Effective, name: str, declared: Examples, tree: Node | None) -> ExampleRun:
    compiled, example = effective.compiled, declared.examples[name]
    case, on = case_of(compiled, declared, name)
    try:
        result = evaluate(compiled, case.answers, case.facts, on).result
    except NoRulesYet:
        result = NO_RULES
    judged = Judged(compiled, effective.node, case, on)
    differences = [
        replace(one, reasons=reasons(judged, tree, declared.examples, name, one.what, one.expected, one.found))
        for one in _differences(example.expect, result)
    ]
    return ExampleRun(name, example.title, on, result, tuple(differences), case.odd)


def _as_text(value: Any) -> str:
    """An amount in euros, a list between brackets, a dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{Decimal(value).scaleb(-2):.2f} €".replace(".00 €", " €")
    return f"[{', '.join(cast('tuple[str, ...]', value))}]" if isinstance(value, tuple) else str(value)


def _differences(expected: Expected, result: Result) -> list[Difference]:
    pairs: list[tuple[str, Any, Any]] = [("outcome", expected.outcome, result.outcome)]
    if expected.amount is not None or expected.outcome == "eligible":
        pairs.append(("amount", expected.amount, result.amount))
    if expected.provisional is not None:
        pairs.append(("provisional", expected.provisional, result.provisional))
    for what in ("failed", "missing", "unavailable", "awaited"):
        said = getattr(expected, what)
        if said is not None:
            pairs.append((what, tuple(said), tuple(getattr(result, what))))
    return [Difference(what, said, found) for what, said, found in pairs if said != found]
