"""Sums shared between amounts: no cent lost, none made, whatever the sums and however many times they are paid."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.engine.parts import left_of, share_out, split_cents
from guichet.engine.repayments import Share, Terms, advanced_cents, detail_lines, granted_shares
from guichet.model.records import AmountPart
from guichet.model.scalars import Period

AMOUNTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=5).filter(any)


def parts_of(cents: list[int]) -> tuple[AmountPart, ...]:
    return tuple(AmountPart(f"a{place}", f"Montant {place}", one) for place, one in enumerate(cents))


def total(parts: tuple[AmountPart, ...]) -> int:
    return sum(part.cents for part in parts)


@given(weights=AMOUNTS, cents=st.integers(0, 10**12))
def test_a_sum_is_split_to_the_cent_and_each_share_is_within_a_cent_of_its_proportion(
    weights: list[int], cents: int
) -> None:
    shares = split_cents(cents, weights)
    assert sum(shares) == cents
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - cents * weight) < sum(weights)


@given(granted=AMOUNTS, cuts=st.lists(st.integers(1, 10**12), max_size=6))
def test_a_grant_paid_in_any_number_of_instalments_pays_each_amount_exactly(
    granted: list[int], cuts: list[int]
) -> None:
    grant, paid = parts_of(granted), Counter[str]()
    left = grant
    for cut in [*cuts, total(grant)]:
        instalment = share_out(min(cut, total(left)), left) if total(left) else ()
        assert all(part.cents > 0 for part in instalment)
        paid.update({part.amount: part.cents for part in instalment})
        left = left_of(left, instalment)
        assert total(left) + paid.total() == total(grant)
    assert {part.amount: part.cents for part in grant if part.cents} == dict(paid)


def test_floors_alone_would_lose_cents() -> None:
    """Sabotage: without the remainders, a third of a euro vanishes from each split of a euro."""
    weights = [1, 1, 1]
    assert sum(100 * weight // 3 for weight in weights) == 99
    assert sum(split_cents(100, weights)) == 100


def test_shares_of_a_cumulated_sum_may_go_down_so_what_is_left_is_shared_instead() -> None:
    """Sabotage: a sum that grows by a cent may take one from an amount; an instalment would then be negative."""
    weights = [3, 3, 1]
    steps = [split_cents(cents, weights) for cents in range(sum(weights) * 3)]
    pairs = [pair for one, other in pairwise(steps) for pair in zip(one, other, strict=True)]
    assert any(after < before for before, after in pairs)


def test_nothing_is_shared_over_nothing() -> None:
    assert split_cents(0, [0, 0]) == (0, 0)
    with pytest.raises(ValueError, match="split over"):
        split_cents(1, [0, 0])


def test_what_is_paid_back_of_a_grant_in_part_is_the_advance_that_its_orders_pay() -> None:
    shares = (Share("avance", "Avance", "advance", 600_00), Share("aide", "Aide", "grant", 400_00))
    assert [share.cents for share in granted_shares(shares, 500_00)] == [300_00, 200_00]
    assert advanced_cents(shares, 500_00) == 300_00


@pytest.mark.parametrize(
    ("every", "fr", "en"),
    [
        (Period(1, "months"), "une chaque mois", "one every month"),
        (Period(3, "months"), "une tous les 3 mois", "one every 3 months"),
        (Period(1, "years"), "une chaque année", "one every year"),
    ],
)
def test_how_often_an_advance_is_paid_back_is_said_as_people_say_it(every: Period, fr: str, en: str) -> None:
    terms = Terms(Period(1, "years"), every, 4)
    ((_, in_french),) = detail_lines((), terms, 400_00, None, "fr")
    ((_, in_english),) = detail_lines((), terms, 400_00, None, "en")
    assert fr in in_french.replace("\u202f", " ")
    assert en in in_english
