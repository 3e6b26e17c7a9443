"""Where to look when an example is refused or differs: the names it means, what decided, what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.eligibility import explain
from guichet.errors import Position, guess, nearest, position_text
from guichet.language import Trace
from guichet.loader.declaration import find, place
from guichet.loader.reader import Mapping as Tree
from guichet.loader.reader import Node
from guichet.model.examples import Example
from guichet.services.exchange import Case

_MOST_READ = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """One example with what judged it: the effective scheme, its tree, the case."""

    compiled: CompiledScheme
    node: Node
    case: Case
    on: date

    @property
    def version(self) -> CompiledVersion | None:
        """The rules in force on the day of the example."""
        return self.compiled.version_on(self.on)

    @property
    def trace(self) -> Trace:
        """How everything came out."""
        return explain(self.compiled, self.case.answers, self.case.facts, self.on)


def written_in(
    tree: Node | None, examples: Mapping[str, Example], name: str, steps: tuple[str, ...]
) -> Position | None:
    """Where an example, or the one it is like, writes something."""
    path = ("examples", name, *steps)
    if tree is None or find(tree, path) is not None:
        return place(tree, path) if tree is not None else None
    like = examples[name].like
    return written_in(tree, examples, like, steps) if like in examples and like is not None else None


def declared_at(compiled: CompiledScheme, node: Node, name: str) -> Position | None:
    """Where a field, a list or a criterion is declared."""
    name = name.removeprefix("@")
    field = compiled.fields.get(name)
    paths = [("forms", "application", field.page, "fields", name)] if field is not None else [("lists", name)]
    paths += [("rules", version.first_day.isoformat(), "criteria", name) for version in compiled.versions]
    return next((place(node, path, of_key=True) for path in paths if find(node, path) is not None), None)


def choice_meant(compiled: CompiledScheme, node: Node, steps: tuple[str, ...], value: str) -> dict[str, object]:
    """For an answer, or a cell of its rows, that is none of the choices: the nearest, and where it is declared."""
    name, *cell = (step for step in steps if not step.isdigit())
    field = compiled.fields.get(name)
    page = ("forms", "application", field.page if field is not None else "")
    path = (*page, "fields", name, *(step for column in cell for step in ("fields", column)), "choices")
    declared = find(node, path)
    choices = tuple(declared.entries) if isinstance(declared, Tree) else ()
    found = nearest(value, choices)
    where = place(node, (*path, found), of_key=True) if found is not None else None
    return {"nearest": found, "choices": choices, "declared": where}


def reasons(
    judged: Judged, tree: Node | None, examples: Mapping[str, Example], name: str, what: str, expected: Any, found: Any
) -> dict[str, object]:
    """What decided of the difference: the version, the conditions or the branch, the values they read, each placed."""
    version = judged.version
    if version is None:
        return {"no_rules": judged.on}
    day = version.first_day.isoformat()
    lacking = judged.trace.result.missing if what == "outcome" and found == "undetermined" else ()
    data: dict[str, object] = {"lacking": lacking, "version": _at(day, place(judged.node, ("rules", day), of_key=True))}
    conditions = {condition.id: node for condition, node in version.program.plan.conditions}
    named = _named(judged, examples[name], what, expected, found)
    unknown = [each for each in named if each not in conditions]
    if unknown and what in ("failed", "awaited"):
        meant = guess(unknown[0], conditions)
        data |= {"unknown": unknown[0], "nearest": meant["nearest"]}
        if meant["nearest"]:
            data["declared"] = _condition_at(judged.node, day, str(meant["nearest"]), of_key=True)
    deciding = [each for each in named if each in conditions]
    if deciding:
        data["decided"] = [_at(each, _condition_at(judged.node, day, each)) for each in deciding]
        read = version.program.plan.uses(*(conditions[each] for each in deciding))
    elif what in ("amount", "provisional"):
        data["decided"] = list(_branch(judged, day))
        read = version.program.plan.uses(*version.program.plan.amount_nodes())
    else:
        return data
    inputs = version.program.plan.ordered_inputs(read.inputs)
    data["read"] = [*_parameters(judged, inputs), *_answers(judged, tree, examples, name, inputs)][:_MOST_READ]
    return data


def _named(judged: Judged, example: Example, what: str, expected: Any, found: Any) -> list[str]:
    """The conditions that a difference is about, in order."""
    if what in ("failed", "awaited", "missing", "unavailable"):
        named = [each for each in (*found, *expected) if (each in found) != (each in expected)]
        return _reading(judged, named) if what == "missing" else named
    if what != "outcome":
        return []
    trace = judged.trace
    said = example.expect.failed or ()
    failed = [each for each in trace.result.failed if each not in said]
    return failed or [each for each in said if each not in trace.result.failed]


def _reading(judged: Judged, fields: list[str]) -> list[str]:
    """The conditions that read some fields."""
    plan = judged.version.program.plan if judged.version is not None else None
    conditions = plan.conditions if plan is not None else ()
    return [one.id for one, node in conditions if plan is not None and plan.uses(node).inputs & set(fields)]


def _branch(judged: Judged, day: str) -> Iterator[str]:
    trace = judged.trace
    if trace.amount is None or trace.amount.branch is None:
        return
    path = ("rules", day, "amount", str(trace.amount.branch))
    if find(judged.node, path) is not None:
        yield _at(trace.amount.formula, place(judged.node, path))


def _condition_at(node: Node, day: str, name: str, *, of_key: bool = False) -> Position | None:
    for group in ("criteria", "gates"):
        path = ("rules", day, group, name)
        if find(node, path) is not None:
            inside = (*path, "when")
            return place(node, path, of_key=True) if of_key or find(node, inside) is None else place(node, inside)
    return None


def _parameters(judged: Judged, inputs: list[str]) -> Iterator[str]:
    """The parameters read, at the value of the day."""
    for name in inputs:
        parameter = judged.compiled.scheme.parameters.get(name)
        days = [day for day in parameter.values if day <= judged.on] if parameter is not None else []
        if days:
            where = ("parameters", name, "values", max(days).isoformat())
            yield _at(name, place(judged.node, where, of_key=True))


def _answers(
    judged: Judged, tree: Node | None, examples: Mapping[str, Example], name: str, inputs: list[str]
) -> Iterator[str]:
    """The answers read, where the example or the one it is like writes them."""
    for field in inputs:
        if field in judged.case.answers and (at := written_in(tree, examples, name, ("answers", field))) is not None:
            yield _at(f"{field} = {at.text[at.column - 1 : at.column - 1 + at.length]}", at)


def _at(text: str, position: Position | None) -> str:
    """A name with the file and line where it stands."""
    return f"{text} ({position_text(position)})" if position is not None else text
