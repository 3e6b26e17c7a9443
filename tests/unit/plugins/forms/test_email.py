"""E-mail."""

import pytest

from field_answers import refusal, taken
from guichet_plugins.forms.email import Email


def test_the_domain_is_kept_in_lower_case_and_the_name_as_typed():
    assert taken(Email(), " Jeanne.LeGoff@Exemple.FR ") == "Jeanne.LeGoff@exemple.fr"


@pytest.mark.parametrize(
    "raw", ["jeanne", "a@b", "a@@b.fr", "a b@c.fr", "a@b..fr", "a..b@c.fr", "a@-b.fr", "a@b.fr, c@d.fr"]
)
def test_an_address_no_server_could_take_is_refused(raw: str):
    assert refusal(Email(), raw).startswith("Écrivez une adresse électronique complète")


def test_a_second_line_never_enters_an_address():
    assert refusal(Email(), "a@b.fr\nBcc: c@d.fr") == "Écrivez votre réponse sur une seule ligne."
