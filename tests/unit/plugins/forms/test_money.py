"""Amounts in euros."""

from decimal import Decimal

import pytest

from field_answers import refusal, taken
from guichet.testing import a_context
from guichet_plugins.forms.money import Money


@pytest.mark.parametrize(
    "raw", ["1 234,50", "1234.5", "1234,50 €", "1\u00a0234,50\u00a0€", "1234.50 EUR", "1234,5 euros"]
)
def test_an_amount_is_read_as_people_type_it(raw: str):
    assert taken(Money(), raw) == 123450


def test_an_amount_with_two_readings_is_asked_and_never_guessed():
    assert "peut se lire de deux façons" in refusal(Money(), "1.234")


def test_thousandths_are_refused():
    assert (
        refusal(Money(), "0,005")
        == "« 0,005 » a plus de deux chiffres après la virgule. Arrondissez au centime, par exemple 1 234,50."
    )


def test_bounds_are_said_in_euros():
    assert refusal(Money(), "-1", min="0") == "Donnez un nombre au moins égal à 0\u00a0€."
    assert Money().bounds(Money.Options.model_validate({"min": "0", "max": "3 500,50 €"})) == (0, 350050)


def test_an_amount_is_shown_without_useless_cents():
    assert Money().show(200000, Money.Options(), "fr") == "2\u202f000\u00a0€"
    assert Money().show(-275050, Money.Options(), "fr") == "−2\u202f750,50\u00a0€"


def test_an_amount_of_an_exchange_may_end_with_zeros():
    assert Money().read(Decimal("12.340"), Money.Options(), a_context()) == 12_34
