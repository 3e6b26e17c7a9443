"""Numbers as people read and software writes them, and the bounds they are held to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from guichet import Context, Invalid, Json, Options, TextFieldType

Asked = TypeVar("Asked", bound=Options)


class NumberFieldType(TextFieldType[Asked]):
    """A field whose value is a number: typed, `1.234` may be a thousand; as a JSON number it has one reading."""

    def read(self, given: Json, options: Asked, context: Context) -> int | None:
        """Take a JSON number, or text as `parse`."""
        if isinstance(given, Decimal) and given.is_finite():
            whole, _, decimals = format(given, "f").partition(".")
            decimals = decimals.rstrip("0")
            asked = len(decimals) == 3 and len(whole.lstrip("-")) <= 3  # of who types it: 1.234 may be a thousand
            given = f"{whole}.{decimals}{'0' * asked}" if decimals else whole
        return super().read(given, options, context)


def grouped_digits(units: int, scale: int, language: str) -> str:
    """Give a scaled integer as people read it, all decimals shown.

    >>> grouped_digits(-123450, 2, "fr")
    '−1\\u202f234,50'
    """
    digits = f"{abs(units):0{scale + 1}d}"
    whole, decimals = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    group, mark = ("\u202f", ",") if language == "fr" else (",", ".")
    shown = f"{int(whole):,}".replace(",", group)
    return ("−" if units < 0 else "") + shown + (f"{mark}{decimals}" if scale else "")


def check_bounds(units: int, least: int | None, greatest: int | None, show: Callable[[int, str], str]) -> None:
    """Refuse a number outside its bounds; `show` gives a bound as text in a language.

    Raises:
        Invalid: The number is too small or too large.
    """
    if least is not None and units < least:
        raise Invalid(
            fr=f"Donnez un nombre au moins égal à {show(least, 'fr')}.",
            en=f"Give a number of at least {show(least, 'en')}.",
        )
    if greatest is not None and units > greatest:
        raise Invalid(
            fr=f"Donnez un nombre au plus égal à {show(greatest, 'fr')}.",
            en=f"Give a number of at most {show(greatest, 'en')}.",
        )
