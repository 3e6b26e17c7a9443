"""Whole and decimal numbers."""

from __future__ import annotations

import re
from decimal import Decimal as Exact
from typing import Any

from pydantic import Field

from guichet import INTEGER, Context, Json, Options, Type, Whole, decimal, read_decimal, read_whole
from guichet_plugins.forms.typed import NumberFieldType, check_bounds, grouped_digits


class UnitOptions(Options):
    """What a number counts or measures."""

    french = {
        "unit": "Ce qui est compté ou mesuré, montré après le nombre.",
        "unit_one": "Le même mot au singulier, quand il diffère : « salarié » pour « salariés ».",
    }

    unit: str = ""
    """What is counted or measured, shown after the number."""
    unit_one: str = ""
    """The same word for one, where it differs: `employee` for `employees`."""

    def follow(self, shown: str, value: Exact, language: str) -> str:
        """Give a number with its unit; French counts one and a half in the singular, English one alone.

        >>> UnitOptions(unit="salariés", unit_one="salarié").follow("1", Exact(1), "fr")
        '1\xa0salarié'
        """
        is_one = abs(value) < 2 if language == "fr" else abs(value) == 1
        unit = self.unit_one if is_one and self.unit_one else self.unit
        return f"{shown}\u00a0{unit}" if unit else shown


class IntegerOptions(UnitOptions):
    """The least and the greatest number taken."""

    french = {
        "min": "Le plus petit nombre accepté.",
        "max": "Le plus grand nombre accepté.",
    }

    min: Whole | None = None
    """The least number taken."""
    max: Whole | None = None
    """The greatest number taken."""


class DecimalOptions(UnitOptions):
    """How many decimals, and the least and the greatest number taken, in whole units."""

    french = {
        "decimals": "Combien de décimales sont gardées.",
        "min": "Le plus petit nombre accepté.",
        "max": "Le plus grand nombre accepté.",
    }

    decimals: Whole = Field(default=2, ge=1, le=6)
    """How many decimals are kept."""
    min: Whole | None = None
    """The least number taken."""
    max: Whole | None = None
    """The greatest number taken."""


class Integer(NumberFieldType[IntegerOptions]):
    """A whole number."""

    key = "integer"
    Options = IntegerOptions
    widget = "number"
    input_mode = "numeric"

    def rule_type(self, options: IntegerOptions) -> Type:
        """Rules see an integer."""
        return INTEGER

    def bounds(self, options: IntegerOptions) -> tuple[int | None, int | None]:
        """Give the declared bounds."""
        return options.min, options.max

    def from_text(self, text: str, options: IntegerOptions, context: Context) -> int:
        """Take a whole number within its bounds."""
        number = read_whole(text)
        check_bounds(number, options.min, options.max, lambda bound, language: grouped_digits(bound, 0, language))
        return number

    def show(self, value: int | None, options: IntegerOptions, language: str) -> str:
        """Give the number in groups of three digits, with its unit."""
        return "" if value is None else options.follow(grouped_digits(value, 0, language), Exact(value), language)

    def json_schema(self, options: IntegerOptions) -> dict[str, Any]:
        """Describe a whole number."""
        bounds = {"minimum": options.min, "maximum": options.max}
        return {"type": ["integer", "string"], **{name: bound for name, bound in bounds.items() if bound is not None}}


class Decimal(NumberFieldType[DecimalOptions]):
    """An exact number with declared decimals, kept as an integer of its smallest unit."""

    key = "decimal"
    Options = DecimalOptions
    widget = "number"
    input_mode = "decimal"

    def rule_type(self, options: DecimalOptions) -> Type:
        """Rules see an exact decimal of the declared scale."""
        return decimal(options.decimals)

    def bounds(self, options: DecimalOptions) -> tuple[int | None, int | None]:
        """Give the declared bounds, scaled."""
        scale = 10**options.decimals
        return (
            None if options.min is None else options.min * scale,
            None if options.max is None else options.max * scale,
        )

    def from_text(self, text: str, options: DecimalOptions, context: Context) -> int:
        """Take a number within its bounds."""
        units = read_decimal(_settled(text, options.decimals), options.decimals)
        scale = 10**options.decimals  # of the bounds, which are declared whole
        check_bounds(units, *self.bounds(options), lambda bound, language: grouped_digits(bound // scale, 0, language))
        return units

    def dump(self, value: int | None, options: DecimalOptions) -> Json:
        """Keep the number as exact text, which a later change of scale cannot bend."""
        return None if value is None else str(Exact(value).scaleb(-options.decimals))

    def load(self, stored: Any, options: DecimalOptions) -> int | None:
        """Give back the scaled integer."""
        return None if stored is None else int(Exact(str(stored)).scaleb(options.decimals))

    def show(self, value: int | None, options: DecimalOptions, language: str) -> str:
        """Give the number with the decimals that say something, and its unit."""
        if value is None:
            return ""
        number, decimals = value, options.decimals
        while decimals and number % 10 == 0:
            number, decimals = number // 10, decimals - 1
        exact = Exact(value).scaleb(-options.decimals)
        return options.follow(grouped_digits(number, decimals, language), exact, language)

    def json_schema(self, options: DecimalOptions) -> dict[str, Any]:
        """Describe a number."""
        return {"type": ["number", "string"]}


def _settled(text: str, decimals: int) -> str:
    """Give the number with a zero more where a comma before three digits can only be the decimal one."""
    return f"{text}0" if decimals >= 3 and re.fullmatch(r"[-−–]?\d{1,3},\d{3}", text, re.ASCII) else text
