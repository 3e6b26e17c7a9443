"""Activity codes."""

import pytest

from field_answers import refusal, taken
from guichet_plugins.forms.naf import Naf


@pytest.mark.parametrize("raw", ["55.10Z", "5510Z", "5510z", "55 10 Z"])
def test_a_code_is_kept_with_its_point(raw: str):
    assert taken(Naf(), raw) == "55.10Z"


@pytest.mark.parametrize("raw", ["hôtel", "5510", "551Z", "55.10.Z1"])
def test_another_shape_is_refused_with_where_to_find_the_code(raw: str):
    assert "avis de situation Insee" in refusal(Naf(), raw)
