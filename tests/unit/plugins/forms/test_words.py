"""What asks nothing."""

from field_answers import taken
from guichet_plugins.forms.words import Note, Section


def test_an_explanation_and_a_heading_have_no_value_whatever_is_posted():
    assert taken(Note(), "forged") is None
    assert taken(Section(), ["forged"]) is None
    assert Note().rule_type(Note.Options()) is None
