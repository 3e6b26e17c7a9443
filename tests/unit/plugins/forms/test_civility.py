"""Civility."""

from field_answers import refusal, taken
from guichet import NoOptions
from guichet_plugins.forms.civility import Civility


def test_short_forms_are_taken():
    assert [taken(Civility(), word) for word in ("Mme", "M.", "monsieur")] == ["madame", "monsieur", "monsieur"]


def test_another_word_is_refused():
    assert refusal(Civility(), "Docteur") == "Choisissez Madame ou Monsieur."


def test_the_word_is_shown_in_the_language_of_the_page():
    assert Civility().show("madame", NoOptions(), "en") == "Ms"
