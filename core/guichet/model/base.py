"""What every declared value shares: frozen, closed to unknown keys, comparable, printable as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


ALIASED = Value.model_config | ConfigDict(serialize_by_alias=True)
"""For values whose keys are Python's own words (`from`, `in`, `else`): they are printed as they are written."""
