"""What is still to be supplied in a file that was shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

__all__ = ["PLACEHOLDER", "is_supplied", "leaves"]

PLACEHOLDER = "à compléter"
"""What a shipped file says where only the collectivité knows; a live instance refuses it."""


def is_supplied(text: str | None) -> bool:
    """Whether a text says something, and nothing in it is left to be supplied.

    >>> is_supplied("Délibération (référence à compléter)")
    False
    """
    return bool(text and text.strip()) and PLACEHOLDER not in (text or "").lower()


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value inside mappings and lists with its path, as `contacts.email`."""
    match value:
        case dict():
            steps = cast("Mapping[str, object]", value).items()
        case list() | tuple():
            steps = ((str(number), item) for number, item in enumerate(cast("Iterable[object]", value)))
        case _:
            yield path, value
            return
    for step, item in steps:
        yield from leaves(item, f"{path}.{step}" if path else step)
