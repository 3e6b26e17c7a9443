"""What one value may still be, under some conditions: an interval, some of its choices, some texts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from `low` to `high`, some taken out; an end left out is open."""

    low: int | None = None
    high: int | None = None
    holes: frozenset[int] = frozenset()

    def meet(self, other: Span) -> Span:
        """What lies in both."""
        low = max((each for each in (self.low, other.low) if each is not None), default=None)
        high = min((each for each in (self.high, other.high) if each is not None), default=None)
        return Span(low, high, self.holes | other.holes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        if self.low is None or self.high is None:
            return False
        if self.low > self.high:
            return True
        width = self.high - self.low + 1
        return width <= len(self.holes) and all(each in self.holes for each in range(self.low, self.high + 1))


@dataclass(frozen=True, slots=True)
class Members:
    """One of some values, or any value but some."""

    values: frozenset[object] = field(default_factory=frozenset[object])
    but: bool = False

    def meet(self, other: Members) -> Members:
        """What is left by both."""
        if self.but and other.but:
            return Members(self.values | other.values, but=True)
        if self.but:
            return Members(other.values - self.values)
        return Members(self.values - other.values if other.but else self.values & other.values)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self.but and not self.values


Domain = Span | Members
Case = dict[str, Domain]
"""What several values may be at once, by the text that reads them."""

MOST_CASES = 128


def any_of(*groups: list[Case]) -> list[Case]:
    """The cases of one group or another; past a limit nothing is known, which is always true to say."""
    cases = [case for group in groups for case in group]
    return cases if len(cases) <= MOST_CASES else [{}]


def all_of(groups: list[list[Case]]) -> list[Case]:
    """The cases of every group at once."""
    cases: list[Case] = [{}]
    for group in groups:
        if len(cases) * len(group) > MOST_CASES * 8:
            continue
        cases = [joined for one in cases for other in group if (joined := _joined(one, other)) is not None]
        if len(cases) > MOST_CASES:
            cases = [{}]
    return cases


def _joined(one: Case, other: Case) -> Case | None:
    joined = dict(one)
    for name, domain in other.items():
        met = _met(joined[name], domain) if name in joined else domain
        if met.is_empty:
            return None
        joined[name] = met
    return joined


def _met(one: Domain, other: Domain) -> Domain:
    match one, other:
        case Span(), Span():
            return one.meet(other)
        case Members(), Members():
            return one.meet(other)
        case _:
            return one
