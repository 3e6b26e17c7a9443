"""A declared scheme and the plugins become a compiled scheme; every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from guichet.catalogue.compiled import CompiledField, CompiledScheme, CompiledVersion, PluginsNeeded
from guichet.catalogue.composed import definition_sources, total_of
from guichet.catalogue.later_forms import as_application, path_of_later
from guichet.catalogue.positions import Locate, Path, nearest_place
from guichet.catalogue.prefills import compile_prefills
from guichet.catalogue.repayments import check_repayment
from guichet.catalogue.scales import check_scales
from guichet.catalogue.uses import check_uses, validate_options
from guichet.errors import Position, Problem, ProblemsFound, guess, once
from guichet.language import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONEY,
    MONEY_PER_MONTH,
    MONEY_PER_YEAR,
    TEXT,
    Branch,
    CodeSet,
    Condition,
    Environment,
    Input,
    ListSignature,
    Rules,
    Source,
    Type,
    compile_rules,
    decimal,
    rate,
)
from guichet.model.form import FIELD_KEYS, Field
from guichet.model.parameters import bounds_of, parse_parameter
from guichet.model.rules import Parameter, RuleVersion
from guichet.model.scalars import ScalarError
from guichet.model.scheme import ReferenceList, Scheme
from guichet.plugin.contracts import Column

FACTS: Mapping[str, Type] = {"filed_on": DATE, "decided_on": DATE, "territory": TEXT, "other_dossiers": INTEGER}
"""What rules know beyond the form and the lists."""

LIST_TYPES: Mapping[str, Type] = {
    "text": TEXT,
    "integer": INTEGER,
    "money": MONEY,
    "date": DATE,
    "month": TEXT,
    "boolean": BOOLEAN,
}
PARAMETER_TYPES: Mapping[str, Type] = {
    "money": MONEY,
    "money_per_month": MONEY_PER_MONTH,
    "money_per_year": MONEY_PER_YEAR,
    "rate": rate(4),
    "integer": INTEGER,
    "decimal": decimal(4),
    "date": DATE,
    "text": TEXT,
}


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
    """The compiled scheme; raises ProblemsFound with every mistake of fields and rules.

    Args:
        advised: Whether conditions are also tried against one another: for declarations, not for what is published.
    """
    problems: list[Problem] = []
    fields = _compile_fields(scheme, plugins, locate, problems)
    check_uses(scheme, plugins, locate, problems)
    if len(fields) < len(scheme.fields()):
        raise ProblemsFound(once(problems))  # expressions that name a lost field would all be refused for nothing
    prefills = compile_prefills(scheme, fields, plugins, locate, problems)
    shared = _environment(scheme, fields, plugins, locate, problems)
    check_scales(scheme, shared, locate, problems)
    versions: list[CompiledVersion] = []
    for day, version in scheme.rules.items():
        environment = replace(shared, inputs={**shared.inputs, **_dates_of(scheme, day)})
        rules = _rules(day.isoformat(), version, scheme.language, locate)
        try:
            program = compile_rules(rules, environment, advised=advised and not problems)
        except ProblemsFound as error:
            problems += error.problems
        else:
            versions.append(CompiledVersion(day, version, program))
            check_repayment(versions[-1], locate, problems)
    later = _compile_later(scheme, plugins, territory, digest, locate, problems)
    if problems:
        raise ProblemsFound(once(problems))
    ordered = tuple(sorted(versions, key=lambda version: version.first_day))
    named = {name: table for name, table in plugins.tables.items() if "label" in table.columns and table.versions}
    return CompiledScheme(scheme, territory, digest, fields, ordered, prefills, later, named)


def _compile_later(
    scheme: Scheme, plugins: PluginsNeeded, territory: str, digest: str, locate: Locate, problems: list[Problem]
) -> dict[str, CompiledScheme]:
    """Each form after the application, compiled as the application of a scheme that has nothing else."""
    found: dict[str, CompiledScheme] = {}
    for name in scheme.forms:
        if name == "application":
            continue
        alone = as_application(scheme, name)

        def in_place(path: Path, name: str = name) -> Callable[[int, int], Position] | None:
            return locate(path_of_later(name, path))

        try:
            found[name] = compile_scheme(alone, plugins, territory=territory, digest=digest, locate=in_place)
        except ProblemsFound as error:
            problems += [replace(one, path=path_of_later(name, one.path)) for one in error.problems]
    return found


def _compile_fields(
    scheme: Scheme, plugins: PluginsNeeded, locate: Locate, problems: list[Problem]
) -> dict[str, CompiledField]:
    fields: dict[str, CompiledField] = {}
    for page_id, page in scheme.application.items():
        for name, declaration in page.fields.items():
            path = ("forms", "application", page_id, "fields", name)
            if name in fields:
                data = {"value": name, "page": fields[name].page}
                problems.append(Problem("field_declared_twice", data, nearest_place(locate, path), path))
                continue
            compiled = compile_field(name, page_id, declaration, plugins, path, locate, problems)
            if compiled is not None:
                fields[name] = compiled
    return fields


def compile_field(
    name: str,
    page: str,
    declaration: Field,
    plugins: PluginsNeeded,
    path: Path,
    locate: Locate,
    problems: list[Problem],
) -> CompiledField | None:
    """One field with its type and options, guessed past a misspelt key; None when nothing can be made of it."""
    field_type = plugins.field_types.get(declaration.type)
    if field_type is None:
        data = guess(declaration.type, sorted(plugins.field_types))
        problems.append(Problem("unknown_field_type", data, nearest_place(locate, (*path, "type")), path))
        field_type = plugins.field_types.get(str(data["nearest"]))
        if field_type is None:
            return None
    columns = {
        column: compile_field(column, page, inner, plugins, (*path, "fields", column), locate, problems)
        for column, inner in declaration.fields.items()
    }
    given: dict[str, Any] = dict(declaration.options)
    if declaration.fields:
        given["fields"] = {column: column_of(inner) for column, inner in columns.items() if inner is not None}
    before = len(problems)
    options = validate_options(field_type.Options, given, path, locate, problems, FIELD_KEYS)
    misspelt = {problem.data.get("nearest") for problem in problems[before:] if problem.code == "unknown_key"}
    if not declaration.label and field_type.widget not in ("note", "heading") and "label" not in misspelt:
        problems.append(Problem("missing_key", {"key": "label"}, nearest_place(locate, path), path))
    if options is None:
        return None
    return CompiledField(name, page, declaration, field_type, options)


def column_of(field: CompiledField) -> Column:
    """One column of repeated rows as its field type takes it."""
    declared = field.declaration
    return Column(field.id, declared.label, declared.help, declared.required, field.type, field.options)


def _environment(
    scheme: Scheme,
    fields: Mapping[str, CompiledField],
    plugins: PluginsNeeded,
    locate: Locate,
    problems: list[Problem],
) -> Environment:
    inputs: dict[str, Input] = {}
    for name, field in fields.items():
        kind = field.type.rule_type(field.options)
        asked = _asked_when(scheme, field, locate)
        if kind is None and asked is None:
            continue  # notes, headings, attachments: rules cannot read them
        low, high = getattr(field.options, "min", None), getattr(field.options, "max", None)
        numeric = isinstance(low, int | None) and isinstance(high, int | None)
        inputs[name] = Input(kind or TEXT, "field", asked, low if numeric else None, high if numeric else None)
    for name, parameter in scheme.parameters.items():
        if name in inputs:
            path = ("parameters", name)
            problems.append(Problem("name_taken", {"value": name}, nearest_place(locate, path), path))
        low, high = _parameter_bounds(name, parameter, locate, problems)
        inputs[name] = Input(PARAMETER_TYPES[parameter.type], "parameter", None, low, high)
    facts = {name: Input(kind, "fact") for name, kind in FACTS.items() if name not in inputs}
    lists = {name: _list_signature(declared) for name, declared in scheme.lists.items()}
    codes = {name: CodeSet(declared.codes, declared.but) for name, declared in scheme.codes.items()}
    functions = tuple(plugins.rule_functions.values())
    return Environment(scheme.language, {**inputs, **facts}, lists, functions, codes)


def _parameter_bounds(
    name: str, parameter: Parameter, locate: Locate, problems: list[Problem]
) -> tuple[int | None, int | None]:
    """The bounds of a parameter's values; those that are not of its type are reported."""
    before = len(problems)
    for day, dated in parameter.values.items():
        try:
            parse_parameter(parameter.type, dated.value)
        except ScalarError as error:
            path = ("parameters", name, "values", day.isoformat(), "value")
            data = {"value": dated.value, **error.data}
            problems.append(Problem(error.code, data, nearest_place(locate, path), path))
    return bounds_of(parameter) if len(problems) == before else (None, None)


