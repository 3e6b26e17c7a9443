"""The rules of a day over columns, and what is the same for every line."""

from __future__ import annotations

from datetime import date

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.errors import Problem, ProblemsFound
from guichet.language.bulk import BulkProgram, EngineName

__all__ = ["DAYS", "bulk_of", "constants_of", "version_on"]

DAYS = ("filed_on", "decided_on")


def bulk_of(
    compiled: CompiledScheme,
    territory: str,
    on: date,
    engine: EngineName = "polars",
    *,
    dated: bool = False,
    verified: bool = False,
) -> BulkProgram:
    """The rules of a day over columns, with what is the same for every line; `dated` leaves the days to the lines."""
    plan, constants = version_on(compiled, on).program.plan, constants_of(compiled, territory, on, dated=dated)
    return BulkProgram(plan, engine, constants, verified=verified)


def constants_of(compiled: CompiledScheme, territory: str, on: date, *, dated: bool = False) -> dict[str, object]:
    """The parameters of a day, the territory, and the day itself unless each line has its own."""
    plan = version_on(compiled, on).program.plan
    days = {} if dated else dict.fromkeys(DAYS, on)
    constants = {**compiled.parameters_on(on), **days, "territory": compiled.territory_of(territory) or None}
    return {name: value for name, value in constants.items() if name in plan.environment.inputs}


def version_on(compiled: CompiledScheme, on: date) -> CompiledVersion:
    """The version of a day; raises ProblemsFound before the first one."""
    version = compiled.version_on(on)
    if version is None:
        first = min(each.first_day for each in compiled.versions) if compiled.versions else None
        raise ProblemsFound([Problem("data.no_rules_yet", {"value": on, "first": first})])
    return version
