"""What the expressions of a scheme may read: answers, parameters, facts, lists, functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from guichet.catalogue.compiled import CompiledField, PluginsNeeded
from guichet.catalogue.report import Report
from guichet.catalogue.sources import asked_when
from guichet.language import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONEY,
    MONEY_PER_MONTH,
    MONEY_PER_YEAR,
    TEXT,
    CodeSet,
    Environment,
    Input,
    ListSignature,
    Type,
    decimal,
    rate,
)
from guichet.model.parameters import bounds_of, parse_parameter
from guichet.model.rules import Parameter
from guichet.model.scalars import ScalarError
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import Context, Invalid

FACTS: Mapping[str, Type] = {"filed_on": DATE, "decided_on": DATE, "territory": TEXT, "other_dossiers": INTEGER}
"""What rules know beyond the form and the lists."""

LIST_TYPES: Mapping[str, Type] = {
    "text": TEXT,
    "money": MONEY,
    "integer": INTEGER,
    "date": DATE,
    "month": TEXT,
    "boolean": BOOLEAN,
}
"""What a column of a reference list may hold, as rules see it."""
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
"""What the value of a parameter is, as rules see it."""


def environment_of(
    scheme: Scheme, fields: Mapping[str, CompiledField], plugins: PluginsNeeded, report: Report
) -> Environment:
    """What every version of the rules may read; names that two things bear are reported."""
    inputs = _answers(scheme, fields, report)
    for name, parameter in scheme.parameters.items():
        if name in inputs:
            report.add("name_taken", ("parameters", name), {"value": name})
        low, high = _parameter_bounds(name, parameter, report)
        inputs[name] = Input(PARAMETER_TYPES[parameter.type], "parameter", None, low, high)
    facts = {name: Input(kind, "fact") for name, kind in FACTS.items() if name not in inputs}
    lists = {
        name: ListSignature({column: LIST_TYPES.get(kind, TEXT) for column, kind in declared.columns.items()}, TEXT)
        for name, declared in scheme.lists.items()
    }
    codes = {name: CodeSet(declared.codes, declared.but) for name, declared in scheme.codes.items()}
    functions = tuple(plugins.rule_functions.values())
    tables = {name: tuple(version.rows for version in table.versions) for name, table in plugins.tables.items()}
    return Environment(scheme.language, {**inputs, **facts}, lists, functions, codes, tables)


def _answers(scheme: Scheme, fields: Mapping[str, CompiledField], report: Report) -> dict[str, Input]:
    """The fields that rules can read, within the bounds that numbers declare."""
    inputs: dict[str, Input] = {}
    for name, field in fields.items():
        kind = field.type.rule_type(field.options)
        asked = asked_when(scheme, field, report.locate)
        if kind is None and asked is None:
            continue  # notes, headings, attachments: rules cannot read them
        low, high = field.type.bounds(field.options)
        early, late = (_day(field, bound) if kind == DATE else None for bound in ("min", "max"))
        kept = partial(_kept, field, Context(today=scheme.calendar.opens.date())) if kind == TEXT else None
        table = field.type.nomenclature
        blank = not field.declaration.required
        inputs[name] = Input(kind or TEXT, "field", asked, low, high, early, late, table, kept, optional=blank)
    return inputs


def _day(field: CompiledField, bound: str) -> date | None:
    """The first or last day that a date declares."""
    day = getattr(field.options, bound, None)
    return day if isinstance(day, date) else None


def _kept(field: CompiledField, context: Context, text: str) -> str | None:
    try:
        value = field.type.parse(text, field.options, context)
    except Invalid:
        return None
    return value if isinstance(value, str) else None


def _parameter_bounds(name: str, parameter: Parameter, report: Report) -> tuple[int | None, int | None]:
    """The bounds of a parameter's values; those that are not of its type are reported."""
    before = len(report.problems)
    for day, dated in parameter.values.items():
        try:
            parse_parameter(parameter.type, dated.value)
        except ScalarError as error:
            path = ("parameters", name, "values", day.isoformat(), "value")
            report.add(error.code, path, {"value": dated.value, **error.data})
    return bounds_of(parameter) if len(report.problems) == before else (None, None)


def can_judge(scheme: Scheme, first: date) -> bool:
    """Whether a version can judge a dossier: not one that another has replaced when the scheme opens."""
    after = [day for day in scheme.rules if day > first]
    by_calendar = scheme.legal.judged_on in ("filing", "decision")  # else a date of the form, which may be any day
    return not (after and by_calendar and min(after) <= scheme.calendar.opens.date())


def dates_judged(scheme: Scheme, first: date) -> dict[str, Input]:
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
