"""What a source gave a dossier, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

__all__ = ["PrefillState", "Prefilled"]

PrefillState = Literal["given", "not_known", "silent", "unfit"]
"""`unfit`: the source gave something that the field does not take."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What one source said for one field.

    Args:
        prefill: The id of the prefill in the scheme.
        value: As the dossier's answers keep it; None unless given.
        provider: Who says so, by language, as it follows « d'après ».
        asked_for: What the source was told, hashed: what it gave for another company does not hold.
        asked_at: The business instant, for people; `kept_at` the real one, for the time limit.
    """

    dossier: str
    field: str
    prefill: str
    item: str
    state: PrefillState
    value: Any
    provider: Mapping[str, str]
    as_of: date | None
    asked_for: str
    asked_at: datetime
    kept_at: datetime
