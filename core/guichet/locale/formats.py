"""How days, instants, numbers and money are written on screens and letters: text only, nothing to round later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guichet.locale.texts import Language

__all__ = [
    "MONTH_NAMES",
    "format_date",
    "format_day",
    "format_instant",
    "format_money",
    "format_month",
    "format_number",
    "format_siren",
    "format_size",
]

_NARROW = "\u202f"  # narrow no-break space: groups of digits, before : ; ! ?
_WIDE = "\u00a0"  # no-break space: before a unit
_MINUS = "\N{MINUS SIGN}"
MONTH_NAMES: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip
"""The twelve months in each language."""


def format_day(day: date, language: str = "fr") -> str:
    """Gives a day in words.

    >>> format_day(date(2020, 4, 1)), format_day(date(2020, 4, 20), "en")
    ('1er avril 2020', '20 April 2020')
    """
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{number} {format_month(day, language)}"


def format_date(day: date) -> str:
    """Gives a day in figures, as it is typed: 20/04/2020."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_month(day: date, language: str = "fr") -> str:
    """Gives the month of a day in words: mars 2020."""
    return f"{MONTH_NAMES[language][day.month - 1]} {day.year}"


def format_instant(instant: datetime, language: Language = "fr") -> str:
    """Gives a day and an hour; the instant is already in the territory's time zone."""
    if language == "fr":
        return f"{format_day(instant)} à {instant.hour}{_WIDE}h{_WIDE}{instant.minute:02d}"
    return f"{format_day(instant, language)} at {instant:%H:%M}"


def format_number(value: int, scale: int = 0, language: Language = "fr") -> str:
    """Gives a scaled integer: `format_number(-12345, 1)` is −1 234,5 in French, with the minus sign of figures."""
    group, point = (_NARROW, ",") if language == "fr" else (",", ".")
    whole, rest = divmod(abs(value), 10**scale)
    digits = f"{whole:,}".replace(",", group)
    fraction = f"{point}{rest:0{scale}d}" if scale else ""
    return (_MINUS if value < 0 else "") + digits + fraction


def format_siren(siren: str) -> str:
    """Gives a SIREN in groups of three, as papers write it; anything else as it is.

    >>> format_siren("349998831").split("\N{NO-BREAK SPACE}"), format_siren("")
    (['349', '998', '831'], '')
    """
    whole = len(siren) == 9 and siren.isdigit()
    return _WIDE.join((siren[:3], siren[3:6], siren[6:])) if whole else siren


def format_size(size: int, language: str = "fr") -> str:
    """Gives the size of a file, in units of a thousand bytes.

    >>> format_size(84_310), format_size(999_500), format_size(10, "en")
    ('84\\xa0ko', '1,0\\xa0Mo', '1\\xa0kB')
    """
    kilo, mega = ("ko", "Mo") if language == "fr" else ("kB", "MB")
    if size < 999_500:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}{kilo}"
    text = f"{size / 1_000_000:.1f}"
    return f"{text.replace('.', ',') if language == 'fr' else text}\N{NO-BREAK SPACE}{mega}"


def format_money(cents: int, language: Language = "fr") -> str:
    """Gives an amount; whole euros are written without cents: 2 000 €, 1 234,50 €."""
    amount = format_number(cents, 2, language) if cents % 100 else format_number(cents // 100, 0, language)
    if language == "fr":
        return f"{amount}{_WIDE}€"
    return amount.replace(_MINUS, f"{_MINUS}€") if cents < 0 else f"€{amount}"
