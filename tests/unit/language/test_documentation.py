"""The examples of the documentation are rules that compile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guichet.language.words import FUNCTIONS, KEYWORDS
from rules_at_hand import program

PAGE = (Path(__file__).parents[3] / "core" / "docs" / "explanation" / "rule-language.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", re.findall(r"```rule\n(.*?)\n```", PAGE, re.DOTALL))
def test_an_example_of_the_page_compiles(text: str) -> None:
    define = {"besoin": "abs(actif_disponible - (dettes_30j + charges_fixes))"}
    assert program(text, define=define).warnings == ()


@pytest.mark.parametrize("table", [KEYWORDS, FUNCTIONS], ids=["keywords", "functions"])
def test_every_word_is_in_the_page(table: dict[str, dict[str, tuple[str, ...]]]) -> None:
    for spelt in table.values():
        assert spelt["fr"][0] in PAGE
        assert spelt["en"][0] in PAGE
