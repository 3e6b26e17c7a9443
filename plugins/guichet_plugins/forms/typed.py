"""Numbers as people type them: spaces, comma or point; never guessed when two readings are possible."""

from __future__ import annotations

import re

from guichet import Invalid

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = re.compile(r"[-−+]?\d+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(r"[-−+]?[1-9]\d{0,2}(?:(?P<group>[.,'’])\d{3})+(?:(?P<mark>[.,])\d+)?", re.ASCII)
_SPACED = re.compile(r"[-−+]?\d{1,3}(?: \d{3})*(?:[.,]\d+)?", re.ASCII)
LARGEST = 2**63 - 1


def scaled_number(text: str, scale: int, example_fr: str, example_en: str) -> int:
    """Give a typed number as an integer scaled by 10**scale.

    >>> scaled_number("1 234,50", 2, "", "")
    123450
    >>> scaled_number("1.234,50", 2, "", "")
    123450

    Raises:
        Invalid: No number, two possible readings, or too many decimals.
    """
    spaced = _SPACES.sub(" ", text)
    plain = spaced.replace(" ", "")
    if " " in spaced and not _SPACED.fullmatch(spaced) and _PLAIN.fullmatch(plain):
        raise Invalid(
            fr=f"Écrivez le nombre sans espace mal placé : voulez-vous dire {plain} ?",
            en=f"Write the number without a misplaced space: do you mean {plain}?",
        )
    grouped = _GROUPED.fullmatch(plain)
    if grouped:
        plain = _without_groups(plain, grouped, scale)
    elif not _PLAIN.fullmatch(plain):
        raise Invalid(
            fr=f"Écrivez un nombre, par exemple {example_fr}.", en=f"Write a number, for example {example_en}."
        )
    whole, _, decimals = plain.replace(",", ".").replace("−", "-").partition(".")
    if len(decimals.rstrip("0")) > scale:
        raise Invalid(fr=_too_precise_fr(scale), en=_too_precise_en(scale))
    units = int(whole + decimals[:scale].ljust(scale, "0")) if len(whole) <= 20 else LARGEST + 1
    if abs(units) > LARGEST:
        raise Invalid(fr="Vérifiez ce nombre : il est trop grand.", en="Check this number: it is too large.")
    return units


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


def _without_groups(plain: str, grouped: re.Match[str], scale: int) -> str:
    group, mark = grouped["group"], grouped["mark"]
    marks = [character for character in plain if character in ".,"]
    two_readings = group in ".," and mark is None and len(marks) == 1
    if two_readings and scale < 3:
        whole, decimals = plain.split(group)
        raise Invalid(
            fr=f"Précisez « {plain} » : écrivez {whole}{decimals} ou {whole},{decimals[:2]}.",
            en=f'Say what "{plain}" means: write {whole}{decimals} or {whole}.{decimals[:2]}.',
        )
    if two_readings or group == mark:
        return plain
    return plain.replace(group, "")


def _too_precise_fr(scale: int) -> str:
    if not scale:
        return "Écrivez un nombre entier, sans virgule."
    return f"Gardez {scale} chiffre{'s' if scale > 1 else ''} au plus après la virgule."


def _too_precise_en(scale: int) -> str:
    if not scale:
        return "Write a whole number, without decimals."
    return f"Keep at most {scale} decimal{'s' if scale > 1 else ''}."
