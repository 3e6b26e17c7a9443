"""What rules take under a type, as plugins give it: money in cents, never a float."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from guichet.language.types import Type

__all__ = ["fits_rules"]


def fits_rules(value: object, kind: Type) -> bool:
    """Tell whether a value is what rules expect under a type: money in cents, never a float."""
    match kind.kind:
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "decimal" | "money" | "rate":
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date)
        case "text":
            return isinstance(value, str)
        case "choice":
            return isinstance(value, str)  # a stored one may have left the list since
        case "list":
            item = cast("Type", kind.item)
            return isinstance(value, tuple) and all(fits_rules(one, item) for one in cast("tuple[Any, ...]", value))
        case _:
            return not isinstance(value, float)
