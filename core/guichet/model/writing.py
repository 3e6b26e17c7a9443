"""Amounts and days as people read them, in French and in English."""

from __future__ import annotations

from datetime import date

from guichet.errors import Language

__all__ = ["format_day", "format_money", "format_number"]

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def format_money(cents: int, language: Language) -> str:
    """An amount with its cents, never broken over two lines.

    >>> format_money(200000, "en")
    '€2,000.00'
    >>> format_money(200000, "fr").replace(NO_BREAK, "~").replace(NARROW_NO_BREAK, "_")
    '2_000,00~€'
    """
    number = format_number(abs(cents), language, scale=2)
    minus = ("−" if language == "fr" else "-") if cents < 0 else ""
    return f"{minus}{number}{NO_BREAK}€" if language == "fr" else f"{minus}€{number}"


def format_number(units: int, language: Language, scale: int = 0) -> str:
    """A number given in units of its scale, with its thousands apart and all its decimals."""
    whole, decimals = divmod(abs(units), 10**scale)
    grouped = f"{whole:,}"
    if language == "fr":
        grouped = grouped.replace(",", NARROW_NO_BREAK)
    minus = ("−" if language == "fr" else "-") if units < 0 else ""
    mark = "," if language == "fr" else "."
    return f"{minus}{grouped}{mark}{decimals:0{scale}}" if scale else f"{minus}{grouped}"


def format_day(day: date, language: Language) -> str:
    """A day in words.

    >>> format_day(date(2020, 4, 1), "fr"), format_day(date(2020, 4, 20), "en")
    ('1er avril 2020', '20 April 2020')
    """
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"
