"""A declared scheme and the plugins become a compiled scheme; every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guichet.catalogue.compiled import CompiledScheme, CompiledVersion, PluginsNeeded
from guichet.catalogue.environment import can_judge, dates_judged, environment_of
from guichet.catalogue.fields import compile_fields
from guichet.catalogue.later_forms import as_application, path_of_later
from guichet.catalogue.passages import compile_passages
from guichet.catalogue.positions import Locate, Path
from guichet.catalogue.prefills import compile_prefills
from guichet.catalogue.repayments import check_repayment
from guichet.catalogue.report import Report
from guichet.catalogue.scales import check_scales
from guichet.catalogue.sources import rules_of
from guichet.catalogue.uses import check_uses
from guichet.errors import Position, Problem, ProblemsFound, once
from guichet.language import Environment, compile_rules
from guichet.model.rules import RuleVersion
from guichet.model.scheme import Scheme

_TOO_LONG = frozenset({"rule.too_deep", "rule.too_long", "rule.too_many_signs"})


def _nowhere(_: Path) -> None:
    return None


def compile_scheme(
    scheme: Scheme,
    plugins: PluginsNeeded,
    *,
    territory: str = "",
    digest: str = "",
    locate: Locate = _nowhere,
    advised: bool = False,
) -> CompiledScheme:
    """The compiled scheme.

    Args:
        advised: Whether conditions are also tried against one another: for declarations, not for what is published.

    Raises:
        ProblemsFound: every mistake of fields, plugins and rules.
    """
    report = Report(locate)
    fields = compile_fields(scheme, plugins, report)
    check_uses(scheme, plugins, report)
    if len(fields) < len(scheme.fields()):
        raise ProblemsFound(
            once(report.problems)
        )  # expressions that name a lost field would all be refused for nothing
    prefills = compile_prefills(scheme, fields, plugins, report)
    environment = environment_of(scheme, fields, plugins, report)
    check_scales(scheme, environment, report)
    versions = _compile_versions(scheme, environment, report, advised=advised)
    later = _compile_later(scheme, plugins, territory, digest, report)
    if report.problems:
        raise ProblemsFound(once(report.problems))
    named = {name: table for name, table in plugins.tables.items() if "label" in table.columns and table.versions}
    return CompiledScheme(scheme, territory, digest, fields, versions, prefills, later, named)


def _compile_versions(
    scheme: Scheme, environment: Environment, report: Report, *, advised: bool
) -> tuple[CompiledVersion, ...]:
    """The versions of the rules that compile, the earliest first."""
    versions: list[CompiledVersion] = []
    for day, version in scheme.rules.items():
        inputs = {**environment.inputs, **dates_judged(scheme, day)}
        rules = rules_of(scheme, day.isoformat(), version, report.locate)
        try:
            here, judging = replace(environment, inputs=inputs), can_judge(scheme, day)
            program = compile_rules(rules, here, advised=advised and not report.problems, judging=judging)
        except ProblemsFound as error:
            report.problems += [_of_table(one, version) for one in error.problems]
        else:
            trial = advised and not report.problems and judging
            passages = compile_passages(scheme, day.isoformat(), version, program, here, report, advised=trial)
            versions.append(CompiledVersion(day, version, program, passages))
            check_repayment(versions[-1], report)
    return tuple(sorted(versions, key=lambda version: version.first_day))


def _of_table(problem: Problem, version: RuleVersion) -> Problem:
    """A problem as its author can mend it: nobody wrote the expression that a bracket table is short for."""
    scale = version.scales.get(problem.path[3]) if problem.path[2:3] == ("scales",) else None
    if scale is None or problem.code not in _TOO_LONG:
        return problem
    data = {"value": problem.path[3], "brackets": len(scale.brackets)}
    return replace(problem, code="scale_too_long", data=data)


def _compile_later(
    scheme: Scheme, plugins: PluginsNeeded, territory: str, digest: str, report: Report
) -> dict[str, CompiledScheme]:
    """Each form after the application, compiled as the application of a scheme that has nothing else."""
    found: dict[str, CompiledScheme] = {}
    for name in scheme.forms:
        if name == "application":
            continue

        def in_place(path: Path, name: str = name) -> Callable[[int, int], Position] | None:
            return report.locate(path_of_later(name, path))

        alone = as_application(scheme, name)
        try:
            found[name] = compile_scheme(alone, plugins, territory=territory, digest=digest, locate=in_place)
        except ProblemsFound as error:
            report.problems += [replace(one, path=path_of_later(name, one.path)) for one in error.problems]
    return found
