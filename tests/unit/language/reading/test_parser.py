"""How expressions are read: numbers, dates, names, words, precedence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.errors import ProblemsFound, render
from guichet.language import MONEY, Source, compile_value, decimal, rate
from guichet.language.reading.lexer import tokenise
from guichet.language.reading.numerals import Quantity
from rules_at_hand import an_environment, complete_values, value


def quantity(text: str) -> object:
    return tokenise(text, "fr")[0].value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("200 000 €", Quantity(20_000_000, 2, "€")),
        ("200\u00a0000\u00a0€", Quantity(20_000_000, 2, "€")),
        ("200\u202f000€", Quantity(20_000_000, 2, "€")),
        ("3 500,50 €", Quantity(350_050, 2, "€")),
        ("3500.5 €", Quantity(350_050, 2, "€")),
        ("1234567 €", Quantity(123_456_700, 2, "€")),
        ("37,5 %", Quantity(375, 1, "%")),
        ("37.50%", Quantity(3750, 2, "%")),
        ("0.5", Quantity(5, 1, "")),
        ("1 000", Quantity(1000, 0, "")),
        ("30 jours", Quantity(30, 0, "days")),
        ("30 days", Quantity(30, 0, "days")),
        ("2 ans", Quantity(24, 0, "months")),
        ("3 mois", Quantity(3, 0, "months")),
    ],
)
def test_a_number_is_read_with_its_groups_decimals_and_unit(text: str, read: Quantity) -> None:
    assert quantity(text) == read


def test_a_comma_with_a_space_separates_values() -> None:
    assert value("min(3 €, 5 €)") == 300
    assert value("min(3 €,5 €)") == 300
    assert value("min(2 500,50 €, 3 000 €)") == 250_050


def test_four_digits_hyphen_two_digits_is_always_a_date() -> None:
    assert tokenise("2020-03-01", "fr")[0].value == date(2020, 3, 1)


def test_a_number_before_a_keyword_has_no_unit() -> None:
    assert value("(si effectif > 1 alors 2 sinon 3) + 1") == 3


def test_accents_composed_or_not_are_the_same_name() -> None:
    composed, decomposed = "d\u00e9tenus", "de\u0301tenus"
    assert tokenise(decomposed, "fr")[0].value == composed


def test_a_text_may_hold_quotes_and_backslashes() -> None:
    assert tokenise(r'"a \"b\" \\ c"', "fr")[0].value == r'a "b" \ c'


def test_multiplication_binds_before_addition_and_comparison_before_logic() -> None:
    assert value("1 + 2 * 3") == 7
    assert value("(1 + 2) * 3") == 9
    assert value("10 - 3 - 2") == 5
    assert value("non effectif > 5 et ferme_public est connu") is True


def test_a_sign_before_a_value_needs_no_space() -> None:
    assert value("-5 €") == -500
    assert value("3 € - -5 €") == 800
    assert value("max(-actif_disponible, 0 €)") == 0


def test_both_sets_of_words_say_the_same() -> None:
    french = "si effectif entre 1 et 10 et non ferme_public alors arrondi(dettes_30j / 3 à 1 €) sinon 0 €"
    english = "if effectif between 1 and 10 and not ferme_public then round(dettes_30j / 3 to 1 €) else 0 €"
    assert value(french) == value(english, "en") == 66_700


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("somme(dettes.montant)", "sum(dettes.montant)"),
        ("nombre(dettes)", "count(dettes)"),
        ("arrondi_inf(coefficient)", "floor(coefficient)"),
        ("arrondi_sup(coefficient)", "ceiling(coefficient)"),
        ("jours_entre(date_demande_pret, filed_on)", "days_between(date_demande_pret, filed_on)"),
        ("mois_entre(date_demande_pret, filed_on)", "months_between(date_demande_pret, filed_on)"),
        ("années_entre(date_demande_pret, filed_on)", "years_between(date_demande_pret, filed_on)"),
        ('commence_par(territory, "reg")', 'starts_with(territory, "reg")'),
        ("recherche(volet1, siren(siret), amount)", "lookup(volet1, siren(siret), amount)"),
        ("quelque d dans dettes satisfait d.echue", "some d in dettes satisfies d.echue"),
        ("chaque d dans dettes satisfait d.echue", "every d in dettes satisfies d.echue"),
    ],
)
def test_functions_have_a_french_name_and_keep_their_english_one(french: str, english: str) -> None:
    in_french_file = english.replace(" in ", " dans ")
    assert value(french) == value(english, "en") == value(in_french_file)


def test_a_literal_has_the_type_its_writing_says() -> None:
    environment = an_environment()
    assert compile_value(Source("1 000.50 €"), environment).type == MONEY
    assert compile_value(Source("12.50 %"), environment).type == rate(2)
    assert compile_value(Source("0.125"), environment).type == decimal(3)


def test_a_choice_may_be_written_as_a_quoted_code() -> None:
    assert value('pret = "refuse"') is True
    assert value("refuse = pret") is True
    assert value("(si ferme_public alors refuse sinon accepte) != pret") is True


def test_a_condition_on_its_own_follows_what_is_asked() -> None:
    condition = compile_value(Source("chiffre_affaires > 10 €"), an_environment())
    assert condition.evaluate(complete_values()) is True
    assert condition.evaluate(complete_values(exercice_clos=False)) is None
    assert condition.inputs == ("exercice_clos", "chiffre_affaires")


WRITTEN = """( ) , . + - * / = != < >= et ou non si alors sinon dans liste entre est connu quelque chaque satisfait à
vrai effectif actif_disponible dettes dettes.montant d d.echue besoins refuse pret quotite date_demande_pret volet1
siret min max( sum( round( days_between( lookup( siren( 3 5 € 10 jours 0.5 37.5 % 2020-03-01 "x" 1 000 € é ²"""
VOCABULARY = tuple(WRITTEN.split())


@settings(max_examples=300)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join) | st.text(max_size=30))
def test_whatever_is_written_gives_a_value_or_problems_one_can_read(text: str) -> None:
    try:
        compile_value(Source(text), an_environment()).evaluate(complete_values())
    except ProblemsFound as found:
        said = [render(problem, language) for problem in found.problems for language in ("fr", "en")]
        if not all(said):
            raise AssertionError(found.problems) from found


@pytest.mark.parametrize(
    "text", ["(" * 500, "-" * 300 + "1", "non " * 400 + "vrai", "min(" * 300, " + ".join(["1"] * 400), "a" * 5000]
)
def test_an_expression_made_to_exhaust_the_reader_is_refused(text: str) -> None:
    with pytest.raises(ProblemsFound):
        compile_value(Source(text), an_environment())


def test_a_rate_before_a_name_lacks_its_sign() -> None:
    with pytest.raises(ProblemsFound) as refused:
        compile_value(Source("10% chiffre_affaires"), an_environment())
    assert "il manque un signe ; pour multiplier, écrivez 10% * chiffre_affaires." in render(
        refused.value.problems[0], "fr"
    )
