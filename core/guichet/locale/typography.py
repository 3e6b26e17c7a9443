"""French typography: the spaces that must not break a line, the apostrophe."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["typeset", "typeset_page"]

_NARROW = "\u202f"
_WIDE = "\u00a0"
_BEFORE_HIGH = re.compile(r" (?=[;!?])")
_BEFORE_WIDE = re.compile(r" (?=[:»€%])|(?<=«) ")
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE_UNIT = re.compile(r"(?<=[\d}]) (?=[kMG]o\b)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_]|«)")
_AFTER_SIGN = re.compile(r"(?<=[nN]°) |(?<=\bart\.) |(?<=\b[LRD]\.) (?=\d)")


@lru_cache(4_000)  # labels come back on every page
def typeset(text: str) -> str:
    """Gives the text with no-break spaces where French typography has them.

    >>> typeset("Pourquoi ? 5 000 € : art. 4, 10 Mo").split(" ")
    ['Pourquoi\\u202f?', '5\\u202f000\\xa0€\\xa0:', 'art.\\xa04,', '10\\xa0Mo']
    """
    text = _BEFORE_HIGH.sub(_NARROW, text)
    text = _IN_NUMBER.sub(_NARROW, text)
    text = _BEFORE_UNIT.sub(_WIDE, _BEFORE_WIDE.sub(_WIDE, text))
    return _AFTER_SIGN.sub(_WIDE, text)


@lru_cache(4_000)  # as above
def typeset_page(text: str) -> str:
    """Gives the same with curved apostrophes, for a page: terminals and exchanges keep those that are typed.

    >>> typeset_page("l'aide d'aujourd'hui, d'1 €, à '7'")
    "l’aide d’aujourd’hui, d’1\\xa0€, à '7'"
    """
    return _APOSTROPHE.sub("’", typeset(text))
