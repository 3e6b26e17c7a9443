"""Sums shared between the amounts of an aid: whole cents, none lost, none made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guichet.model.records import AmountPart

__all__ = ["left_of", "share_out", "split_cents"]


def split_cents(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """A sum split in proportion, the cents left over going to the largest remainders, the first declared first.

    A share of a sum that its weights hold never exceeds its weight.

    >>> split_cents(100, [1, 1, 1])
    (34, 33, 33)
    >>> split_cents(60_001, [70_000, 0, 50_000])
    (35001, 0, 25000)
    """
    total = sum(weights)
    if not total:
        if cents:
            raise ValueError("a sum needs something to be split over")
        return (0,) * len(weights)
    whole = [cents * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(cents * weights[place] % total), place))
    for place in by_remainder[: cents - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


def share_out(cents: int, over: Sequence[AmountPart]) -> tuple[AmountPart, ...]:
    """A sum shared over what some amounts hold, in their order; an amount that takes nothing is left out."""
    shares = split_cents(cents, [part.cents for part in over])
    return tuple(AmountPart(part.amount, part.label, share) for part, share in zip(over, shares, strict=True) if share)


def left_of(parts: Iterable[AmountPart], *taken: Iterable[AmountPart]) -> tuple[AmountPart, ...]:
    """What some amounts still hold once others were taken from them; never below zero."""
    gone: dict[str, int] = {}
    for part in (one for some in taken for one in some):
        gone[part.amount] = gone.get(part.amount, 0) + part.cents
    return tuple(AmountPart(part.amount, part.label, max(part.cents - gone.get(part.amount, 0), 0)) for part in parts)
