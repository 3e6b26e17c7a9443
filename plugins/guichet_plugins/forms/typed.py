"""Numbers as people read them, and the bounds they are held to."""

from __future__ import annotations

from guichet import Invalid


def grouped_digits(units: int, scale: int, language: str) -> str:
    """Give a scaled integer as people read it, all decimals shown.

    >>> grouped_digits(-123450, 2, "fr")
    '-1\\u202f234,50'
    """
    digits = f"{abs(units):0{scale + 1}d}"
    whole, decimals = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    group, mark = ("\u202f", ",") if language == "fr" else (",", ".")
    shown = f"{int(whole):,}".replace(",", group)
    return ("-" if units < 0 else "") + shown + (f"{mark}{decimals}" if scale else "")


def check_bounds(units: int, least: int | None, greatest: int | None, shown_fr: list[str], shown_en: list[str]) -> None:
    """Refuse a number outside its bounds; `shown_*` are both bounds as text.

    Raises:
        Invalid: The number is too small or too large.
    """
    if least is not None and units < least:
        raise Invalid(
            fr=f"Donnez un nombre au moins égal à {shown_fr[0]}.", en=f"Give a number of at least {shown_en[0]}."
        )
    if greatest is not None and units > greatest:
        raise Invalid(
            fr=f"Donnez un nombre au plus égal à {shown_fr[1]}.", en=f"Give a number of at most {shown_en[1]}."
        )
