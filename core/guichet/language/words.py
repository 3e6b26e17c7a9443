"""The one table of words of the rule language, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Words = Literal["fr", "en"]

# Each keyword has one meaning; the first word of a tuple is the one `guichet fmt` writes.
KEYWORDS: Final[Mapping[str, Mapping[Words, tuple[str, ...]]]] = MappingProxyType(
    {
        "and": {"fr": ("et",), "en": ("and",)},
        "or": {"fr": ("ou",), "en": ("or",)},
        "not": {"fr": ("non",), "en": ("not",)},
        "if": {"fr": ("si",), "en": ("if",)},
        "then": {"fr": ("alors",), "en": ("then",)},
        "else": {"fr": ("sinon",), "en": ("else",)},
        "in": {"fr": ("dans",), "en": ("in",)},
        "list": {"fr": ("liste",), "en": ("list",)},
        "between": {"fr": ("entre",), "en": ("between",)},
        "is": {"fr": ("est",), "en": ("is",)},
        "known": {"fr": ("connu", "connue"), "en": ("known",)},
        "some": {"fr": ("quelque", "some"), "en": ("some",)},
        "every": {"fr": ("chaque", "every"), "en": ("every",)},
        "satisfies": {"fr": ("satisfait", "satisfies"), "en": ("satisfies",)},
        "for": {"fr": ("pour",), "en": ("for",)},
        "where": {"fr": ("où",), "en": ("where",)},
        "to": {"fr": ("à", "to"), "en": ("to",)},
        "true": {"fr": ("vrai",), "en": ("true",)},
        "false": {"fr": ("faux",), "en": ("false",)},
    }
)

# Functions keep their English name everywhere; French files may also use these.
FUNCTIONS: Final[Mapping[str, Mapping[Words, tuple[str, ...]]]] = MappingProxyType(
    {
        "min": {"fr": ("min",), "en": ("min",)},
        "max": {"fr": ("max",), "en": ("max",)},
        "abs": {"fr": ("abs",), "en": ("abs",)},
        "sum": {"fr": ("somme", "sum"), "en": ("sum",)},
        "count": {"fr": ("nombre", "count"), "en": ("count",)},
        "round": {"fr": ("arrondi", "round"), "en": ("round",)},
        "floor": {"fr": ("arrondi_inf", "floor"), "en": ("floor",)},
        "ceiling": {"fr": ("arrondi_sup", "ceiling"), "en": ("ceiling",)},
        "years_between": {"fr": ("années_entre", "years_between"), "en": ("years_between",)},
        "months_between": {"fr": ("mois_entre", "months_between"), "en": ("months_between",)},
        "days_between": {"fr": ("jours_entre", "days_between"), "en": ("days_between",)},
        "per_month": {"fr": ("par_mois", "per_month"), "en": ("per_month",)},
        "per_year": {"fr": ("par_an", "per_year"), "en": ("per_year",)},
        "starts_with": {"fr": ("commence_par", "starts_with"), "en": ("starts_with",)},
        "lookup": {"fr": ("recherche", "lookup"), "en": ("lookup",)},
    }
)

# A unit follows a number; both languages are understood in every file. A year is twelve months.
UNITS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "jour": ("days", 1),
        "jours": ("days", 1),
        "day": ("days", 1),
        "days": ("days", 1),
        "mois": ("months", 1),
        "month": ("months", 1),
        "months": ("months", 1),
        "an": ("months", 12),
        "ans": ("months", 12),
        "année": ("months", 12),
        "années": ("months", 12),
        "year": ("months", 12),
        "years": ("months", 12),
    }
)


def keyword_of(word: str, words: Words) -> str | None:
    """The meaning of a keyword in one set of words, None for any other word."""
    return _KEYWORD_OF[words].get(word)


def function_of(word: str, words: Words) -> str | None:
    """The canonical name of a built-in function, None for any other word."""
    return _FUNCTION_OF[words].get(word)


def word_for(meaning: str, words: Words) -> str:
    """The word to write for a keyword or a function."""
    return (KEYWORDS.get(meaning) or FUNCTIONS[meaning])[words][0]


def rounding_words(words: Words) -> dict[str, object]:
    """The words of a rounding, for hints that show one."""
    return words_for(words, "round", "to")


def words_for(words: Words, *meanings: str) -> dict[str, object]:
    """The words to write by what they mean, for hints that show them.

    >>> words_for("fr", "months_between")
    {'months_between': 'mois_entre'}
    """
    return {meaning: word_for(meaning, words) for meaning in meanings}


def example(construction: str, words: Words) -> str:
    """How a construction is written, with the words of one language."""
    return _EXAMPLES[construction][words]


def is_reserved(name: str) -> bool:
    """Whether a name is a keyword of either language, which no field, definition or parameter may bear."""
    return any(name in table for table in _KEYWORD_OF.values())


def _by_word(table: Mapping[str, Mapping[Words, tuple[str, ...]]], words: Words) -> Mapping[str, str]:
    return MappingProxyType({word: meaning for meaning, spelt in table.items() for word in spelt[words]})


_KEYWORD_OF: Final[Mapping[Words, Mapping[str, str]]] = MappingProxyType(
    {"fr": _by_word(KEYWORDS, "fr"), "en": _by_word(KEYWORDS, "en")}
)
_FUNCTION_OF: Final[Mapping[Words, Mapping[str, str]]] = MappingProxyType(
    {"fr": _by_word(FUNCTIONS, "fr"), "en": _by_word(FUNCTIONS, "en")}
)

_EXAMPLES: Final[Mapping[str, Mapping[Words, str]]] = MappingProxyType(
    {
        "if": {
            "fr": "si condition alors valeur sinon autre valeur",
            "en": "if condition then value else other value",
        },
        "between": {"fr": "x entre 1 et 5", "en": "x between 1 and 5"},
        "chain": {"fr": "a < b et b < c", "en": "a < b and b < c"},
        "known": {"fr": "x est connu", "en": "x is known"},
        "list": {"fr": "clé dans liste nom", "en": "key in list name"},
        "among": {"fr": "x dans (a, b)", "en": "x in (a, b)"},
        "gather": {
            "fr": "somme(ligne.montant pour ligne dans lignes où ligne.montant > 0 €)",
            "en": "sum(row.amount for row in rows where row.amount > 0 €)",
        },
        "rows": {
            "fr": "quelque ligne dans lignes satisfait ligne.montant > 0 €",
            "en": "some row in rows satisfies row.amount > 0 €",
        },
    }
)
