"""The values a message about an unknown name quotes: the name, the nearest, the choices."""

from __future__ import annotations

from collections.abc import Iterable

from guichet.errors.spelling import nearest


def guess(value: str, choices: Iterable[str]) -> dict[str, object]:
    """The data of a problem about a name that does not exist.

    >>> guess("labell", ["label", "help"])
    {'value': 'labell', 'nearest': 'label', 'choices': ('label', 'help')}
    """
    known = tuple(choices)
    return {"value": value, "nearest": nearest(value, known) or "", "choices": known}
