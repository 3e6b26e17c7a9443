"""The readers of typed text that plugins use refuse with sentences of a plugin."""

from datetime import date

import pytest

from guichet import Invalid, read_day, read_decimal, read_money, read_whole


def test_what_people_type_is_read():
    assert (read_money("1 234,50 €"), read_whole("1 250"), read_decimal("37,5", 1)) == (123450, 1250, 375)
    assert read_day("17 avril 2020") == date(2020, 4, 17)


def test_two_readings_are_asked_in_both_languages():
    with pytest.raises(Invalid) as refused:
        read_money("1.234")
    assert refused.value.reason.fr == (
        "« 1.234 » peut se lire de deux façons. Écrivez 1 234 ou 1,234, selon ce que vous voulez dire."
    )
    assert refused.value.reason.en == '"1.234" can be read in two ways. Write 1 234 or 1,234, whichever you mean.'


def test_too_many_decimals_say_how_many_to_keep():
    with pytest.raises(Invalid) as refused:
        read_decimal("37,55", 1)
    assert refused.value.reason.fr == "Gardez 1 chiffre au plus après la virgule."


def test_an_endless_answer_is_not_quoted():
    with pytest.raises(Invalid) as refused:
        read_money("9" * 100_000)
    assert refused.value.reason.fr == "Raccourcissez votre réponse."
