"""What rules answer about one dossier."""

from __future__ import annotations

from typing import Literal, NamedTuple

Outcome = Literal["eligible", "not_eligible", "undetermined"]


class Result(NamedTuple):
    """The outcome and, in file or form order, everything that explains it; amounts are integer cents."""

    outcome: Outcome
    amount: int | None
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    unavailable: tuple[str, ...]
    awaited: tuple[str, ...]
    provisional: int | None
