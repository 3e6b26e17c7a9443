"""What every declared value shares: frozen, closed to unknown keys, comparable, printable as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


ALIASED = Value.model_config | ConfigDict(serialize_by_alias=True)
"""For values whose keys are Python's own words (`from`, `in`, `else`): they are printed as they are written."""


def declaration_error(code: str, **data: object) -> PydanticCustomError:
    """The error that a validator raises of a declared value, told by our message of that code."""
    return PydanticCustomError("guichet", "{code}", {"code": code, "data": data})
