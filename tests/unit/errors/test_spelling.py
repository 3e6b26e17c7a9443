"""The guess behind "did you mean …?"."""

from __future__ import annotations

import pytest

from guichet.errors import nearest

_FIELDS = ["actif_disponible", "chiffre_affaires", "dettes_30j", "departement"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("chifre_affaires", "chiffre_affaires"),
        ("chiffre-affaires", "chiffre_affaires"),
        ("Département", "departement"),
        ("dette_30j", "dettes_30j"),
    ],
)
def test_a_typo_finds_the_name_meant(word: str, meant: str):
    assert nearest(word, _FIELDS) == meant


def test_a_word_far_from_all_names_finds_none():
    assert nearest("zzz", _FIELDS) is None
    assert nearest("siret", []) is None
