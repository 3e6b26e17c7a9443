"""Examples: each case of a scheme's `examples.yaml` evaluated, and how it differs from what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import NO_RULES, NoRulesYet, evaluate
from guichet.errors import Problem, ProblemsFound, guess
from guichet.language import Result
from guichet.loader.declaration import place
from guichet.loader.library import Library
from guichet.model.examples import Example, Expected
from guichet.plugin.contracts import Context
from guichet.services.exchange import read_case


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an example says that the rules do not give."""

    what: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example after its run."""

    id: str
    title: str
    on: date
    result: Result
    differences: tuple[Difference, ...]

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
    by_territory: dict[str, CompiledScheme] = {
        territory: library.effective(scheme, territory).compiled
        for territory in dict.fromkeys(example.territory for example in declared.examples.values())
    }
    for name, example in declared.examples.items():
        try:
            given = _with_parents(declared.examples, name)
            runs.append(_run(by_territory[example.territory], name, example, given))
        except ProblemsFound as error:
            source = library.source(scheme).examples
            where = place(source, ("examples", name), of_key=True) if source is not None else None
            problems += [Problem(p.code, p.data, p.position or where, ("examples", name)) for p in error.problems]
    if problems:
        raise ProblemsFound(problems)
    return tuple(runs)


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


def _run(compiled: CompiledScheme, name: str, example: Example, given: Mapping[str, Any]) -> ExampleRun:
    on = example.on or compiled.scheme.calendar.opens.date()
    case = read_case(compiled, given, on, Context(today=on, territory=example.territory, mode="sandbox"))
    try:
        result = evaluate(compiled, case.answers, case.facts, on).result
    except NoRulesYet:
        result = NO_RULES
    return ExampleRun(name, example.title, on, result, tuple(_differences(example.expect, result)))


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
