"""What a cell may hold: text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import date, datetime

from guichet import is_formula

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_YES = {"fr": ("Non", "Oui"), "en": ("No", "Yes")}


def harmless(text: str) -> str:
    """Give a text that a spreadsheet shows: an apostrophe goes before what it would run.

    >>> harmless("=1+1"), harmless("SARL A")
    ("'=1+1", 'SARL A')
    """
    text = without_control(text)
    return f"'{text}" if is_formula(text) else text


def without_control(text: str) -> str:
    """Give a text without what no spreadsheet file may hold: control characters, halves of characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def yes_or_no(value: object, language: str) -> str:
    """Give the word for a boolean."""
    return _YES["en" if language == "en" else "fr"][bool(value)]


def shown_date(value: date | datetime) -> str:
    """Give a day as `17/04/2020`, an instant with its hour as well."""
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"
