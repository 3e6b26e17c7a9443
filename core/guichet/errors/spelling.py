"""The typo guess behind "did you mean …?"."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that looks most like the word, or None when nothing comes close.

    >>> nearest("chifre_affaires", ["dettes_30j", "chiffre_affaires"])
    'chiffre_affaires'
    >>> nearest("département", ["region", "departement"])
    'departement'
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    close = difflib.get_close_matches(_fold(word), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def is_close(word: str, other: str) -> bool:
    """Whether a word is most likely the other one mistyped: closer than what is merely proposed.

    >>> is_close("labell", "label"), is_close("calculs", "scales")
    (True, False)
    """
    return difflib.SequenceMatcher(None, _fold(word), _fold(other)).ratio() >= 0.7


def ranked(word: str, choices: Iterable[str]) -> list[str]:
    """The choices, those that look most like the word first; others keep their order.

    >>> ranked("74", ["01", "73", "74 bis", "2A"])
    ['73', '74 bis', '01', '2A']
    """
    matcher = difflib.SequenceMatcher(b=_fold(word))

    def likeness(choice: str) -> float:
        matcher.set_seq1(_fold(choice))
        return matcher.ratio()

    return sorted(choices, key=likeness, reverse=True)


def unaccented(text: str) -> str:
    """A text whose letters have lost their accents.

    >>> unaccented("Région œuvre")
    'Region œuvre'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def as_said(text: str) -> str:
    """A text without what two people write differently: accents, capitals, hyphens, doubled spaces.

    >>> as_said("Jean-François  DUPONT")
    'jean francois dupont'
    """
    bare = unaccented(text.casefold())
    return " ".join("".join(each if each.isalnum() else " " for each in bare).split())


def _fold(word: str) -> str:
    """Lower case without accents, hyphens as underscores: what people mix up first."""
    return unaccented(word).casefold().replace("-", "_").strip()
