"""`guichet territory enable`: says what it made, then that there is nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet_cli.main import run

Captured = pytest.CaptureFixture[str]


def guichet(*words: str) -> int:
    return run(words, Settings(language="fr"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """An instance with one scheme, in which one stands."""
    monkeypatch.chdir(tmp_path)
    assert guichet("new", "instance", ".") == 0
    assert guichet("new", "scheme", "gel", "--envelope", "40 000 €") == 0
    capsys.readouterr()
    return tmp_path


def said(capsys: Captured) -> list[str]:
    return capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def test_each_territory_says_what_was_made_then_nothing(here: Path, capsys: Captured) -> None:
    assert guichet("territory", "enable", "gel", "reg-53", "dep-74") == 0
    told = said(capsys)
    assert told[0] == "reg-53 (Bretagne)"
    assert told[1].startswith("  publication n° 1, ")
    assert "  organismes : Services de la collectivité" in told
    assert "  agents : aucun encore (guichet agents import)" in told
    assert "  enveloppe ouverte : 40 000 €" in told
    assert "dep-74 (Haute-Savoie)" in told

    assert guichet("territory", "enable", "gel", "reg-53,dep-74") == 0
    assert said(capsys) == ["reg-53 : rien à faire", "dep-74 : rien à faire"]


def test_codes_that_name_two_territories_or_none_are_refused_together(here: Path, capsys: Captured) -> None:
    assert guichet("territory", "enable", "gel", "53", "reg-99", "reg-53") == 2
    err = capsys.readouterr().err
    assert "reg-53 (Bretagne), dep-53 (Mayenne)" in err
    assert 'territoire inconnu "reg-99"' in err
    assert not (here / "var" / "guichet.sqlite3").exists()


def test_an_unknown_scheme_is_refused_even_as_the_one_whose_agents_serve(here: Path, capsys: Captured) -> None:
    assert guichet("territory", "enable", "gell", "reg-53") == 2
    assert guichet("territory", "enable", "gel", "reg-53", "--agents-of", "ge") == 2
    assert capsys.readouterr().err.count('vouliez-vous dire "gel" ?') == 2
