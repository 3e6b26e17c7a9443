"""Values written as the author of an example would type them: what is written reads back as the same value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from guichet.catalogue import CompiledField

__all__ = ["written", "written_fact"]


def written(field: CompiledField, value: Any) -> str | None:
    """The YAML of one answer; None for a value that is not written in one word (rows, files)."""
    kind = field.type.rule_type(field.options)
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() if kind is not None:
            return _number(value, {"money": 2, "decimal": kind.scale, "rate": kind.scale}.get(kind.kind, 0))
        case str() if kind is not None and kind.kind == "choice":
            return value
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple() if kind is not None and kind.kind == "list":
            return f"[{', '.join(str(each) for each in cast('tuple[object, ...]', value))}]"
        case _:
            return None


def written_fact(row: Any) -> str:
    """The YAML of what a list answers."""
    if isinstance(row, Mapping):
        return "true"
    return "false" if row is False else "null"


def _number(value: int, scale: int) -> str:
    sign, digits = ("-" if value < 0 else ""), f"{abs(value):0{scale + 1}d}"
    whole, rest = (digits[:-scale], digits[-scale:].rstrip("0")) if scale else (digits, "")
    return f"{sign}{whole}.{digits[-scale:]}" if rest else f"{sign}{whole}"
