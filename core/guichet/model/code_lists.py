"""Lists of official codes that rules ask about: activities, communes, groupings of communes."""

from __future__ import annotations

from pydantic import Field

from guichet.model.base import ALIASED, Value
from guichet.model.types import Identifier, Text


class CodeList(Value):
    """Codes by their beginnings, with exceptions; rules ask with `… in list ‹id›`."""

    label: Text = ""
    """The name people read."""
    nomenclature: Identifier | None = None
    """The table that holds every code, such as `naf_rev2`: a beginning that starts none of its codes is refused."""
    codes: tuple[Text, ...] = Field(min_length=1)
    """The codes, or how they begin: `"55"` takes all of 55.10Z, 55.20Z…"""
    but: tuple[Text, ...] = Field(default=(), alias="except")
    """Codes, or beginnings, taken out again."""
    legal: Text = ""
    """The text that lists them."""
    unverified: Text = ""
    """Why the sources do not settle this list, shown by `guichet check`."""
    model_config = ALIASED
