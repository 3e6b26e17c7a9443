"""What people type, read for field types: the core's lenient readers, refusing in sentences of a plugin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from guichet.errors import hint, sentence
from guichet.errors.message import Language
from guichet.model import input as typed
from guichet.model.scalars import ScalarError
from guichet.plugin.contracts.base import Invalid

T = TypeVar("T")

_LONGEST = 100  # of a number or a date; a sentence that quotes it stays readable


def read_money(text: str) -> int:
    """Give the cents of an amount as people type it; `1.234` is asked, never guessed.

    Raises:
        Invalid: No amount, or two possible ones.
    """
    return _read(typed.read_money, text)


def read_whole(text: str) -> int:
    """Give a whole number as people type it.

    Raises:
        Invalid: No whole number, or two possible ones.
    """
    return _read(typed.read_whole, text)


def read_decimal(text: str, scale: int) -> int:
    """Give a number as people type it, as an integer scaled by 10**scale.

    Raises:
        Invalid: No number, two possible ones, or more decimals than the scale.
    """
    number = _read(typed.read_decimal, text)
    try:
        return number.to(scale)
    except ScalarError as error:
        raise Invalid(
            fr=f"Gardez {scale} chiffre{'s' if scale > 1 else ''} au plus après la virgule.",
            en=f"Keep at most {scale} decimal{'s' if scale > 1 else ''}.",
        ) from error


def read_day(text: str) -> date:
    """Give a day as people type it: `17/04/2020`, `17 avril 2020`, `2020-04-17`.

    Raises:
        Invalid: No day of the calendar, or a year without its four digits.
    """
    return _read(typed.read_day, text)


def _read(parse: Callable[[str], T], text: str) -> T:
    if len(text) > _LONGEST:
        raise Invalid(fr="Raccourcissez votre réponse.", en="Shorten your answer.")
    try:
        return parse(text)
    except ScalarError as error:
        raise Invalid(fr=_said(error, "fr"), en=_said(error, "en")) from error


def _said(error: ScalarError, language: Language) -> str:
    what = sentence(error.code, error.data, language)
    return f"{what}. {hint(error.code, error.data, language)}".strip()
