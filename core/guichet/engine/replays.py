"""One dossier under two sets of rules: what each says of it, and what that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from guichet.engine.flips import standing_of
from guichet.language import Result

__all__ = ["CHANGES", "UNDECIDED", "Change", "Replayed", "Summary", "Totals", "as_totals", "change_of"]

Change = Literal["gains", "loses", "raised", "lowered", "same", "open"]
CHANGES: Final[tuple[Change, ...]] = ("gains", "loses", "raised", "lowered", "same", "open")
"""`open`: one of the two rules cannot say, for want of an answer or a source; nothing is guessed."""
_REFUSED: Final = ("", "refused", "inadmissible")
UNDECIDED: Final = "undecided"
"""The end of a stored dossier that nobody decided: judged again by itself when rules change, never listed here."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One dossier replayed: its reference and nothing else of the person.

    Args:
        end: How it ended, or `undecided`; empty for a case of a file, where what the former rules say stands for it.
        reasons: The labels of the criteria that failed under the former rules.
        to_ask: The labels of the questions without an answer on which the new rules hang.
    """

    reference: str
    territory: str
    change: Change
    before: Result | None
    after: Result | None
    end: str = ""
    reasons: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()

    @property
    def cents_before(self) -> int:
        """The amount under the former rules, nothing counting for zero."""
        return cents(self.before)

    @property
    def cents_after(self) -> int:
        """The amount under the new rules, nothing counting for zero."""
        return cents(self.after)

    @property
    def to_reexamine(self) -> bool:
        """Whether it was refused and the new rules would grant it."""
        return self._was_refused and self.change == "gains"

    @property
    def to_ask_about(self) -> bool:
        """Whether it was refused and the new rules may grant it, by an answer that nobody asked for then."""
        return self._was_refused and self.change == "open" and bool(self.to_ask)

    @property
    def _was_refused(self) -> bool:
        return self.end in _REFUSED and self.before is not None and self.before.outcome == "not_eligible"

    def as_json(self) -> dict[str, Any]:
        """The dossier as JSON values."""
        return {
            "reference": self.reference,
            "territory": self.territory,
            "change": self.change,
            "outcome_before": self.before.outcome if self.before else None,
            "outcome_after": self.after.outcome if self.after else None,
            "amount_before_cents": self.cents_before,
            "amount_after_cents": self.cents_after,
            "difference_cents": self.cents_after - self.cents_before,
            "end": self.end,
            "reasons_before": list(self.reasons),
            "to_ask": list(self.to_ask),
        }


@dataclass(slots=True)
class Summary:
    """What a replay changes in one territory, or in all."""

    counts: Counter[str] = field(default_factory=Counter[str])
    before: int = 0
    after: int = 0
    raised: int = 0
    """The cents that dossiers gain, new ones included."""
    lowered: int = 0
    """The cents that dossiers lose, as a positive number."""

    def add(self, one: Replayed) -> None:
        """Count one dossier."""
        self.counts[one.change] += 1
        self.counts["reexamine"] += one.to_reexamine
        self.counts["ask"] += one.to_ask_about
        if one.change == "open":  # an amount one of the rules cannot say is in no total
            return
        self.before += one.cents_before
        self.after += one.cents_after
        apart = one.cents_after - one.cents_before
        self.raised += max(apart, 0)
        self.lowered += max(-apart, 0)

    def as_json(self) -> dict[str, Any]:
        """The totals as JSON values."""
        counted = {name: self.counts[name] for name in (*CHANGES, "reexamine", "ask")}
        return {
            "dossiers": sum(self.counts[name] for name in CHANGES),
            **counted,
            "amount_before_cents": self.before,
            "amount_after_cents": self.after,
            "raised_cents": self.raised,
            "lowered_cents": self.lowered,
        }


def change_of(before: Result | None, after: Result | None, *, pays: tuple[bool, bool] = (True, True)) -> Change:
    """What new rules change for one dossier; None is a day without rules.

    Args:
        pays: Whether the former rules, and the new ones, give an amount.
    """
    one, other = (_stands(result, paying) for result, paying in zip((before, after), pays, strict=True))
    if "undetermined" in (one, other):
        return "open"
    if one != other:
        return "gains" if other == "eligible" else "loses"
    if cents(before) == cents(after):
        return "same"
    return "raised" if cents(after) > cents(before) else "lowered"


class Totals:
    """What a replay has found so far: sums by territory, and the dossiers to examine again; no other is kept."""

    def __init__(self) -> None:
        self._whole = Summary()
        self._by_territory: dict[str, Summary] = {}
        self._again: list[Replayed] = []
        self._to_ask: list[Replayed] = []

    def add(self, one: Replayed) -> None:
        """Count one dossier."""
        self._whole.add(one)
        self._by_territory.setdefault(one.territory, Summary()).add(one)
        if one.to_reexamine:
            self._again.append(one)
        elif one.to_ask_about:
            self._to_ask.append(one)

    @property
    def summaries(self) -> dict[str, Summary]:
        """The sums by territory, in order, then under `` those of all."""
        return {**dict(sorted(self._by_territory.items())), "": self._whole}

    @property
    def listed(self) -> list[Replayed]:
        """The dossiers refused that the new rules would grant, then those that an answer may save."""
        return [*self._again, *self._to_ask]


def cents(result: Result | None) -> int:
    """The amount of a result, provisional where only people's answers are awaited; zero without one."""
    return 0 if result is None else result.amount_so_far or 0


def _stands(result: Result | None, pays: bool) -> str:
    return standing_of(result, pays=pays) if result is not None else "undetermined"


def as_totals(summaries: Mapping[str, Summary]) -> dict[str, Any]:
    """Summaries as JSON values, all territories under `all`."""
    return {name or "all": one.as_json() for name, one in summaries.items()}
