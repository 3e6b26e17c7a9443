"""IBAN numbers."""

import pytest

from field_answers import refusal, taken
from guichet_plugins.forms.iban import Iban

FRENCH = "FR7630006000011234567890189"


@pytest.mark.parametrize(
    "raw",
    [
        FRENCH,
        "FR76 3000 6000 0112 3456 7890 189",
        "fr76-3000-6000-0112-3456-7890-189",
        f"IBAN {FRENCH}",
        f"IBAN : {FRENCH}",
    ],
)
def test_spaces_in_an_iban_do_not_matter(raw: str):
    assert taken(Iban(), raw) == FRENCH


def test_a_mistyped_character_is_found():
    assert refusal(Iban(), "FR7630006000011234567890188") == (
        "Vérifiez l'IBAN : l'un de ses caractères ne correspond pas. Recopiez-le depuis votre RIB."
    )


def test_the_old_french_key_is_verified_too():
    # right as an IBAN (modulus 97), wrong as a French account number (RIB key)
    assert "ne correspond pas" in refusal(Iban(), "FR9130006000011234567890188")


def test_a_french_account_number_asks_for_the_whole_iban():
    assert refusal(Iban(), "30006000011234567890189").startswith("Écrivez l'IBAN en entier")


def test_an_account_outside_sepa_is_refused():
    assert "zone SEPA" in refusal(Iban(), "BR1500000000000010932840814P2")


def test_a_scheme_may_take_the_accounts_of_some_countries_only():
    assert "commence par FR" in refusal(Iban(), "DE89370400440532013000", countries=["FR"])


def test_an_iban_is_masked_unless_the_declaration_shows_it():
    assert Iban().show(FRENCH, Iban.Options(), "fr") == "FR76 … 0189"
    assert Iban().show_before_filing(FRENCH, Iban.Options(), "fr") == "FR76 3000 6000 0112 3456 7890 189"
    shown = Iban().show(FRENCH, Iban.Options.model_validate({"masked": "false"}), "fr")
    assert shown == "FR76 3000 6000 0112 3456 7890 189"
