"""Parameters are read into what rules compute with."""

from __future__ import annotations

import pytest

from guichet.model.parameters import SCALE, parse_parameter
from guichet.model.scalars import ScalarError


def test_rates_and_decimals_are_whole_numbers_of_the_declared_scale():
    assert parse_parameter("rate", "37.5 %") == 375 * 10 ** (SCALE - 1)
    assert parse_parameter("decimal", "0.5") == 5 * 10 ** (SCALE - 1)
    assert parse_parameter("money", "2 000 €") == 200_000


@pytest.mark.parametrize(
    ("kind", "text"),
    [("money_per_year", "24 000 €/an"), ("money_per_month", "24 000 € par mois"), ("money", "24 000 €")],
)
def test_an_amount_may_say_the_time_that_its_type_says(kind: str, text: str):
    assert parse_parameter(kind, text) == 24_000_00


@pytest.mark.parametrize("kind", ["money", "money_per_month"])
def test_an_amount_of_another_time_than_its_type_is_refused(kind: str):
    with pytest.raises(ScalarError):
        parse_parameter(kind, "24 000 €/an")


def test_more_decimals_than_the_scale_are_refused():
    with pytest.raises(ScalarError) as caught:
        parse_parameter("decimal", "0.00001")
    assert caught.value.code == "scalar.too_many_decimals"
