"""What an applicant is asked: forms made of pages, pages made of fields."""

from __future__ import annotations

from typing import Any, cast

from pydantic import field_validator, model_validator

from guichet.model.base import Value, declaration_error
from guichet.model.types import Expression, Flag, Identifier, Text

FIELD_KEYS = ("type", "label", "help", "required", "asked_when", "fields")
"""The keys of a field that are the core's; any other is an option of its type."""


def gather_options(value: Any, own: tuple[str, ...]) -> Any:
    """A declared mapping with the keys that are not the core's put under `options`; anything else as it is."""
    if not isinstance(value, dict) or "options" in value:
        return cast("Any", value)
    given = cast("dict[str, Any]", value)
    kept = {key: item for key, item in given.items() if key in own}
    return kept | {"options": {key: item for key, item in given.items() if key not in own}}


class Field(Value):
    """One question. Keys that are not the core's belong to the field type and wait in `options`."""

    type: Identifier
    """The key of a field type."""
    label: Text = ""
    """The question; needed by all types but `note` and `section`."""
    help: Text = ""
    """A line under the question."""
    required: Flag = True
    """Whether an answer is needed where the question is asked."""
    asked_when: Expression = ""
    """The condition under which it is asked; empty means always."""
    fields: dict[Identifier, Field] = {}
    """The columns of repeated rows."""
    options: dict[str, Any] = {}
    """What the field type declares; these keys stand directly under the field."""

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        return gather_options(value, (*FIELD_KEYS, "options"))


class Page(Value):
    """One page of a form: a title and its fields, in order."""

    title: Text
    """The page's heading."""
    intro: Text = ""
    """A paragraph under it, in Markdown."""
    fields: dict[Identifier, Field]
    """The questions by id, in order."""
    asked_when: Expression = ""
    """The condition under which the page is shown; empty means always."""

    @field_validator("fields")
    @classmethod
    def _not_empty(cls, fields: dict[str, Field]) -> dict[str, Field]:
        if not fields:
            raise declaration_error("empty_page")
        return fields


Form = dict[Identifier, Page]
