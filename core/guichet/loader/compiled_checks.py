"""What only the compiled rules can tell: names nobody reads, values not there in time, pages in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.errors import Problem
from guichet.language import Program
from guichet.loader.checked import Checked
from guichet.loader.declaration import place
from guichet.loader.law import check_law
from guichet.loader.unused_checks import check_unused


def check_compiled(checked: Checked) -> list[Problem]:
    """Every mistake and warning that needs the rules as programs."""
    compiled = checked.compiled
    assert compiled is not None  # noqa: S101  the only caller has just compiled
    return [
        *_parameters_in_time(checked, compiled),
        *_asked_too_late(checked, compiled),
        *check_unused(checked, compiled),
        *check_law(checked),
    ]


def _parameters_in_time(checked: Checked, compiled: CompiledScheme) -> Iterator[Problem]:
    """Each parameter has a value on the first day on which a version that reads it judges."""
    scheme = checked.scheme
    told: set[str] = set()
    for index, version in enumerate(compiled.versions):
        following = compiled.versions[index + 1].first_day if index + 1 < len(compiled.versions) else date.max
        first = _first_day_judged(checked, version.first_day)
        if first >= following:
            continue
        for name in _reads_of(version.program):
            parameter = scheme.parameters.get(name)
            if parameter is not None and name not in told and min(parameter.values) > first:
                told.add(name)
                data = {"value": name, "day": first, "first": min(parameter.values), "version": version.first_day}
                path = ("parameters", name, "values", min(parameter.values).isoformat())
                yield Problem("parameter_without_value", data, place(checked.node, path, of_key=True), path[:-1])


def _first_day_judged(checked: Checked, version: date) -> date:
    calendar = checked.scheme.calendar
    match checked.scheme.legal.judged_on:
        case "filing":
            return max(version, calendar.opens.date())
        case "decision":
            return max(version, calendar.decidable_from or calendar.opens.date())
        case _:
            return version


def _reads_of(program: Program) -> list[str]:
    plan = program.plan
    nodes = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.indicators.values(), *plan.definitions.values()]
    return plan.ordered_inputs(plan.uses(*nodes).inputs)


def _asked_too_late(checked: Checked, compiled: CompiledScheme) -> Iterator[Problem]:
    """A question asked under a condition that later questions answer."""
    if not compiled.versions:
        return
    gate = {name for version in compiled.versions for name in version.gate}
    order = [name for name in compiled.fields if name in gate] + [n for n in compiled.fields if n not in gate]
    rank = {name: index for index, name in enumerate(order)}
    plan = compiled.versions[-1].program.plan
    for name, node in plan.asked.items():
        field = compiled.fields[name]
        of_field = bool(field.declaration.asked_when)
        own = ("forms", "application", field.page, *(("fields", name) if of_field else ()), "asked_when")
        for other in plan.ordered_inputs(plan.uses(node).inputs):
            if other in rank and rank[other] > rank[name]:
                data = {"value": other, "field": name, "page": compiled.fields[other].page}
                yield Problem("asked_too_early", data, place(checked.node, own), own)
