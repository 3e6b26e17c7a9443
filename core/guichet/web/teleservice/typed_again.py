"""An answer as it can be typed again: what is shown when that reads back the same, else the value itself."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from guichet.locale import format_date, format_number
from guichet.plugin.contracts import Context, FieldType, Invalid, Options

__all__ = ["as_typed", "unit_of"]


def as_typed(value: Any, field_type: FieldType[Any], options: Options, context: Context) -> str:
    """Gives an answer, or nothing, as its applicant would type it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if field_type.widget == "month":
        return f"{value[5:]}/{value[:4]}"
    if field_type.widget == "money":
        scale, units = (2, value) if value % 100 else (0, value // 100)
        return format_number(units, scale, context.language)
    shown = _without_unit(field_type.show(value, options, context.language), options)
    try:
        same = field_type.parse(shown, options, context) == value
    except Invalid:
        same = False
    return shown if same else _grouped(str(value))


def unit_of(options: Options) -> str:
    """Gives what is written after the field, for types that know of a unit."""
    return getattr(options, "unit", "") or "" if _has_unit(type(options)) else ""


def _without_unit(shown: str, options: Options) -> str:
    """A number as it is typed, its unit standing after the field; for one, it is another word."""
    for unit in (unit_of(options), getattr(options, "unit_one", "") if _has_unit(type(options)) else ""):
        if unit and shown.endswith(f"\u00a0{unit}"):
            return shown.removesuffix(unit).rstrip()
    return shown


@cache
def _has_unit(kind: type[Options]) -> bool:
    """Whether a class of options has a unit; asking a model for what it has not is slow."""
    return "unit" in kind.model_fields


def _grouped(text: str) -> str:
    """A long code in groups of four, as it stands on paper."""
    return " ".join(re.findall(".{1,4}", text)) if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text) else text
