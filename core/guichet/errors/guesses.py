"""The values a message about an unknown name quotes: the name, the nearest, the choices."""

from __future__ import annotations

from collections.abc import Iterable

from guichet.errors.spelling import nearest
from guichet.errors.vocabulary import english_of


def guess(value: str, choices: Iterable[str]) -> dict[str, object]:
    """The data of a problem about a name that does not exist; the nearest is what its French word says, if it is one.

    >>> guess("labell", ["label", "help"])
    {'value': 'labell', 'nearest': 'label', 'choices': ('label', 'help')}
    """
    known = tuple(choices)
    return {"value": value, "nearest": english_of(value, known) or nearest(value, known) or "", "choices": known}
