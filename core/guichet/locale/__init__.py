"""The texts of the screens, in French and English, and how dates, numbers and money are written."""

from guichet.locale.formats import (
    MONTH_NAMES,
    format_date,
    format_day,
    format_instant,
    format_money,
    format_month,
    format_number,
    format_siren,
    format_size,
)
from guichet.locale.texts import LANGUAGES, Language, MissingTextError, Text, Texts
from guichet.locale.typography import typeset, typeset_page

__all__ = [
    "LANGUAGES",
    "MONTH_NAMES",
    "Language",
    "MissingTextError",
    "Text",
    "Texts",
    "format_date",
    "format_day",
    "format_instant",
    "format_money",
    "format_month",
    "format_number",
    "format_siren",
    "format_size",
    "typeset",
    "typeset_page",
]
