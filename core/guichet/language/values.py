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


def write_value(value: object, type_: Type, words: Words) -> str:
    """A value as an author would write it in an expression; it reads back as the same value.

    >>> write_value(275050, Type("money"), "fr")
    '2\\u202f750,50\\xa0€'
    """
    if value is None or value is UNAVAILABLE:
        return "?"
    match type_.kind:
        case "boolean":
            return word_for("true" if value else "false", words)
        case "integer":
            return _grouped(cast("int", value), 0, ".")
        case "decimal":
            return _grouped(cast("int", value), type_.scale, ".")
        case "money":
            cents = cast("int", value)
            mark = "," if words == "fr" else "."
            return _grouped(cents, 2, mark).removesuffix(f"{mark}00") + f"{_BEFORE_UNIT}€"
        case "rate":
            return _grouped(cast("int", value), type_.scale, "," if words == "fr" else ".") + f"{_BEFORE_UNIT}%"
        case "days":
            return f"{_grouped(cast('int', value), 0, '.')} {'jours' if words == 'fr' else 'days'}"
        case "months":
            return f"{_grouped(cast('int', value), 0, '.')} {'mois' if words == 'fr' else 'months'}"
        case "date":
            return cast("date", value).isoformat()
        case "text":
            return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
        case "list":
            item = cast("Type", type_.item)
            return ", ".join(write_value(each, item, words) for each in cast("tuple[object, ...]", value))
        case "rows":
            return str(len(cast("tuple[object, ...]", value)))
        case _:
            return str(value)


def _grouped(number: int, scale: int, mark: str) -> str:
    digits = f"{abs(number):0{scale + 1}d}"
    whole, decimals = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    groups = f"{int(whole):,}".replace(",", _THOUSANDS)
    return ("-" if number < 0 else "") + groups + (f"{mark}{decimals}" if scale else "")
