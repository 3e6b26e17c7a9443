"""The names of types."""

from __future__ import annotations

import pytest

from guichet.language import (
    MONEY,
    TEXT,
    Type,
    choice,
    list_of,
    render_type,
    rows,
)


@pytest.mark.parametrize(
    ("type_", "french", "english"),
    [
        (MONEY, "un montant", "an amount"),
        (choice(["a", "b"]), "un choix (a, b)", "a choice (a, b)"),
        (list_of(TEXT), "plusieurs valeurs (un texte)", "several values (a text)"),
        (rows({"montant": MONEY}), "des lignes répétées (montant)", "repeated rows (montant)"),
    ],
)
def test_types_have_a_name_in_both_languages(type_: Type, french: str, english: str) -> None:
    assert (render_type(type_, "fr"), render_type(type_, "en")) == (french, english)
