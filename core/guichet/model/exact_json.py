"""JSON read exactly: no float, no number longer than any amount, nothing said twice."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NoReturn

__all__ = ["InexactError", "read_exactly"]

_LONGEST_NUMBER = 40
"""Digits beyond any amount or count; JSON allows numbers that would take minutes to read."""
_LONGEST_QUOTE = 12


class InexactError(ValueError):
    """JSON that is well formed and cannot be kept as it is.

    Args:
        fault: `number`, for one too long or none at all (NaN); `said_twice`, for a key that stands twice.
        value: The number, shortened where it is too long, or the key.
    """

    def __init__(self, fault: Literal["number", "said_twice"], value: str) -> None:
        self.fault, self.value = fault, value
        super().__init__(f"{fault}: {value}")


def read_exactly(text: str) -> object:
    """What a text of JSON says, its whole numbers as int and its fractions as Decimal.

    Raises:
        InexactError: Something in it cannot be kept as it is.
        json.JSONDecodeError: It is no JSON.
        RecursionError: It is too deep.

    >>> read_exactly('{"montant": 1500.10}')
    {'montant': Decimal('1500.10')}
    """
    return _DECODER.decode(text)


def _exact(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent of more digits than a Decimal counts
        _no_number(text)
    if len(text) > _LONGEST_NUMBER or not -_LONGEST_NUMBER < number.adjusted() < _LONGEST_NUMBER:
        _no_number(text)
    return number


def _whole(text: str) -> int:
    return int(text) if len(text) <= _LONGEST_NUMBER else _no_number(text)


def _no_number(text: str) -> NoReturn:
    raise InexactError("number", text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_QUOTE]}…")


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise InexactError("said_twice", next(name for name in names if names.count(name) > 1))
    return found


_DECODER = json.JSONDecoder(
    parse_float=_exact, parse_int=_whole, parse_constant=_no_number, object_pairs_hook=_without_repetition
)