def _dates_of(scheme: Scheme, first: date) -> dict[str, Input]:
    """The dates of the dossiers that one version judges: its own time when filing counts, the calendar's otherwise."""
    after = [day for day in scheme.rules if day > first]
    last = min(after) - timedelta(days=1) if after else None
    opens, closes = scheme.calendar.opens.date(), scheme.calendar.closes
    if scheme.legal.judged_on == "filing":
        filed = (max(first, opens), min(last or closes, closes))
        decided = (max(first, opens), None)
    else:
        filed = (opens, closes)
        decided = (max(first, opens), last) if scheme.legal.judged_on == "decision" else (opens, None)
    windows = {"filed_on": filed, "decided_on": decided}
    return {
        name: Input(DATE, "fact", earliest=early, latest=late if late is None or late >= early else early)
        for name, (early, late) in windows.items()
        if name not in scheme.fields()
    }


def _asked_when(scheme: Scheme, field: CompiledField, locate: Locate) -> Source | None:
    """The condition of a field and of its page, both of which must hold."""
    page = ("forms", "application", field.page)
    of_page = scheme.application[field.page].asked_when
    of_field = field.declaration.asked_when
    if not (of_page and of_field):
        path = (*page, "fields", field.id, "asked_when") if of_field else (*page, "asked_when")
        return _source(of_field or of_page, path, locate)
    before = f"({of_page}) {'et' if scheme.language == 'fr' else 'and'} ("
    path = (*page, "fields", field.id, "asked_when")
    own = locate(path)

    def position(offset: int, length: int) -> Position:
        assert own is not None  # noqa: S101  only called when the field's own text has a place
        return own(max(0, offset - len(before)), length)

    return Source(f"{before}{of_field})", path, position if own is not None else None)


