"""Short hands to try a field type: options as declared, then one answer."""

from __future__ import annotations

from typing import Any

from guichet.plugin.contracts import Column, FieldType, Invalid
from guichet.testing import a_context


def taken(field_type: FieldType[Any], raw: Any, **options: Any) -> Any:
    """Give the value of what a page posts."""
    return field_type.parse(raw, field_type.Options.model_validate(options), a_context())


def refusal(field_type: FieldType[Any], raw: Any, **options: Any) -> str:
    """Give the French sentence that refuses what a page posts."""
    return refused(field_type, raw, **options).reason.fr


def refused(field_type: FieldType[Any], raw: Any, **options: Any) -> Invalid:
    """Give the refusal of what a page posts."""
    try:
        value = taken(field_type, raw, **options)
    except Invalid as error:
        return error
    raise AssertionError(f"{raw!r} is taken as {value!r}")


def a_column(name: str, field_type: FieldType[Any], *, required: bool = True, **options: Any) -> Column:
    """Give a column of repeated rows as the core resolves it."""
    chosen = field_type.Options.model_validate(options)
    return Column(name, name.capitalize(), "", required, field_type, chosen)
