"""Parameters: dated values of a declared type, read into what rules compute with."""

from __future__ import annotations

from datetime import date
from typing import Any

from guichet.model import scalars
from guichet.model.rules import Parameter


def parse_parameter(kind: str, text: str) -> Any:
    """The value of a parameter's text: cents, scaled integers, a date or text; raises ScalarError."""
    readers = {
        "money": scalars.parse_money,
        "rate": scalars.parse_rate,
        "integer": scalars.parse_whole,
        "decimal": scalars.parse_decimal,
        "date": scalars.parse_day,
    }
    return readers[kind](text) if kind in readers else text


def value_on(parameter: Parameter, on: date) -> Any:
    """The value in force on a day; None before the first."""
    in_force = [day for day in parameter.values if day <= on]
    return parse_parameter(parameter.type, parameter.values[max(in_force)].value) if in_force else None
