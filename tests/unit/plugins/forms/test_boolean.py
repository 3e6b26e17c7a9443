"""Yes and no."""

from field_answers import refusal, taken
from guichet.testing import a_context
from guichet_plugins.forms.boolean import Boolean

OPTIONS = Boolean.Options()


def test_no_answer_is_neither_yes_nor_no():
    assert taken(Boolean(), "") is None


def test_words_of_both_languages_are_taken():
    assert [taken(Boolean(), word) for word in ("Oui", "non", "YES", "No")] == [True, False, True, False]


def test_an_exchange_writes_true_and_false():
    assert Boolean().read(False, OPTIONS, a_context()) is False


def test_another_word_is_refused():
    assert refusal(Boolean(), "peut-être") == "Répondez par oui ou par non."


def test_both_answers_are_shown_in_the_language_of_the_page():
    assert [choice.label for choice in Boolean().choices(OPTIONS, a_context(language="en"))] == ["Yes", "No"]
    assert Boolean().show(False, OPTIONS, "fr") == "Non"
