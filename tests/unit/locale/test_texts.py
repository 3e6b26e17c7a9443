"""The texts of the screens: strict, complete in both languages, plural by each language's rule."""

import string

import pytest

from guichet.locale import MissingTextError, Text, Texts
from guichet.locale.texts import all_texts


def test_a_text_is_found_by_area_and_name() -> None:
    assert Texts()("form.optional") == "facultatif"
    assert Texts("en")("form.optional") == "optional"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(MissingTextError, match=r"form\.nothing"):
        Texts()("form.nothing")


def test_a_value_left_out_is_an_error() -> None:
    with pytest.raises(MissingTextError, match="number"):
        Texts()("table.page")


@pytest.mark.parametrize(
    ("count", "french", "english"), [(0, "0 ligne", "0 rows"), (1, "1 ligne", "1 row"), (2, "2 lignes", "2 rows")]
)
def test_plural_follows_the_language(count: int, french: str, english: str) -> None:
    assert Texts("fr")("table.rows", count=count) == french
    assert Texts("en")("table.rows", count=count) == english


@pytest.mark.parametrize("key", all_texts())
def test_each_text_is_written_in_both_languages_with_the_same_values(key: str) -> None:
    text = all_texts()[key]
    assert text.fr
    assert text.en
    assert _names(text.fr) == _names(text.en)
    assert _names(text.fr_one) | _names(text.en_one) <= _names(text.fr) | {"count"}


def test_a_text_without_singular_uses_its_only_form() -> None:
    assert Text("{count} x", "{count} y").form("fr", 1) == "{count} x"


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
