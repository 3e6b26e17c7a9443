"""SIRET numbers."""

import pytest

from field_answers import refusal, taken
from guichet import Invalid, NoOptions
from guichet.testing import a_context
from guichet_plugins.forms.siret import Siret


@pytest.mark.parametrize(
    "raw", ["552 049 447 76279", "55204944776279", "552.049.447.76279", " 552\u00a0049\u00a0447 76279"]
)
def test_spaces_in_a_siret_do_not_matter(raw: str):
    assert taken(Siret(), raw) == "55204944776279"


@pytest.mark.parametrize("mode", ["sandbox", "live"])
def test_a_siren_whose_check_digit_is_off_by_one_is_refused_with_where_to_find_it(mode: str):
    with pytest.raises(Invalid) as refused:
        Siret().parse("55204944876279", NoOptions(), a_context(mode=mode))
    assert refused.value.reason.fr == (
        "Vérifiez le numéro SIREN 552 049 448 : l'un de ses neuf chiffres ne correspond pas. "
        "Il figure sur votre avis de situation Insee ou votre extrait Kbis."
    )


def test_a_siren_alone_asks_for_the_five_digits_of_the_establishment():
    assert refusal(Siret(), "552049447") == (
        "Ajoutez les cinq chiffres de l'établissement : ce sont les 9 chiffres du SIREN, le SIRET en a 14."
    )


def test_a_wrong_establishment_is_told_apart_from_a_wrong_company():
    assert "cinq derniers chiffres du SIRET (76278)" in refusal(Siret(), "55204944776278")


def test_establishments_of_la_poste_follow_their_own_rule():
    assert taken(Siret(), "35600000049837") == "35600000049837"
    assert taken(Siret(), "35600000000048") == "35600000000048"
    assert "cinq derniers chiffres" in refusal(Siret(), "35600000049838")


@pytest.mark.parametrize("number", ["00000000100015", "30613890001294", "13002526500001"])
def test_numbers_of_the_test_services_are_taken_in_the_sandbox_only(number: str):
    assert Siret().parse(number, NoOptions(), a_context(mode="sandbox")) == number
    with pytest.raises(Invalid):
        Siret().parse(number, NoOptions(), a_context(mode="live"))


def test_a_siret_is_shown_in_groups():
    assert Siret().show("55204944776279", NoOptions(), "fr") == "552 049 447 76279"