def _list_signature(declared: ReferenceList) -> ListSignature:
    return ListSignature({name: LIST_TYPES.get(kind, TEXT) for name, kind in declared.columns.items()}, TEXT)


def _source(text: str, path: Path, locate: Locate) -> Source | None:
    return Source(text, path, locate(path)) if text else None


def _rules(version: str, rules: RuleVersion, words: Literal["fr", "en"], locate: Locate) -> Rules:
    root = ("rules", version)

    def source(text: str, *steps: str) -> Source | None:
        return _source(text, (*root, *steps), locate)

    conditions = [
        Condition(name, "gate", source(gate.when, "gates", name, "when"), "computed")
        for name, gate in rules.gates.items()
    ]
    conditions += [
        Condition(name, "criterion", source(criterion.when, "criteria", name, "when"), criterion.answer)
        for name, criterion in rules.criteria.items()
    ]
    branches = tuple(
        Branch(
            source(branch.condition, "amount", str(index), "if"),
            source(branch.always, "amount", str(index), "always")
            or source(branch.then, "amount", str(index), "then")
            or source(branch.otherwise, "amount", str(index), "else"),
            branch.unverified or None,
        )
        for index, branch in enumerate(rules.amount)
    )
    if rules.amounts:
        branches = (Branch(None, total_of(rules, root, locate)),)
    return Rules(
        version=version,
        definitions=definition_sources(rules, words, root, locate),
        conditions=tuple(conditions),
        amount=branches,
        indicators={
            name: Source(
                shown.value, (*root, "indicators", name, "value"), locate((*root, "indicators", name, "value"))
            )
            for name, shown in rules.indicators.items()
        },
    )
