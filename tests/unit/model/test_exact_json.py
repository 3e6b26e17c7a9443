"""JSON read exactly: sums keep their cents, and what cannot be kept is refused by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guichet.model.exact_json import InexactError, read_exactly


def test_a_fraction_keeps_its_digits() -> None:
    assert read_exactly('{"montant": 0.1, "nombre": 12345678901234567890}') == {
        "montant": Decimal("0.1"),
        "nombre": 12345678901234567890,
    }


@pytest.mark.parametrize(
    ("text", "fault", "value"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "said_twice", "a"),
        ('{"a": NaN}', "number", "NaN"),
        ('{"a": 1e999999}', "number", "1e999999"),
        ('{"a": 1e-99999999999999999999}', "number", "1e-99999999999999999999"),
        ('{"a": %s}' % ("9" * 41), "number", "999999999999…"),
        ('{"a": 0.%s}' % ("1" * 40), "number", "0.1111111111…"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(text: str, fault: str, value: str) -> None:
    with pytest.raises(InexactError) as refused:
        read_exactly(text)
    assert (refused.value.fault, refused.value.value) == (fault, value)
