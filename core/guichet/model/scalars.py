"""Strict parsers of the short texts a declaration holds: money, numbers, days, periods, names.

Each takes the text of one scalar and gives a value, or raises ScalarError with the code of a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NewType, NoReturn

from guichet.errors import GuichetError
from guichet.errors.spelling import unaccented
from guichet.locale import MONTH_NAMES
from guichet.model.days import add_days, add_months

Cents = NewType("Cents", int)
PeriodUnit = Literal["days", "months", "years"]

CURRENT_FORMAT = 1
"""The format of declarations that this program writes and reads."""
LARGEST = 2**63 - 1  # what every database and dataframe holds as a whole number

_SPACES = " \u00a0\u202f"  # space, no-break space, narrow no-break space
_WHOLE = rf"[-−]?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)"
_NUMBER = re.compile(rf"(?P<whole>{_WHOLE})(?:(?P<mark>[.,])(?P<decimals>\d+))?(?P<unit>[{_SPACES}]?[€%])?", re.ASCII)
_GROUPED = re.compile(
    rf"(?P<whole>-?[1-9]\d{{0,2}}(?P<mark>[.,'’_])\d{{3}}(?:(?P=mark)\d{{3}})*)(?:[.,](?P<decimals>\d{{1,2}}))?[{_SPACES}]?€?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+(\d{4})", re.ASCII)
_MONTHS = tuple(unaccented(name) for name in MONTH_NAMES["fr"])
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?", re.ASCII)
_PERIOD = re.compile(rf"(\d{{1,5}})[{_SPACES}]([a-zé]+)", re.ASCII | re.IGNORECASE)
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_UNITS: Mapping[str, PeriodUnit] = {
    "day": "days",
    "days": "days",
    "jour": "days",
    "jours": "days",
    "month": "months",
    "months": "months",
    "mois": "months",
    "year": "years",
    "years": "years",
    "an": "years",
    "ans": "years",
    "année": "years",
    "années": "years",
}
_FLAG_WORDS = {
    **dict.fromkeys(("yes", "y", "oui", "o", "on", "vrai", "1"), "true"),
    **dict.fromkeys(("no", "n", "non", "off", "faux", "0"), "false"),
}


class ScalarError(GuichetError):
    """A text that is not the value expected: the code of a message and the values it quotes."""

    def __init__(self, code: str, data: Mapping[str, object]) -> None:
        self.code = code
        self.data = dict(data)
        super().__init__(f"{code} {self.data}")


@dataclass(frozen=True, slots=True)
class Scaled:
    """An exact decimal as a whole number of units of 10 to the power of minus its scale."""

    units: int
    scale: int

    def to(self, scale: int) -> int:
        """The same number in units of another scale; raises ScalarError when digits would be lost."""
        if scale >= self.scale:
            return self.units * 10 ** (scale - self.scale)
        whole, rest = divmod(self.units, 10 ** (self.scale - scale))
        if rest:
            _refuse("scalar.too_many_decimals", str(self.decimal()), allowed=scale)
        return whole

    def decimal(self) -> Decimal:
        """The same number as a Decimal."""
        return Decimal(self.units).scaleb(-self.scale)


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days, months or years, as the law counts them."""

    count: int
    unit: PeriodUnit

    def after(self, day: date) -> date:
        """The day that comes this long after: the same day of the month, or the last one of a shorter month.

        >>> Period(1, "months").after(date(2020, 1, 31))
        datetime.date(2020, 2, 29)
        """
        return self._moved(day, self.count)

    def before(self, day: date) -> date:
        """The day that comes this long before, with the same rule for short months."""
        return self._moved(day, -self.count)

    def _moved(self, day: date, count: int) -> date:
        if self.unit == "days":
            return add_days(day, count)
        return add_months(day, count * (12 if self.unit == "years" else 1))


def parse_money(text: str) -> Cents:
    """The cents of an amount in euros.

    >>> parse_money("3 500,50 €")
    350050
    >>> parse_money("1000")
    100000
    """
    if (meant := _money_guess(text)) is not None:
        _refuse("scalar.money", text, meant=meant)
    number, unit = _number(text, "scalar.money")
    if unit == "%":
        _refuse("scalar.money", text)
    if number.scale > 2:
        _refuse("scalar.too_many_decimals", text, allowed=2)
    return Cents(_bounded(number.to(2), text))


def parse_whole(text: str) -> int:
    """A whole number, with or without spaces between groups of three digits."""
    number, unit = _number(text, "scalar.whole")
    if unit or number.scale:
        _refuse("scalar.whole", text)
    return _bounded(number.units, text)


def parse_decimal(text: str) -> Scaled:
    """An exact decimal number written with a point."""
    number, unit = _number(text, "scalar.decimal")
    if unit:
        _refuse("scalar.decimal", text)
    _bounded(number.units, text)
    return number


