"""`guichet retention`: counts what is over, and forgets it with the visa of the archives only."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet_cli.main import run

ENGLISH = Settings(language="en")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A sandbox instance with a scheme published in a territory, in which one stands."""
    monkeypatch.chdir(tmp_path)
    assert run(("new", "instance", "."), ENGLISH) == 0
    assert run(("publish", "haute-savoie-1000", "--territory", "dep-74"), ENGLISH) == 0
    capsys.readouterr()
    return tmp_path


@pytest.mark.usefixtures("here")
def test_what_is_over_is_counted_and_told_how_it_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("retention", "show"), ENGLISH) == 0
    assert "haute-savoie-1000, dep-74: 0 (to be forgotten on demand, with the visa)" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_nothing_is_forgotten_without_a_visa(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("retention", "forget", "haute-savoie-1000", "--territory")
    assert run((*asked, "dep-74"), ENGLISH) == 2
    assert "has no visa of the archives" in capsys.readouterr().err
    for nothing in (" ", "référence à compléter"):
        assert run((*asked, "dep-74", "--visa", nothing), ENGLISH) == 2
        assert "has no visa of the archives" in capsys.readouterr().err
    assert run((*asked, "dep-74", "--visa", "AD 74, 2021-3"), ENGLISH) == 0
    assert "Forgotten: dossiers 0" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_what_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("retention", "forget", "haute-savoie-1000", "--territory", "dep-99", "--visa", "v"), ENGLISH) == 2
    assert "dep-99" in capsys.readouterr().err
    assert run(("retention", "forget", "autre", "--territory", "dep-74", "--visa", "v"), ENGLISH) == 2
    assert "autre" in capsys.readouterr().err
