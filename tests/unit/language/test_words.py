"""The one table of words, in French and in English."""

from __future__ import annotations

from guichet.language.words import FUNCTIONS, KEYWORDS, function_of, is_reserved, keyword_of, word_for


def test_each_word_has_one_meaning_in_its_language() -> None:
    for words in ("fr", "en"):
        spelt = [word for table in (KEYWORDS, FUNCTIONS) for meaning in table.values() for word in meaning[words]]
        assert len(spelt) == len(set(spelt))


def test_a_word_is_found_by_its_meaning_and_back() -> None:
    for meaning in KEYWORDS:
        assert keyword_of(word_for(meaning, "fr"), "fr") == keyword_of(word_for(meaning, "en"), "en") == meaning
    for meaning in FUNCTIONS:
        assert function_of(word_for(meaning, "fr"), "fr") == function_of(meaning, "fr") == meaning


def test_keywords_of_both_languages_are_reserved_and_functions_are_not() -> None:
    assert is_reserved("sinon")
    assert is_reserved("else")
    assert not is_reserved("nombre")