def parse_rate(text: str) -> Scaled:
    """A percentage, in units of its own decimals as the rule language counts rates.

    >>> parse_rate("37.5 %")
    Scaled(units=375, scale=1)
    """
    number, unit = _number(text, "scalar.rate")
    if unit != "%":
        _refuse("scalar.rate", text)
    _bounded(number.units, text)
    return number


def parse_format(text: str) -> int:
    """The format of a declaration, one that this program reads."""
    if text != str(CURRENT_FORMAT):
        _refuse("scalar.format", text, current=CURRENT_FORMAT)
    return CURRENT_FORMAT


def parse_flag(text: str) -> bool:
    """`true` or `false`, and no other word for them."""
    if text not in {"true", "false"}:
        _refuse("scalar.flag", text, meant=_FLAG_WORDS.get(text.casefold()) or _lower_flag(text))
    return text == "true"


FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Between which years the days of declarations lie."""


def parse_day(text: str) -> date:
    """A day written year first, as `2020-04-01`."""
    if not _DAY.fullmatch(text):
        _refuse("scalar.day", text, meant=_day_guess(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        _refuse("scalar.no_such_day", text)
    return _near(day, text)


def _near(day: date, text: str) -> date:
    """A day of a year that declarations speak of: 2200 is a slip for 2020."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _refuse("scalar.far_day", text, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def parse_instant(text: str) -> datetime:
    """A local time without zone, as `2020-04-15T08:00`; the zone is the territory's."""
    if not _INSTANT.fullmatch(text):
        day = text if _DAY.fullmatch(text) else _day_guess(text)
        _refuse("scalar.instant", text, meant=day and f"{day}T08:00")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        _refuse("scalar.no_such_day", text)


def parse_period(text: str) -> Period:
    """A length of time in days, months or years, in English or French words."""
    found = _PERIOD.fullmatch(text)
    unit = _UNITS.get(found[2].casefold()) if found else None
    if found is None or unit is None:
        _refuse("scalar.period", text)
    return Period(int(found[1]), unit)


def parse_identifier(text: str) -> str:
    """A name that expressions can use: letters, digits and `_`, no hyphen, no digit first."""
    if not _IDENTIFIER.fullmatch(text):
        _refuse("scalar.identifier", text, meant=_identifier_guess(text))
    return text


def parse_slug(text: str) -> str:
    """A name for folders and addresses: small letters without accents, digits, hyphens between them."""
    if not _SLUG.fullmatch(text):
        _refuse("scalar.slug", text, meant=_slug_guess(text))
    return text


def _number(text: str, code: str) -> tuple[Scaled, str]:
    """The number and its unit; a comma without unit is refused, since it may separate thousands."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        _refuse(code, text)
    decimals, unit = found["decimals"] or "", (found["unit"] or "").strip(_SPACES)
    if found["mark"] == "," and not unit:
        _refuse("scalar.comma_without_unit", text, point=text.replace(",", "."))
    digits = re.sub(rf"[{_SPACES}]", "", found["whole"]).replace("−", "-")
    if len(digits) + len(decimals) > 30:
        _refuse("scalar.too_large", text)
    return Scaled(int(digits + decimals), len(decimals)), unit


def _bounded(number: int, text: str) -> int:
    if abs(number) > LARGEST:
        _refuse("scalar.too_large", text)
    return number


def _slug_guess(text: str) -> str | None:
    return re.sub(r"[^a-z0-9]+", "-", unaccented(text).casefold()).strip("-") or None


def _lower_flag(text: str) -> str | None:
    return text.casefold() if text.casefold() in {"true", "false"} else None


def _money_guess(text: str) -> str | None:
    """The amount that groups of three digits cut by a point, a comma or a sign stand for: proposed, never taken."""
    found = _GROUPED.fullmatch(text)
    if found is None or (found["decimals"] and text[found.start("decimals") - 1] == found["mark"]):
        return None
    whole = found["whole"].replace(found["mark"], " ")
    return f"{whole},{found['decimals']} €" if found["decimals"] else f"{whole} €"


def _day_guess(text: str) -> str | None:
    """The day a French date stands for, in figures or in words, to be proposed and never taken."""
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text, re.ASCII)
    said = (found[3], found[2], found[1]) if found else day_in_words(text)
    try:
        return date(*map(int, said)).isoformat() if said else None
    except ValueError:
        return None


def day_in_words(text: str) -> tuple[str, str, str] | None:
    """Year, month and day, in figures, of a French date in words; None for anything else.

    >>> day_in_words("1er février 2020")
    ('2020', '2', '1')
    """
    found = _IN_WORDS.fullmatch(unaccented(text).casefold())
    return (found[3], str(_MONTHS.index(found[2]) + 1), found[1]) if found and found[2] in _MONTHS else None


def _identifier_guess(text: str) -> str | None:
    guess = re.sub(r"\W+", "_", text).strip("_").casefold()
    return guess if _IDENTIFIER.fullmatch(guess) else None


def _refuse(code: str, text: str, **data: object) -> NoReturn:
    raise ScalarError(code, {"text": text, **data})
