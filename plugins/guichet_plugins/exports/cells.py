"""What a cell may hold: text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import date, datetime

_STARTS_A_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_YES = {"fr": ("Non", "Oui"), "en": ("No", "Yes")}


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet would run the text instead of showing it."""
    return _STARTS_A_FORMULA.match(text) is not None


def harmless(text: str) -> str:
    """Give a text that a spreadsheet shows: an apostrophe goes before what it would run.

    >>> harmless("=1+1"), harmless("SARL A")
    ("'=1+1", 'SARL A')
    """
    text = without_control(text)
    return f"'{text}" if is_risky(text) else text


def without_control(text: str) -> str:
    """Give a text without what no spreadsheet file may hold: control characters, halves of characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def yes_or_no(value: object, language: str) -> str:
    """Give the word for a boolean."""
    return _YES["en" if language == "en" else "fr"][bool(value)]


def shown_date(value: date | datetime) -> str:
    """Give a day as `17/04/2020`, an instant with its hour as well."""
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"
