"""What is still to be paid of a grant that is paid on proofs."""

from __future__ import annotations

from collections.abc import Iterable


def balance_of(due: Iterable[int], granted: int, ordered: Iterable[int]) -> int:
    """The balance in cents: the least of what all proofs make due and of the grant, minus what was ordered.

    >>> balance_of([70_000, 50_000], granted=100_000, ordered=[70_000])
    30000
    """
    return max(min(sum(due), granted) - sum(ordered), 0)
