"""Short and long texts."""

import pytest

from field_answers import refusal, taken
from guichet_plugins.forms.text import LongText, ShortText


def test_accents_typed_in_two_parts_become_one_character():
    assert taken(ShortText(), "Ele\u0301phant") == "El\u00e9phant"


@pytest.mark.parametrize("raw", ["Jean\x00", "Jean\x1b[2J", "a\u202eb", "a\x85b"])
def test_invisible_characters_in_a_name_are_refused(raw: str):
    assert refusal(ShortText(), raw) == (
        "Votre réponse contient des caractères invisibles : effacez-la et retapez-la au clavier."
    )


def test_a_short_text_stays_on_one_line():
    assert refusal(ShortText(), "a\nb") == "Écrivez votre réponse sur une seule ligne."


def test_a_long_text_keeps_its_lines():
    assert taken(LongText(), "a\r\nb\rc") == "a\nb\nc"


def test_a_text_too_long_says_how_long_it_is():
    assert refusal(ShortText(), "abcd", max_length="3") == "Raccourcissez votre réponse : 4 caractères sur 3 possibles."


def test_a_text_too_short_says_how_long_it_should_be():
    assert refusal(LongText(), "abc", min_length="10") == "Complétez votre réponse : 10 caractères au moins."


def test_two_answers_to_one_question_are_refused():
    assert refusal(ShortText(), ["a", "b"]) == "Donnez une seule réponse."


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_what_copying_brings_along_and_shows_nothing_is_left_out(unseen: str):
    assert taken(ShortText(), f"{unseen}Du{unseen}pont") == "Dupont"
    assert taken(ShortText(), unseen) is None
