"""Days and months of the calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from guichet import (
    DATE,
    MONTH_NAMES,
    TEXT,
    Context,
    Day,
    Flag,
    Invalid,
    Json,
    Options,
    TextFieldType,
    Type,
    format_day,
    format_month,
    read_day,
)

_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_FRENCH_MONTH = re.compile(r"(\d{1,2})[/. -](\d{4})", re.ASCII)
_WORDS = re.compile(r"([^\W\d]+)\s+(\d{4})")


class DateOptions(Options):
    """The first and the last day taken."""

    french = {
        "min": "Le premier jour accepté.",
        "max": "Le dernier jour accepté.",
        "not_in_future": "Aucun jour après aujourd'hui n'est accepté.",
    }

    min: Day | None = None
    """The first day taken."""
    max: Day | None = None
    """The last day taken."""
    not_in_future: Flag = False
    """No day after today is taken."""


class Date(TextFieldType[DateOptions]):
    """A day: `17/04/2020`, `17 avril 2020` or `2020-04-17`."""

    key = "date"
    Options = DateOptions
    widget = "date"

    def rule_type(self, options: DateOptions) -> Type:
        """Rules see a date."""
        return DATE

    def from_text(self, text: str, options: DateOptions, context: Context) -> date:
        """Take a day of the calendar within its bounds."""
        day = _near(read_day(text))
        latest = min(
            (bound for bound in (options.max, context.today if options.not_in_future else None) if bound), default=None
        )
        if options.min and day < options.min:
            raise Invalid(
                fr=f"Donnez une date à partir du {format_day(options.min, 'fr')}.",
                en=f"Give a date from {format_day(options.min, 'en')} on.",
            )
        if latest and day > latest:
            raise Invalid(
                fr=f"Donnez une date jusqu'au {format_day(latest, 'fr')}.",
                en=f"Give a date up to {format_day(latest, 'en')}.",
            )
        return day

    def dump(self, value: date | None, options: DateOptions) -> Json:
        """Keep the ISO text."""
        return None if value is None else value.isoformat()

    def load(self, stored: Any, options: DateOptions) -> date | None:
        """Give back the day."""
        return None if stored is None else date.fromisoformat(stored)

    def show(self, value: date | None, options: DateOptions, language: str) -> str:
        """Give « 17 avril 2020 »."""
        return "" if value is None else format_day(value, language)

    def json_schema(self, options: DateOptions) -> dict[str, Any]:
        """Describe an ISO date."""
        return {"type": "string", "format": "date"}


class MonthOptions(Options):
    """The first and the last month taken, by one of their days."""

    french = {
        "min": "Un jour du premier mois accepté.",
        "max": "Un jour du dernier mois accepté.",
    }

    min: Day | None = None
    """A day of the first month taken."""
    max: Day | None = None
    """A day of the last month taken."""


class Month(TextFieldType[MonthOptions]):
    """A month: `03/2020`, `mars 2020` or `2020-03`; kept as `2020-03`."""

    key = "month"
    Options = MonthOptions
    widget = "month"

    def rule_type(self, options: MonthOptions) -> Type:
        """Rules see the text `2020-03`."""
        return TEXT

    def from_text(self, text: str, options: MonthOptions, context: Context) -> str:
        """Take a month of the calendar within its bounds."""
        first = _near(_first_of_month(text))
        if options.min and first < options.min.replace(day=1):
            raise Invalid(
                fr=f"Le premier mois possible est {format_month(options.min, 'fr')}.",
                en=f"The first possible month is {format_month(options.min, 'en')}.",
            )
        if options.max and first > options.max:
            raise Invalid(
                fr=f"Le dernier mois possible est {format_month(options.max, 'fr')}.",
                en=f"The last possible month is {format_month(options.max, 'en')}.",
            )
        return f"{first:%Y-%m}"

    def show(self, value: str | None, options: MonthOptions, language: str) -> str:
        """Give « mars 2020 »."""
        return "" if value is None else format_month(date.fromisoformat(f"{value}-01"), language)

    def json_schema(self, options: MonthOptions) -> dict[str, Any]:
        """Describe a month."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$"}


def _first_of_month(text: str) -> date:
    if found := _ISO_MONTH.fullmatch(text):
        return _existing(found[1], found[2])
    if found := _FRENCH_MONTH.fullmatch(text):
        return _existing(found[2], found[1])
    if (found := _WORDS.fullmatch(text)) and (month := _month_number(found[1])):
        return _existing(found[2], str(month))
    raise Invalid(
        fr="Écrivez le mois et l'année, par exemple 03/2020.",
        en="Write the month and the year, for example 03/2020.",
    )


def _month_number(word: str) -> int | None:
    names = {name.casefold(): number for names in MONTH_NAMES.values() for number, name in enumerate(names, 1)}
    bare = {"fevrier": 2, "aout": 8, "decembre": 12}
    return names.get(word.casefold()) or bare.get(word.casefold())


def _existing(year: str, month: str) -> date:
    try:
        return date(int(year), int(month), 1)
    except ValueError as error:
        raise Invalid(
            fr="Vérifiez le mois : il s'écrit de 01 à 12.", en="Check the month: it is written from 01 to 12."
        ) from error


def _near(day: date) -> date:
    if not 1900 <= day.year <= 2199:
        raise Invalid(fr="Vérifiez l'année, sur quatre chiffres.", en="Check the year, on four digits.")
    return day
