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

    @property
    def amount_so_far(self) -> int | None:
        """The amount, or what it comes to if what people still have to answer is favourable."""
        return self.amount if self.amount is not None else self.provisional
