"""Postal addresses."""

from field_answers import refused, taken
from guichet import NoOptions
from guichet.testing import a_context
from guichet_plugins.forms.address import PostalAddress, address_lines

HOME = {"street": "12 rue des Lilas", "postcode": "74000", "city": "Annecy"}


def test_named_parts_are_kept_and_blank_ones_left_out():
    assert taken(PostalAddress(), {**HOME, "extra": "  "}) == HOME


def test_every_missing_part_is_said_at_once():
    error = refused(PostalAddress(), {"street": "12 rue des Lilas", "postcode": "7400"})
    assert [(part.field, part.reason.fr) for part in error.parts] == [
        ("postcode", "Écrivez le code postal à cinq chiffres."),
        ("city", "Écrivez la ville."),
    ]


def test_an_address_may_come_as_lines():
    assert taken(PostalAddress(), "12 rue des Lilas\nBâtiment B\n74000 Annecy") == {**HOME, "extra": "Bâtiment B"}


def test_an_exchange_writes_an_object():
    assert PostalAddress().read(HOME, NoOptions(), a_context()) == HOME


def test_a_part_that_an_exchange_gives_as_null_is_blank():
    assert PostalAddress().read({**HOME, "extra": None}, NoOptions(), a_context()) == HOME


def test_the_lines_of_an_envelope():
    assert address_lines({**HOME, "extra": "Bâtiment B"}) == ("12 rue des Lilas", "Bâtiment B", "74000 Annecy")
    assert PostalAddress().show(HOME, NoOptions(), "fr") == "12 rue des Lilas, 74000 Annecy"
