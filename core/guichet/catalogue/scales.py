"""Bracket tables: their bounds grow from one bracket to the next, and rates are rates."""

from __future__ import annotations

from typing import Any

from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.errors import ProblemsFound
from guichet.language import Environment, Expression, Source, compile_value
from guichet.model.scales import Scale
from guichet.model.scheme import Scheme


def check_scales(scheme: Scheme, environment: Environment, report: Report) -> None:
    """Report each bracket that no value can fall in, and each rate that is none."""
    for day, version in scheme.rules.items():
        for name, scale in version.scales.items():
            path = ("rules", day.isoformat(), "scales", name, "brackets")
            _check_order(scale, environment, path, report)
            if scale.method != "step":
                _check_rates(scale, environment, path, report)


def _check_order(scale: Scale, environment: Environment, path: Path, report: Report) -> None:
    """Bounds that are not constants are left to their author."""
    before: tuple[str, Any, bool] | None = None
    for index, bracket in enumerate(scale.brackets[:-1]):
        read = _read(bracket.bound, environment)
        if read is None or read.inputs:
            return
        bound, included = read.evaluate({}), bool(bracket.up_to)
        if before is not None and not _above(bound, included, before):
            where = (*path, str(index), "up_to" if included else "below")
            data = {"bound": bracket.bound, "before": before[0]}
            report.add("scale_order", where, data)
        before = (bracket.bound, bound, included)


def _above(bound: Any, included: bool, before: tuple[str, Any, bool]) -> bool:
    """Whether some value lies in the bracket; `below: 10` then `up_to: 10` leaves 10 alone."""
    _, earlier, earlier_included = before
    if type(bound) is not type(earlier):
        return True  # compiling the table says so better
    return bound > earlier or (bound == earlier and included and not earlier_included)


def _check_rates(scale: Scale, environment: Environment, path: Path, report: Report) -> None:
    for index, bracket in enumerate(scale.brackets):
        read = _read(bracket.gives, environment)
        if read is not None and read.type.kind != "rate":
            where = (*path, str(index), "else" if bracket.otherwise else "then")
            data = {"value": bracket.gives, "method": scale.method}
            report.add("scale_without_rate", where, data)


def _read(text: str, environment: Environment) -> Expression | None:
    """An expression on its own; None when it is wrong, or names a definition: compiling the rules tells."""
    try:
        return compile_value(Source(text), environment)
    except ProblemsFound:
        return None
