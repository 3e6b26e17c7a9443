"""Days and months."""

from datetime import date

import pytest

from field_answers import refusal, taken
from guichet_plugins.forms.days import Date, Month


@pytest.mark.parametrize("raw", ["01/03/2020", "1/3/2020", "1er mars 2020", "1 mars 2020", "2020-03-01", "01.03.2020"])
def test_a_day_is_read_as_people_type_it(raw: str):
    assert taken(Date(), raw) == date(2020, 3, 1)


def test_a_day_that_does_not_exist_is_refused():
    assert (
        refusal(Date(), "30/02/2020")
        == "La date « 30/02/2020 » n'existe pas. Vérifiez le jour et le mois ; le jour s'écrit en premier."
    )


def test_a_year_of_two_digits_is_asked_and_never_guessed():
    assert "n'a pas quatre chiffres" in refusal(Date(), "01/03/20")


def test_a_year_out_of_reach_is_refused():
    assert refusal(Date(), "01/03/0202") == "Vérifiez l'année, sur quatre chiffres."


def test_the_bounds_of_a_date_are_said():
    assert refusal(Date(), "29/02/2020", min="2020-03-01") == "Donnez une date à partir du 1er mars 2020."
    assert refusal(Date(), "21/04/2020", not_in_future="true") == "Donnez une date jusqu'au 20 avril 2020."


@pytest.mark.parametrize("raw", ["03/2020", "mars 2020", "Mars 2020", "2020-03", "march 2020"])
def test_a_month_is_read_as_people_type_it(raw: str):
    assert taken(Month(), raw) == "2020-03"


def test_the_bounds_of_a_month_are_said():
    assert refusal(Month(), "02/2020", min="2020-03-01") == "Le premier mois possible est mars 2020."


def test_a_month_is_shown_in_words():
    assert Month().show("2020-08", Month.Options(), "fr") == "août 2020"
    assert Date().show(date(2020, 5, 1), Date.Options(), "en") == "1 May 2020"
