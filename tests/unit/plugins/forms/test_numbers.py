"""Whole and decimal numbers."""

from decimal import Decimal as Exact

import pytest

from field_answers import refusal, taken
from guichet.plugin.contracts import Invalid
from guichet.testing import a_context
from guichet_plugins.forms.numbers import Decimal, Integer


@pytest.mark.parametrize(
    ("raw", "value"), [("12", 12), ("1 250", 1250), ("1\u202f250", 1250), ("12,00", 12), ("-3", -3)]
)
def test_a_whole_number_is_read_as_people_type_it(raw: str, value: int):
    assert taken(Integer(), raw) == value


def test_a_fraction_is_no_whole_number():
    assert refusal(Integer(), "1,5") == "« 1,5 » n'est pas un nombre entier. Écrivez par exemple 12."


def test_a_number_with_two_readings_is_asked_and_never_guessed():
    assert "peut se lire de deux façons" in refusal(Integer(), "1.234")


def test_bounds_are_said():
    assert refusal(Integer(), "0", min="1") == "Donnez un nombre au moins égal à 1."
    assert refusal(Integer(), "9", max="5") == "Donnez un nombre au plus égal à 5."
    assert refusal(Integer(), "100001", max="100000") == "Donnez un nombre au plus égal à 100\u202f000."
    assert refusal(Decimal(), "-2001", min="-2000") == "Donnez un nombre au moins égal à −2\u202f000."
    assert Integer().bounds(Integer.Options.model_validate({"min": "1"})) == (1, None)


def test_a_decimal_is_an_integer_of_its_smallest_unit():
    assert taken(Decimal(), "37,5", decimals="1") == 375


@pytest.mark.parametrize(
    ("number", "value"), [("12.345", 12_345), ("-1.500", -1_500), ("0.125", 125), ("1E+2", 100_000)]
)
def test_a_number_of_an_exchange_has_one_reading(number: str, value: int):
    options = Decimal.Options.model_validate({"decimals": "3"})
    assert Decimal().read(Exact(number), options, a_context()) == value
    with pytest.raises(Invalid, match="two ways"):
        Decimal().read("12.345", options, a_context())


def test_a_number_of_an_exchange_with_too_many_decimals_is_refused_as_such():
    with pytest.raises(Invalid, match="at most 2 decimals"):
        Decimal().read(Exact("12.345"), Decimal.Options.model_validate({"decimals": "2"}), a_context())


def test_a_comma_before_three_decimals_is_the_decimal_one():
    assert taken(Decimal(), "1,234", decimals="3") == 1234


def test_a_decimal_survives_a_change_of_scale_in_storage():
    one, three = (Decimal.Options.model_validate({"decimals": scale}) for scale in ("1", "3"))
    assert Decimal().load(Decimal().dump(375, one), three) == 37500


def test_a_decimal_shows_the_decimals_that_say_something_and_its_unit():
    options = Decimal.Options.model_validate({"decimals": "2", "unit": "ETP"})
    shown = [Decimal().show(value, options, "fr") for value in (1000, 950, 999, 0)]
    assert shown == ["10\u00a0ETP", "9,5\u00a0ETP", "9,99\u00a0ETP", "0\u00a0ETP"]


def test_an_exchange_may_write_numbers_as_numbers():
    options = Decimal.Options.model_validate({"decimals": "2"})
    assert Decimal().read(Exact("37.50"), options, a_context()) == 3750
    assert Decimal().read(12, options, a_context()) == 1200


def test_a_boolean_is_no_number():
    with pytest.raises(Invalid):
        Integer().read(True, Integer.Options(), a_context())


def test_a_number_too_large_for_the_database_is_refused():
    assert "un nombre trop grand" in refusal(Integer(), str(2**63))


def test_the_unit_is_shown():
    options = Integer.Options.model_validate({"unit": "salariés"})
    assert Integer().show(1250, options, "fr") == "1\u202f250\u00a0salariés"
