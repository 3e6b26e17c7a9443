"""The brand of a territory: initials and colours."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import field_validator

from guichet.model.base import Value, declaration_error
from guichet.model.scalars import ScalarError
from guichet.model.types import from_text

__all__ = ["Brand", "Colour", "Initials"]

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def _parse_colour(text: str) -> str:
    if not _COLOUR.fullmatch(text.lower()):
        raise ScalarError("territory.colour", {"text": text})
    return text.lower()


def _parse_initials(text: str) -> str:
    if not re.fullmatch(r"\w{1,5}", text):
        raise ScalarError("territory.initials", {"text": text})
    return text


Colour = Annotated[str, from_text(_parse_colour)]
"""`#rrggbb`; the colour scale derives from it every shade that has enough contrast."""
Initials = Annotated[str, from_text(_parse_initials)]


class Brand(Value):
    """The initials and colours from which the logo and the theme are made."""

    initials: Initials
    """One to five letters."""
    colours: tuple[Colour, ...]
    """Two to four colours, `#rrggbb`."""

    @field_validator("colours")
    @classmethod
    def _two_to_four(cls, colours: tuple[str, ...]) -> tuple[str, ...]:
        if not 2 <= len(colours) <= 4:
            raise declaration_error("territory.colours", count=len(colours))
        return colours
