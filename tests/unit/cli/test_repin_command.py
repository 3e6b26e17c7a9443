"""`guichet repin`: says how many dossiers moved, and refuses what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from declarations import with_change
from guichet.settings import Settings
from guichet_cli.main import run
from mended import a_dossier, a_trial, publish_trial


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an instance where a dossier was filed, then the scheme mended."""
    with a_trial(tmp_path, f"sqlite:///{tmp_path / 'guichet.sqlite3'}") as (cases, _):
        a_dossier(cases)
        publish_trial(cases, tmp_path / "second", with_change("when: effectif <= 10", "when: effectif <= 15"))
    return tmp_path


def guichet(folder: Path, *words: str) -> int:
    return run(("repin", *words), Settings(language="fr", instance=folder))


def test_it_says_what_moved_then_that_nothing_is_left_to_move(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(folder, "essai", "--territory", "dep-73", "--reason", "seuil") == 0
    assert guichet(folder, "essai", "--reason", "seuil") == 0
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "Dossiers rattachés : 1, dont le résultat change : 1. Laissés : 0.",
        "Dossiers rattachés : 0, dont le résultat change : 0. Laissés : 0.",
    ]


def test_a_scheme_that_is_not_published_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(folder, "inconnu", "--reason", "seuil") == 2
    assert '"inconnu" n\'est publié pour aucun territoire' in capsys.readouterr().err


def test_a_reason_is_wanted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(folder, "essai") == 2
    assert guichet(folder, "essai", "--reason", " ") == 2
    assert "il manque le motif" in capsys.readouterr().err
