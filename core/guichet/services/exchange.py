"""Cases as JSON gives them: answers by field, facts as `@list`, checks as `@criterion`, read with the field types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.errors import Problem, ProblemsFound, guess
from guichet.language import TEXT, UNAVAILABLE
from guichet.model import scalars
from guichet.model.exact_json import InexactError, read_exactly
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Context, Invalid

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_LONGEST_QUOTE = 60


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
    named = checkable(compiled)
    others: int | None = 0
    for key, value in given.items():
        name = key.removeprefix("@")
        if key in compiled.fields:
            answers[key] = _answer(compiled, key, value, problems, odd, context)
        elif name in compiled.scheme.lists and key.startswith("@"):
            lists[name] = _list_fact(compiled.scheme.lists[name], key, value, problems)
        elif name in checks or (name == "other_dossiers" and name != key and name in given):
            problems.append(Problem("case_said_twice", {"value": name}, path=(key,)))
        elif name in named:
            checks[name] = _flag(key, value, problems)
        elif name == "other_dossiers":
            others = _count(key, value, problems)
        else:
            problems.append(_unknown_key(compiled, key, (*compiled.scheme.lists, *named)))
    if problems:
        raise ProblemsFound(problems)
    facts = Facts(on, on, compiled.territory_of(context.territory), others, lists, checks)
    return Case(answers, facts, tuple(odd))


def parse_case(text: str) -> dict[str, Any]:
    """The JSON object of one line, its numbers exact; raises ProblemsFound."""
    try:
        found = read_exactly(text)
        text.encode()
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise ProblemsFound([Problem("case_not_json", {"column": error.colno, "line": error.lineno})]) from error
    except InexactError as error:
        raise ProblemsFound([_inexact(error)]) from error
    except (RecursionError, UnicodeEncodeError) as error:
        raise ProblemsFound([Problem("case_not_json", {"column": 1})]) from error
    if not isinstance(found, dict):
        raise ProblemsFound([Problem("case_not_object")])
    return cast("dict[str, Any]", found)


def _inexact(error: InexactError) -> Problem:
    if error.fault == "number":
        return Problem("case_no_number", {"value": error.value})
    return Problem("case_said_twice", {"value": error.value}, path=(error.value,))


def checkable(compiled: CompiledScheme) -> dict[str, None]:
    """The judged and attested criteria of every version, in order."""
    return {
        name: None
        for version in compiled.versions
        for name, criterion in version.rules.criteria.items()
        if criterion.answer != "computed"
    }


def _unknown_key(compiled: CompiledScheme, key: str, told: Sequence[str]) -> Problem:
    """A name that no case may bear; a field is never proposed for what is told of a criterion or a list."""
    said = [f"@{known}" for known in told]
    if key.startswith("@"):
        return Problem("unknown_check_key", guess(key, said), path=(key,))
    return Problem("unknown_case_key", guess(key, [*compiled.fields, *said]), path=(key,))


def _answer(
    compiled: CompiledScheme,
    name: str,
    value: Any,
    problems: list[Problem],
    odd: list[Problem],
    context: Context,
) -> Any:
    if value is None:
        return None
    field = compiled.fields[name]
    try:
        return field.type.read(value, field.options, context)
    except Invalid as error:
        data = {"field": name, "value": _short(value), "reason_fr": error.text("fr"), "reason_en": error.text("en")}
        if isinstance(value, str) and field.type.rule_type(field.options) == TEXT:
            odd.append(Problem("case_value_odd", data, path=(name,), severity="warning"))
            return value
        problems.extend(_refused(name, value, part) for part in error.parts or (error,))
        return None


def _refused(name: str, value: Any, part: Invalid) -> Problem:
    """Why an answer cannot be taken, or one cell of its rows: told where it stands, with what it says."""
    place = [name]
    for step in part.field.split(".") if part.field else ():
        match value:
            case list() if step.isdigit():
                value = cast("list[Any]", value)[int(step)]
            case Mapping() if step in value:
                value = cast("Mapping[str, Any]", value)[step]
            case _:
                break  # a cell left out: its row says what there is
        place.append(step)
    field = next(step for step in reversed(place) if not step.isdigit())
    data = {"field": field, "value": _short(value), "reason_fr": part.text("fr"), "reason_en": part.text("en")}
    return Problem("case_value_refused", data, path=tuple(place))


def _list_fact(declared: ReferenceList, name: str, value: Any, problems: list[Problem]) -> Any:
    """True: found, columns unknown; an object: found with these columns; false: absent; null: the source is silent."""
    if value is None:
        return UNAVAILABLE
    if value in (True, "true"):
        return {}
    if value in (False, "false"):
        return False
    if not isinstance(value, Mapping):
        problems.append(Problem("case_fact_refused", {"field": name, "value": _shown(value)}, path=(name,)))
        return False
    row: dict[str, Any] = {}
    for column, text in cast("Mapping[str, Any]", value).items():
        kind = declared.columns.get(column)
        if kind is None:
            problems.append(Problem("unknown_column", guess(column, declared.columns), path=(name, column)))
        elif text is not None:
            try:
                row[column] = _column_value(kind, text)
            except scalars.ScalarError as error:
                problems.append(Problem(error.code, error.data, path=(name, column)))
    return row


def _column_value(kind: str, value: Any) -> Any:
    text = _shown(value)
    if kind == "money":
        return scalars.parse_money(text)
    if kind == "integer":
        return scalars.parse_whole(text)
    if kind == "date":
        return scalars.parse_day(text)
    if kind == "boolean":
        return scalars.parse_flag(text)
    if kind == "month" and not _MONTH.fullmatch(text):
        raise scalars.ScalarError("scalar.month", {"text": text})
    return text


def _flag(name: str, value: Any, problems: list[Problem]) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    try:
        return scalars.parse_flag(_shown(value))
    except scalars.ScalarError as error:
        problems.append(Problem(error.code, {"field": name, **error.data}, path=(name,)))
        return None


def _count(name: str, value: Any, problems: list[Problem]) -> int | None:
    """How many other dossiers there are; null when nobody can tell."""
    try:
        count = None if value is None else scalars.parse_whole(_shown(value))
    except scalars.ScalarError:
        count = -1
    if count is not None and count < 0:
        problems.append(Problem("case_count_refused", {"field": name, "value": _shown(value)}, path=(name,)))
        return None
    return count


def _short(value: Any) -> str:
    """A value as a message quotes it."""
    text = _shown(value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _shown(value: Any) -> str:
    """A JSON value as its author wrote it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False, default=str)
