"""Cases as JSON gives them: answers by field, facts as `@list`, checks as `@criterion`, read with the field types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.errors import Problem, ProblemsFound, guess
from guichet.language import TEXT, UNAVAILABLE
from guichet.model import scalars
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Context, Invalid

RESERVED = ("territory", "other_dossiers", "filed_on", "decided_on")


@dataclass(frozen=True, slots=True)
class Case:
    """One case ready for the rules."""

    answers: Mapping[str, Any]
    facts: Facts
    odd: tuple[Problem, ...] = ()
    """Texts that the form would refuse (a SIRET with a wrong check digit); the rules take them as they are."""


def read_case(compiled: CompiledScheme, given: Mapping[str, Any], on: date, context: Context) -> Case:
    """A JSON object as answers and facts; raises ProblemsFound with every value that cannot be read."""
    problems: list[Problem] = []
    odd: list[Problem] = []
    answers: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    checks: dict[str, bool | None] = {}
    checkable = _checkable(compiled)
    others = 0
    for key, value in given.items():
        name = key.removeprefix("@")
        if name in compiled.scheme.lists and key.startswith("@"):
            lists[name] = _list_fact(compiled.scheme.lists[name], name, value, problems)
        elif name in checkable:
            checks[name] = _flag(name, value, problems)
        elif name == "other_dossiers":
            others = value if isinstance(value, int) else 0
        elif key in compiled.fields:
            answers[key] = _answer(compiled, key, value, context, problems, odd)
        else:
            choices = [*compiled.fields, *(f"@{known}" for known in (*compiled.scheme.lists, *checkable))]
            problems.append(Problem("unknown_case_key", guess(key, choices)))
    if problems:
        raise ProblemsFound(problems)
    facts = Facts(on, on, compiled.territory or context.territory, others, lists, checks)
    return Case(answers, facts, tuple(odd))


def _checkable(compiled: CompiledScheme) -> dict[str, None]:
    """The judged and attested criteria of every version, in order."""
    return {
        name: None
        for version in compiled.versions
        for name, criterion in version.rules.criteria.items()
        if criterion.answer != "computed"
    }


def _answer(
    compiled: CompiledScheme,
    name: str,
    value: Any,
    context: Context,
    problems: list[Problem],
    odd: list[Problem],
) -> Any:
    if value is None:
        return None
    field = compiled.fields[name]
    try:
        return field.type.read(value, field.options, context)
    except Invalid as error:
        data = {"field": name, "value": str(value), "reason": error.text(context.language)}
        if isinstance(value, str) and field.type.rule_type(field.options) == TEXT:
            odd.append(Problem("case_value_odd", data, severity="warning"))
            return value
        problems.append(Problem("case_value_refused", data))
        return None


def _list_fact(declared: ReferenceList, name: str, value: Any, problems: list[Problem]) -> Any:
    """True: found, columns unknown; an object: found with these columns; false: absent; null: the source is silent."""
    if value is None:
        return UNAVAILABLE
    if value in (True, "true"):
        return {}
    if value in (False, "false"):
        return False
    if not isinstance(value, Mapping):
        problems.append(Problem("case_value_refused", {"field": f"@{name}", "value": str(value), "reason": ""}))
        return False
    row: dict[str, Any] = {}
    for column, text in cast("Mapping[str, Any]", value).items():
        kind = declared.columns.get(column)
        if kind is None:
            problems.append(Problem("unknown_column", guess(column, declared.columns)))
            continue
        try:
            row[column] = _column_value(kind, text)
        except scalars.ScalarError as error:
            problems.append(Problem(error.code, error.data))
    return row


def _column_value(kind: str, value: Any) -> Any:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if kind == "money":
        return scalars.parse_money(text)
    if kind == "integer":
        return scalars.parse_whole(text)
    if kind == "date":
        return scalars.parse_day(text)
    if kind == "boolean":
        return scalars.parse_flag(text)
    return text


def _flag(name: str, value: Any, problems: list[Problem]) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    try:
        return scalars.parse_flag(str(value))
    except scalars.ScalarError as error:
        problems.append(Problem(error.code, {"field": name, **error.data}))
        return None
