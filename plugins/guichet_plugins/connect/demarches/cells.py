"""From a champ, or a place of a dossier, to the value of a column: null is no value, another type is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guichet import Invalid, read_day, read_money, read_whole

_MONTH = re.compile(r"(?:(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{2})/(?P<y2>\d{4}))(?:-\d{2})?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?", re.ASCII)
_LARGEST = 1 << 62
_YES_NO = {"true": True, "oui": True, "false": False, "non": False}


def value_of(champ: Mapping[str, Any]) -> Any:
    """Give what a champ holds, as its own type says it; its text when it says nothing of its type."""
    for name in ("integerNumber", "decimalNumber", "checked", "date", "text"):
        if name in champ:
            return champ[name]
    place = champ.get("etablissement")
    if isinstance(place, dict):
        return place.get("siret")
    return champ.get("stringValue")


def read_as(kind: str, value: Any) -> Any:
    """Give a value as its column's type; None for null or nothing.

    Raises:
        Invalid: It is of another type.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[kind](value)


def _text(value: Any) -> str:
    if isinstance(value, bool | dict | list):
        raise _other("un texte", "a text", value)
    return str(value).strip()


def _integer(value: Any) -> int:
    if isinstance(value, str):
        return read_whole(value)  # a BigInt comes as text
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value):
        raise _other("un nombre entier", "a whole number", value)
    return _bounded(int(value), value)


def _money(value: Any) -> int:
    if isinstance(value, str):
        return read_money(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _other("un montant", "an amount", value)
    cents = Decimal(value) * 100
    if cents != cents.to_integral_value():
        raise _other("un montant au centime", "an amount to the cent", value)
    return _bounded(int(cents), value)


def _date(value: Any) -> date:
    if not isinstance(value, str):
        raise _other("une date", "a date", value)
    found = _ISO_DAY.fullmatch(value.strip())
    try:
        return date.fromisoformat(found[1]) if found else read_day(value)
    except ValueError as error:
        raise _other("une date", "a date", value) from error


def _month(value: Any) -> str:
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not 1 <= int(found["m"] or found["m2"]) <= 12:
        raise _other("un mois", "a month", value)
    return f"{found['y'] or found['y2']}-{found['m'] or found['m2']}"


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in _YES_NO:
        return _YES_NO[value.strip().casefold()]
    raise _other("oui ou non", "yes or no", value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "month": _month,
    "boolean": _boolean,
}


def _bounded(number: int, value: Any) -> int:
    if abs(number) >= _LARGEST:
        raise _other("un nombre", "a number", value)
    return number


def _other(fr: str, en: str, value: Any) -> Invalid:
    shown = str(value)[:60]
    return Invalid(fr=f"« {shown} » n'est pas {fr}.", en=f'"{shown}" is not {en}.')
