"""Which integers stand for the values of a type."""

from __future__ import annotations

from guichet.language.bounds import usual
from guichet.language.bulk.calendar import FIRST_DAY, LAST_DAY
from guichet.language.types import Type

Range = tuple[int | None, int | None]


def range_of(type_: Type, minimum: int | None = None, maximum: int | None = None) -> Range:
    """The integers a value from outside can be; a date counts days; nothing for what is not a number.

    >>> range_of(Type("rate", scale=1), minimum=0)
    (0, 1000000)
    """
    if type_.kind == "date":
        return FIRST_DAY, LAST_DAY
    bounds = usual(type_, minimum, maximum)
    if bounds is None:
        return None, None
    return int(bounds[0] * type_.over), int(bounds[1] * type_.over)
