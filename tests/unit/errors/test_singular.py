"""One thing counted is said in the singular, in messages and on the terminal, found over every text of the house."""

import ast
import re
from pathlib import Path

import pytest

from guichet.errors.catalogue import all_messages
from guichet.errors.renderer import sentence

ROOT = Path(__file__).parents[3]
_PLURAL = re.compile(r"\{count\}[\s\u00a0\u202f]+(?!mois|avis)[^\W\d_]+[sx]\b")

_NEVER_ONE = {
    "{count} schémas dans {folder}",
    "Au moins {count} caractères. Une phrase dont vous vous souviendrez convient très bien.",
    "Sélectionner les {count} lignes",  # offered past the first page only
    "Vous joignez {count} fichiers : {most} au plus. Retirez-en, ou réunissez-les en un seul PDF.",
}


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, "0 extension", "0 plugins"), (1, "1 extension", "1 plugin"), (2, "2 extensions", "2 plugins")],
)
def test_a_message_counts_as_each_language_does(count: int, french: str, english: str) -> None:
    assert sentence("doctor.plugins", {"count": count}, "fr") == french
    assert sentence("doctor.plugins", {"count": count}, "en") == english


def test_every_message_that_counts_has_its_singular() -> None:
    lacking = [code for code, one in all_messages().items() if _PLURAL.search(one.fr) and not one.fr_one]
    assert lacking == ["doctor.service_silent"]  # three calls at least


def test_every_text_that_counts_has_its_singular() -> None:
    found = {text for folder in ("cli", "core/guichet", "plugins") for text in _lacking(ROOT / folder)}
    assert found == _NEVER_ONE


def _lacking(folder: Path) -> list[str]:
    """The French of each `Text(…)` that counts something in the plural only."""
    lacking: list[str] = []
    for file in folder.rglob("*.py"):
        calls = (one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.Call))
        for call in calls:
            if not (isinstance(call.func, ast.Name) and call.func.id == "Text"):
                continue
            named = {one.arg: one.value for one in call.keywords}
            french = named.get("fr", call.args[0] if call.args else None)
            said = french.value if isinstance(french, ast.Constant) else ""
            if isinstance(said, str) and _PLURAL.search(said) and "fr_one" not in named and len(call.args) < 3:
                lacking.append(said)
    return lacking
