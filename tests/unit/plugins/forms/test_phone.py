"""Telephone numbers."""

import pytest

from field_answers import refusal, taken
from guichet import NoOptions
from guichet_plugins.forms.phone import Phone


@pytest.mark.parametrize(
    "raw",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0033612345678",
        "+33 (0)6 12 34 56 78",
        "+33 06 12 34 56 78",
    ],
)
def test_a_french_number_is_read_as_people_type_it(raw: str):
    assert taken(Phone(), raw) == "+33612345678"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [("0690 12 34 56", "+590690123456"), ("0262123456", "+262262123456"), ("0508412345", "+508508412345")],
)
def test_an_overseas_number_gets_its_own_prefix(raw: str, kept: str):
    assert taken(Phone(), raw) == kept


@pytest.mark.parametrize("raw", ["12 34 56 78", "+33 1 23", "06 12 34 56 7", "appelez-moi"])
def test_a_number_nobody_could_dial_is_refused(raw: str):
    assert refusal(Phone(), raw).startswith("Écrivez un numéro à dix chiffres")


def test_a_french_number_is_shown_by_pairs():
    assert Phone().show("+33612345678", NoOptions(), "fr") == "06 12 34 56 78"
