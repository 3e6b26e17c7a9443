"""What stands in a box when a page is shown again."""

import pytest

from guichet.testing import a_context
from guichet.web.teleservice.typed_again import as_typed
from guichet_plugins.forms.numbers import Decimal, Integer


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (1, "1"), (12, "12"), (1_000, "1\u202f000")])
def test_a_count_is_typed_again_without_its_unit_in_the_singular_too(value: int, shown: str) -> None:
    options = Integer.Options.model_validate({"unit": "salariés", "unit_one": "salarié"})
    assert as_typed(value, Integer(), options, a_context()) == shown


def test_a_decimal_is_typed_again_without_its_unit() -> None:
    options = Decimal.Options.model_validate({"unit": "parts", "unit_one": "part", "decimals": "2"})
    assert [as_typed(value, Decimal(), options, a_context()) for value in (150, 250)] == ["1,5", "2,5"]
