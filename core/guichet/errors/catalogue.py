"""All messages of the core, collected from the modules of `guichet.errors.messages`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from guichet.errors import messages
from guichet.errors.message import Message


def areas() -> tuple[str, ...]:
    """The names of the modules that hold messages, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(messages.__path__)))


def messages_of(area: str) -> dict[str, Message]:
    """The messages of one area, by code."""
    found: dict[str, Message] = importlib.import_module(f"{messages.__name__}.{area}").MESSAGES
    return found


@cache  # constant texts: the same mapping for the life of the process
def all_messages() -> Mapping[str, Message]:
    """Every message of every area by its code; a code stands in one area only."""
    collected: dict[str, Message] = {}
    for area in areas():
        for code, message in messages_of(area).items():
            if code in collected:
                raise ValueError(f"the message {code!r} of {area!r} stands in another area too")
            collected[code] = message
    return MappingProxyType(collected)


DECLARATIONS = frozenset(
    {
        "examples",
        "instance",
        "language",
        "language_types",
        "law",
        "plugin",
        "scalars",
        "scheme",
        "slips",
        "tables",
        "territory",
        "uses",
        "yaml",
    }
)
"""The areas about what people declare: each of their codes has a page of its own."""


@cache  # constant texts: the same mapping for the life of the process
def _areas_by_code() -> Mapping[str, str]:
    return MappingProxyType({code: area for area in areas() for code in messages_of(area)})


def page_of(code: str) -> str:
    """The page of the documentation that explains a code, empty when the catalogue does not hold it.

    >>> page_of("unknown_key")
    'core/docs/reference/messages/unknown_key.md'
    >>> page_of("ready.closed")
    'core/docs/reference/messages/ready.md'
    """
    area = _areas_by_code().get(code)
    if area is None:
        return ""
    return f"core/docs/reference/messages/{code if area in DECLARATIONS else area}.md"
