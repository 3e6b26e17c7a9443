"""One of several, several of several."""

import pytest
from pydantic import ValidationError

from field_answers import refusal, taken
from guichet.testing import a_context
from guichet_plugins.forms.choice import MultipleChoice, OneChoice

CHOICES = {"refuse": "Refusé", "sans_reponse": "Sans réponse", "accepte": "Accepté"}


def test_a_choice_outside_the_list_is_refused():
    assert refusal(OneChoice(), "autre", choices=CHOICES) == "Choisissez une réponse de la liste."


def test_a_label_is_no_code():
    assert refusal(OneChoice(), "Refusé", choices=CHOICES) == "Choisissez une réponse de la liste."


def test_choices_stand_in_the_order_of_the_declaration():
    options = OneChoice.Options.model_validate({"choices": CHOICES})
    assert [choice.value for choice in OneChoice().choices(options, a_context())] == list(CHOICES)


def test_a_choice_without_list_is_no_declaration():
    with pytest.raises(ValidationError):
        OneChoice.Options.model_validate({})


def test_several_choices_keep_the_order_of_the_list_whatever_the_order_ticked():
    assert taken(MultipleChoice(), ["accepte", "refuse", "accepte"], choices=CHOICES) == ("refuse", "accepte")


def test_too_many_choices_are_refused():
    assert refusal(MultipleChoice(), list(CHOICES), choices=CHOICES, max_chosen="2") == "Choisissez 2 réponses au plus."


def test_several_choices_are_shown_by_label():
    options = MultipleChoice.Options.model_validate({"choices": CHOICES})
    assert MultipleChoice().show(("refuse", "accepte"), options, "fr") == "Refusé, Accepté"
    assert MultipleChoice().read(["accepte"], options, a_context()) == ("accepte",)
