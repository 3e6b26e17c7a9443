"""Texts that a spreadsheet would run instead of showing: what an applicant typed stands in the tables of agents."""

from __future__ import annotations

import re

__all__ = ["is_formula"]

_STARTS_ONE = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def is_formula(text: str) -> bool:
    """Give whether a spreadsheet would take a text for a formula, blanks and full-width signs included.

    >>> is_formula(" =1+1"), is_formula("\uff1d1+1"), is_formula("SARL A-B")
    (True, True, False)
    """
    return _STARTS_ONE.match(text) is not None
