"""Sums in French words, as a statement of sums due spells them."""

import pytest

from guichet_plugins.payments.amount_in_words import amount_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (16, "seize"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (61, "soixante et un"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (90, "quatre-vingt-dix"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (101, "cent un"),
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1_000, "mille"),
        (1_080, "mille quatre-vingts"),
        (1_100, "mille cent"),
        (2_000, "deux mille"),
        (21_000, "vingt et un mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (300_200, "trois cent mille deux cents"),
        (1_000_000, "un million"),
        (80_000_000, "quatre-vingts millions"),
        (200_000_000, "deux cents millions"),
        (3_000_000_000, "trois milliards"),
        (1_001_001, "un million mille un"),
    ],
)
def test_numbers_agree_as_french_wants(number: int, words: str):
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zéro euro"),
        (1, "un centime"),
        (2, "deux centimes"),
        (80, "quatre-vingts centimes"),
        (100, "un euro"),
        (101, "un euro et un centime"),
        (8_000, "quatre-vingts euros"),
        (100_000, "mille euros"),
        (134_000_000, "un million trois cent quarante mille euros"),
        (100_000_000, "un million d'euros"),
        (200_000_050, "deux millions d'euros et cinquante centimes"),
        (100_000_100, "un million un euros"),
    ],
)
def test_sums_are_spelt_with_their_centimes(cents: int, words: str):
    assert amount_in_words(cents) == words


def test_every_number_below_a_million_has_words_of_its_own():
    spelt = {number_in_words(number) for number in range(1_000_000)}
    assert len(spelt) == 1_000_000


def test_a_negative_sum_is_not_spelt():
    with pytest.raises(ValueError, match="not negative"):
        amount_in_words(-1)
