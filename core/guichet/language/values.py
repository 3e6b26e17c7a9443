"""Values at run time: the mark of a silent source, and how a value is written in the language."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final, cast

from guichet.language.types import Type
from guichet.language.words import Words, word_for


class Unavailable(Enum):
    """The one value of a source that does not answer."""

    UNAVAILABLE = "unavailable"


UNAVAILABLE: Final = Unavailable.UNAVAILABLE

_THOUSANDS: Final = "\u202f"
_BEFORE_UNIT: Final = "\u00a0"


_PERIODS: Final[dict[str, dict[Words, str]]] = {
    "": {"fr": "", "en": ""},
    "month": {"fr": "/mois", "en": "/month"},
    "year": {"fr": "/an", "en": "/year"},
}


def write_value(value: object, type_: Type, words: Words) -> str:
    """A value as an author would write it in an expression; it reads back as the same value.

    >>> write_value(275050, Type("money"), "fr")
    '2\\u202f750,50\\xa0€'
    """
    if value is None or value is UNAVAILABLE:
        return "?"
    mark = "," if words == "fr" else "."
    match value:
        case bool():
            return word_for("true" if value else "false", words)
        case date():
            return value.isoformat()
        case int():
            return _number(value, type_, words, mark)
        case str() if type_.kind == "text":
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple() if type_.item is not None:
            held = cast("tuple[object, ...]", value)
            return ", ".join(write_value(each, type_.item, words) for each in held)
        case tuple():
            return str(len(cast("tuple[object, ...]", value)))
        case _:
            return str(value)


def _number(value: int, type_: Type, words: Words, mark: str) -> str:
    match type_.kind:
        case "money":
            return _grouped(value, 2, mark).removesuffix(f"{mark}00") + f"{_BEFORE_UNIT}€{_PERIODS[type_.per][words]}"
        case "rate":
            return _grouped(value, type_.scale, mark) + f"{_BEFORE_UNIT}%"
        case "days":
            return f"{_grouped(value, 0, mark)} {'jours' if words == 'fr' else 'days'}"
        case "months":
            return f"{_grouped(value, 0, mark)} {'mois' if words == 'fr' else 'months'}"
        case _:
            return _grouped(value, type_.scale, ".")


def _grouped(number: int, scale: int, mark: str) -> str:
    digits = f"{abs(number):0{scale + 1}d}"
    whole, decimals = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    groups = f"{int(whole):,}".replace(",", _THOUSANDS)
    return ("-" if number < 0 else "") + groups + (f"{mark}{decimals}" if scale else "")
