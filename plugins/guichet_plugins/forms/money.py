"""Amounts in euros, kept in whole cents."""

from __future__ import annotations

from typing import Any, Literal

from guichet import MONEY, MONEY_PER_MONTH, MONEY_PER_YEAR, Cents, Context, Options, Type, read_money
from guichet_plugins.forms.typed import NumberFieldType, check_bounds, grouped_digits

_PERIODS = {
    "fr": {"month": " par mois", "year": " par an"},
    "en": {"month": " a month", "year": " a year"},
}


class MoneyOptions(Options):
    """The least and the greatest amount taken."""

    french = {
        "min": "La plus petite somme acceptée.",
        "max": "La plus grande somme acceptée.",
        "per": "La somme est par mois (`month`) ou par an (`year`) : les règles ne les mêlent jamais.",
    }

    min: Cents | None = None
    """The least amount taken."""
    max: Cents | None = None
    """The greatest amount taken."""
    per: Literal["month", "year"] | None = None
    """The amount is one per month, or per year: rules never mix them."""


class Money(NumberFieldType[MoneyOptions]):
    """An amount: `1 234,50`, `1234.5`, with or without €; `1.234` is asked, never guessed."""

    key = "money"
    Options = MoneyOptions
    widget = "money"
    input_mode = "decimal"

    def rule_type(self, options: MoneyOptions) -> Type:
        """Rules see money, per month or per year where the field says so."""
        return {"month": MONEY_PER_MONTH, "year": MONEY_PER_YEAR}[options.per] if options.per else MONEY

    def bounds(self, options: MoneyOptions) -> tuple[int | None, int | None]:
        """Give the declared bounds, in cents."""
        return options.min, options.max

    def from_text(self, text: str, options: MoneyOptions, context: Context) -> int:
        """Take an amount within its bounds, as cents."""
        cents = read_money(text)
        check_bounds(cents, options.min, options.max, euros)
        return cents

    def show(self, value: int | None, options: MoneyOptions, language: str) -> str:
        """Give « 1 234,50 € », in English €1,234.50; cents are left out when there are none."""
        period = _PERIODS[language][options.per] if options.per else ""
        return "" if value is None else euros(value, language) + period

    def json_schema(self, options: MoneyOptions) -> dict[str, Any]:
        """Describe a number of euros, or its text."""
        return {"type": ["number", "string"]}


def euros(cents: int, language: str) -> str:
    """Give an amount as people read it."""
    shown = grouped_digits(cents, 2, language)
    shown = shown[:-3] if cents % 100 == 0 else shown
    if language == "fr":
        return f"{shown}\u00a0€"
    return shown.replace("−", "−€") if cents < 0 else f"€{shown}"
