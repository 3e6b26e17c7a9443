"""The options of a plugin, as the plugin declared them: right, or told key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from guichet.catalogue.positions import Path, nearest_place
from guichet.catalogue.report import Report
from guichet.errors import guess, nearest
from guichet.plugin.contracts import Options
from guichet.plugin.contracts.base import operator_options

SHAPES: Mapping[str, str] = {
    "model_type": "mapping_expected",
    "model_attributes_type": "mapping_expected",
    "dict_type": "mapping_expected",
    "tuple_type": "list_expected",
    "list_type": "list_expected",
    "string_type": "text_expected",
    "int_type": "text_expected",
    "date_type": "text_expected",
    "datetime_type": "text_expected",
    "bool_type": "text_expected",
}
"""What pydantic says of a value of another shape → our code."""


def validate_options(
    model: type[Options],
    given: Mapping[str, Any],
    path: Path,
    report: Report,
    beside: tuple[str, ...] = (),
    *,
    by_operator: bool = False,
) -> Options | None:
    """The options a plugin declared, validated and guessed past unknown keys; None when they are wrong.

    Args:
        beside: The core's own keys, among which the options stand.
        by_operator: Whether an operator gives them: a scheme may not set what is theirs.
    """
    if not by_operator:
        own = operator_options(model)
        _refuse(own & given.keys(), path, report)
        given = {name: value for name, value in given.items() if name not in own}
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            _tell(dict(detail), model, path, report, beside)
        unknown = {detail["loc"][0] for detail in details if detail["type"] == "extra_forbidden"}
    if not unknown:
        return None
    try:
        return model.model_validate({key: value for key, value in given.items() if key not in unknown})
    except ValidationError:
        return None


def _refuse(names: frozenset[str], path: Path, report: Report) -> None:
    """What a file sets though only an operator may; a stored publication has no file, and there it is not used."""
    for name in sorted(names):
        where = (*path, name)
        if nearest_place(report.locate, where) is not None:
            report.add("plugin.set_by_operator", where, {"key": name})


def _tell(detail: dict[str, Any], model: type[Options], path: Path, report: Report, beside: tuple[str, ...]) -> None:
    """Note one mistake that pydantic found, with what its author may have meant."""
    steps = tuple(str(step) for step in detail["loc"] if step != "[key]")
    where = (*path, *steps)
    match detail["type"]:
        case "extra_forbidden":
            names = [field.alias or name for name, field in model.model_fields.items()]
            choices = [*names, *beside] if len(steps) == 1 else []
            report.add("unknown_key", where[:-1], guess(steps[-1], choices), shown=where)
        case "missing":
            report.add("missing_key", path, {"key": steps[-1]})
        case "guichet":
            _tell_ours(detail, where, report)
        case "literal_error":
            choices = filter(None, re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
            report.add("unknown_value", where, guess(str(detail.get("input")), choices))
        case kind if kind in SHAPES:
            report.add(SHAPES[kind], where, {})
        case _:
            reason = str(detail.get("ctx", {}).get("error", detail["msg"]))
            report.add("invalid_value", where, {"value": detail.get("input"), "reason": reason})


def _tell_ours(detail: dict[str, Any], where: Path, report: Report) -> None:
    """Note a mistake that an option model found itself, under its own code."""
    context = detail["ctx"]
    data = {"value": detail.get("input"), **context["data"]}
    meant = nearest(str(data["value"]), data.get("choices") or ()) if "among" in data else None
    if meant is not None:
        data["nearest"] = meant
        data["declared"] = nearest_place(report.locate, (*where, str(data["among"]), meant))
    if data.get("option"):
        where = (*where, str(data["option"]), str(data["value"]))
    report.add(context["code"], where, data)
