"""Numbers as people read them."""

import pytest

from guichet import read_decimal
from guichet_plugins.forms.typed import grouped_digits


@pytest.mark.parametrize("units", [0, 5, -5, 99, 100, -123456789, 2**50])
def test_what_is_shown_reads_back_as_the_same_number(units: int):
    assert read_decimal(grouped_digits(units, 2, "fr"), 2) == units


def test_digits_are_grouped_as_in_each_language():
    assert (grouped_digits(123450, 2, "fr"), grouped_digits(123450, 2, "en")) == ("1\u202f234,50", "1,234.50")
