"""Parameters: dated values of a declared type, read into what rules compute with."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from guichet.model import scalars
from guichet.model.rules import Parameter

_PER = {
    "money_per_month": re.compile(r"€\s*(?:/|par |per )(?:mois|month)$"),
    "money_per_year": re.compile(r"€\s*(?:/|par |per )(?:an|year)$"),
}
"""The time that may follow such an amount: the type of the parameter says it already."""
SCALE = 4  # decimals of rates and decimal numbers declared as parameters


def parse_parameter(kind: str, text: str) -> Any:
    """The value of a parameter's text: cents, scaled integers, a date or text; raises ScalarError."""
    match kind:
        case "money" | "money_per_month" | "money_per_year":
            return scalars.parse_money(_PER[kind].sub("€", text) if kind in _PER else text)
        case "rate":
            return scalars.parse_rate(text).to(SCALE)
        case "integer":
            return scalars.parse_whole(text)
        case "decimal":
            return scalars.parse_decimal(text).to(SCALE)
        case "date":
            return scalars.parse_day(text)
        case _:
            return text


def bounds_of(parameter: Parameter) -> tuple[int | None, int | None]:
    """The least and the greatest value a parameter ever has; None where its values are no numbers."""
    values = [parse_parameter(parameter.type, dated.value) for dated in parameter.values.values()]
    numbers = [value for value in values if isinstance(value, int)]
    return (min(numbers), max(numbers)) if numbers and len(numbers) == len(values) else (None, None)


def value_on(parameter: Parameter, on: date) -> Any:
    """The value in force on a day; None before the first."""
    in_force = [day for day in parameter.values if day <= on]
    return parse_parameter(parameter.type, parameter.values[max(in_force)].value) if in_force else None
