"""Finds conditions and amounts that stay unknown only because a field is not asked, or may be left blank.

Dossiers where everything asked is answered are made up around the constants of the rules, and evaluated. A reported
case is therefore a real one; a case that no made-up dossier meets goes unreported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, cast
from zlib import crc32

from guichet.errors import Position
from guichet.language.declarations import Rules
from guichet.language.expression import execute, value_function
from guichet.language.generation.code import Namespace
from guichet.language.generation.partial import states_function
from guichet.language.plan import Plan, Uses
from guichet.language.samples import constants, sample, samples
from guichet.language.sources import Report, Source, Span
from guichet.language.tree import External, Lookup, Node, Read
from guichet.language.values import write_value

_GUARD_CASES: Final = 48
_DOSSIERS: Final = 48
_BEGUN: Final = [crc32(str(place).encode()) for place in range(_DOSSIERS)]

States = Callable[[Mapping[str, object]], "tuple[tuple[bool | None, ...], int | None, str | None]"]


@dataclass(frozen=True, slots=True)
class _Target:
    """A condition or the amount, with what it reads."""

    name: str | None
    place: int
    uses: Uses
    guards: tuple[str, ...]
    rivals: tuple[int, ...]
    looked_up: frozenset[str]
    """The lists of which it reads columns: one without the key leaves it unknown, and no question would settle that."""


def refuse_stuck(plan: Plan, rules: Rules, report: Report) -> None:
    """Reports each condition, and the amount, that nothing more the applicant could answer would settle."""
    waiting = list(_targets(plan))
    if not waiting:
        return
    states = _states(plan)
    for values in _dossiers(plan, waiting):
        if not waiting:
            return
        found, amount, unverified = states(values)
        for target in list(waiting):
            if _is_stuck(target, found, amount, unverified, values):
                waiting.remove(target)
                _report(plan, rules, target, values, report)


def warn_of_blanks(plan: Plan, rules: Rules, report: Report) -> None:
    """Tells each condition, and the amount, that an optional field leaves without an answer when it is blank."""
    inputs = plan.environment.inputs
    targets = [
        (target, name)
        for target in _all_targets(plan)
        for name in plan.ordered_inputs(target.uses.inputs)
        if inputs[name].optional and name not in plan.asked
    ]
    if not targets:
        return
    told: list[tuple[str, Source]] = []
    states = _states(plan)
    for target, name in targets:
        for values in islice(_dossiers(plan, [target]), _DOSSIERS):
            blank = {**values, name: None}
            if _is_stuck(target, *states(blank), blank):
                source = _source(plan, rules, target, [name])
                if (name, source) in told:
                    break
                told.append((name, source))
                code = "rule.blank_amount" if target.name is None else "rule.blank_condition"
                report.warn(code, source, Span(0, len(source.text)), condition=target.name, value=name)
                break


def _is_stuck(
    target: _Target,
    found: tuple[bool | None, ...],
    amount: int | None,
    unverified: str | None,
    values: Mapping[str, object],
) -> bool:
    """Whether a dossier leaves it unknown, and nothing else that is false settles the outcome all the same."""
    stuck = found[target.place] is None if target.name is not None else amount is None and unverified is None
    return stuck and not (
        any(found[rival] is False for rival in target.rivals)
        or any(values[f"@{name}"] is False for name in target.looked_up)
    )


def _targets(plan: Plan) -> Iterator[_Target]:
    return (target for target in _all_targets(plan) if target.guards)


def _all_targets(plan: Plan) -> Iterator[_Target]:
    uses = [plan.uses(node) for _, node in plan.conditions]
    for place, (condition, node) in enumerate(plan.conditions):
        if node is not None:
            yield _target(plan, condition.id, place, [node], uses)
    if plan.amount:
        yield _target(plan, None, -1, plan.amount_nodes(), uses)


def _target(plan: Plan, name: str | None, place: int, nodes: list[Node], others: list[Uses]) -> _Target:
    """A condition that shares nothing with the target may be false in a made-up dossier: it could as well be true."""
    uses = plan.uses(*nodes)
    read = [*nodes, *(plan.definitions[each] for each in uses.definitions)]
    looked_up = frozenset(part.list for node in read for part in node.walk() if isinstance(part, Lookup))
    conditional = [plan.asked[each] for each in uses.inputs if each in plan.asked]
    guards = tuple(plan.ordered_inputs(plan.uses(*conditional).inputs)) if conditional else ()
    rivals = tuple(
        rival
        for rival, other in enumerate(others)
        if rival != place and (other.inputs & uses.inputs or other.lists & uses.lists)
    )
    return _Target(name, place, uses, guards, rivals, looked_up)


def _states(plan: Plan) -> States:
    """The states of all conditions and the amount, plugin functions standing for a value of their type."""
    namespace = Namespace()
    text = states_function(plan, namespace)
    calls = {
        id(part.signature.call): sample(part.signature.returns)
        for node in _nodes(plan)
        for part in node.walk()
        if isinstance(part, External)
    }
    for name, value in list(namespace.values.items()):
        if name.startswith("K") and id(value) in calls:
            namespace.values[name] = _always(calls[id(value)])
    return cast("States", execute(text, namespace)["states"])


def _nodes(plan: Plan) -> list[Node]:
    return [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.asked.values()]


def _always(value: object) -> Callable[..., object]:
    return lambda *_: value


def _dossiers(plan: Plan, targets: list[_Target]) -> Iterator[dict[str, object]]:
    """Dossiers with every input known: each case of the guards, with varied values of the rest."""
    nodes = _nodes(plan)
    inputs, lists = plan.environment.inputs, plan.environment.lists
    used = plan.uses(*nodes)
    guards = plan.ordered_inputs(name for target in targets for name in target.guards)
    near = constants(nodes)
    choices = {name: samples(inputs[name], near) for name in plan.ordered_inputs(used.inputs)}
    for name in plan.environment.lists:
        if name in used.lists:
            line = {column: sample(type_) for column, type_ in lists[name].columns.items()}
            choices["@" + name] = [line, False]
    varied = [
        dict(zip(choices, picked, strict=True)) for picked in zip(*map(_picks, choices, choices.values()), strict=True)
    ]
    for case in islice(product(*(choices[name] for name in guards)), _GUARD_CASES):
        fixed = dict(zip(guards, case, strict=True))
        for values in varied:
            yield {**values, **fixed}


def _picks(name: str, choices: list[object]) -> list[object]:
    """One of the choices for each dossier: the same on every run, not in step from one name to the next."""
    rest, number = f":{name}".encode(), len(choices)
    return [choices[crc32(rest, begun) % number] for begun in _BEGUN]


def _report(plan: Plan, rules: Rules, target: _Target, values: Mapping[str, object], report: Report) -> None:
    asked = {name: node for name, node in plan.asked.items() if name in target.uses.inputs}
    silent = [name for name in plan.ordered_inputs(asked) if not _is_asked(plan, name, values)]
    guards = plan.ordered_inputs(plan.uses(*(plan.asked[name] for name in silent)).inputs)
    words = plan.environment.words
    when = ", ".join(
        f"{name} = {write_value(values[name], plan.environment.inputs[name].type, words)}"
        for name in guards
        if name not in silent
    )
    source = _source(plan, rules, target, silent)
    code = "rule.stuck_amount" if target.name is None else "rule.stuck_condition"
    asked_at = [_asked_at(plan, name) for name in silent]
    asked_at = [place for place in asked_at if place is not None]
    whole = Span(0, len(source.text))
    report.add(code, source, whole, condition=target.name, when=when, fields=silent, asked_at=asked_at)


def _asked_at(plan: Plan, name: str) -> Position | None:
    """Where it is written when a field is asked."""
    source = plan.environment.inputs[name].asked_when
    return source.locate(0, len(source.text)) if source is not None and source.locate is not None else None


def _is_asked(plan: Plan, name: str, values: Mapping[str, object]) -> bool:
    return value_function(plan.asked[name], plan)(values) is True


def _source(plan: Plan, rules: Rules, target: _Target, silent: list[str]) -> Source:
    """The expression to show: the definition that reads the field, else the condition or the part of the amount."""
    for name, node in plan.definitions.items():
        reads = any(isinstance(part, Read) and part.name in silent for part in node.walk())
        if reads and name in target.uses.definitions and name in rules.definitions:
            return rules.definitions[name]
    if target.name is not None:
        return rules.conditions[target.place].when or Source("")
    for branch, step in zip(rules.amount, plan.amount, strict=True):
        for source, node in ((branch.condition, step.condition), (branch.value, step.value)):
            if source is not None and plan.uses(node).inputs & set(silent):
                return source
    return rules.amount[0].condition or Source("")
