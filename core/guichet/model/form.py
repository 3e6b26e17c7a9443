"""What an applicant is asked: forms made of pages, pages made of fields."""

from __future__ import annotations

from typing import Any, cast

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from guichet.model.base import Value
from guichet.model.types import Expression, Flag, Identifier, Text

_OWN_KEYS = {"type", "label", "help", "required", "asked_when", "fields", "prefill", "options"}


def gather_options(value: Any, own: set[str]) -> Any:
    """A declared mapping with the keys that are not the core's put under `options`; anything else as it is."""
    if not isinstance(value, dict) or "options" in value:
        return value
    given = cast("dict[str, Any]", value)
    kept = {key: item for key, item in given.items() if key in own}
    return kept | {"options": {key: item for key, item in given.items() if key not in own}}


class Field(Value):
    """One question. Keys that are not the core's belong to the field type and wait in `options`."""

    type: Identifier
    label: Text = ""
    help: Text = ""
    required: Flag = True
    asked_when: Expression = ""
    fields: dict[Identifier, Field] = {}
    """The columns of repeated rows."""
    options: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        return gather_options(value, _OWN_KEYS)


class Page(Value):
    """One page of a form: a title and its fields, in order."""

    title: Text
    intro: Text = ""
    fields: dict[Identifier, Field]
    asked_when: Expression = ""

    @field_validator("fields")
    @classmethod
    def _not_empty(cls, fields: dict[str, Field]) -> dict[str, Field]:
        if not fields:
            raise PydanticCustomError("guichet", "{code}", {"code": "empty_page", "data": {}})
        return fields


Form = dict[Identifier, Page]
