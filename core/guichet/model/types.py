"""The scalar types of declarations: strict text from YAML, ready values from a snapshot's JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from guichet.model import scalars
from guichet.model.base import declaration_error
from guichet.model.scalars import Period


def from_text(parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that parses text with our strict parser and lets ready values pass."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except scalars.ScalarError as error:
            raise declaration_error(error.code, **error.data) from error

    return BeforeValidator(read)


def _expression(text: str) -> str:
    return text.strip()


Cents = Annotated[int, from_text(scalars.parse_money)]
Whole = Annotated[int, from_text(scalars.parse_whole)]
Format = Annotated[int, from_text(scalars.parse_format)]
Flag = Annotated[bool, from_text(scalars.parse_flag)]
Day = Annotated[date, from_text(scalars.parse_day)]
LocalInstant = Annotated[datetime, from_text(scalars.parse_instant)]
"""A naive instant, to be read in the territory's time zone."""
Duration = Annotated[
    Period, from_text(scalars.parse_period), PlainSerializer(lambda period: f"{period.count} {period.unit}")
]
Identifier = Annotated[str, from_text(scalars.parse_identifier)]
Slug = Annotated[str, from_text(scalars.parse_slug)]
Expression = Annotated[str, from_text(_expression)]
Text = str
"""Markdown or plain text with `{name}` placeholders."""
