"""`guichet backup` and `guichet restore`: a file, a folder in quarantine, a release; each refusal names what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet.storage import outbox
from guichet_cli.main import run
from instances import an_instance


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An instance with a declaration of its own, a published scheme and a duty that waits."""
    own = tmp_path / "own"
    (own / "regions").mkdir(parents=True)
    (own / "instance.yaml").write_text("format: 1\nmode: sandbox\nname: Essai\n", "utf-8")
    settings = Settings(database_url=f"sqlite:///{own / 'var/guichet.sqlite3'}")
    with an_instance(own / "var", schemes=["aide-simple"], territories=["reg-53"], settings=settings) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "notice", {"dossier": "x", "event": "filed"}))
    return own


def guichet(folder: Path | None, *words: str) -> int:
    return run(words, Settings(language="fr", instance=folder))


def test_a_backup_is_restored_held_back_then_released(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, into = tmp_path / "sauvegarde", tmp_path / "ailleurs"
    assert guichet(folder, "backup", str(file)) == 0
    assert guichet(None, "restore", str(file), "--into", str(into)) == 0
    out = capsys.readouterr().out
    assert f"Sauvegarde écrite dans {file} : base, déclarations, 0 pièce ou courrier, 1 Mo." in out
    assert "En quarantaine" in out
    assert (into / "instance.yaml").read_text("utf-8").endswith("name: Essai\n")

    assert guichet(into, "doctor") == 2
    assert "en quarantaine depuis la restauration" in capsys.readouterr().out
    assert guichet(into, "pay", "run", "--date", "2020-04-20") == 2
    assert guichet(into, "restore", "--release") == 2
    told = capsys.readouterr().err
    assert "rien n'en sort avant qu'elle soit libérée" in told
    assert "une libération dit pourquoi et qui la décide" in told

    signed = ("--because", "Disque perdu", "--by", "Anne Le Goff")
    assert guichet(into, "restore", "--release", "--nothing-left", *signed, "--redo", "leter") == 2
    assert guichet(into, "restore", "--release", "--nothing-left", *signed, "--into", "x") == 2
    assert guichet(into, "restore", "--release", "--nothing-left", *signed) == 0
    assert "Tâches mises de côté, peut-être faites depuis la sauvegarde : notice 1." in capsys.readouterr().out
    assert guichet(into, "pay", "run", "--date", "2020-04-20") == 0
    assert guichet(into, "restore", "--release", "--nothing-left", *signed) == 2


@pytest.mark.parametrize("words", [(), ("--into", "x"), (__file__,), (__file__, "--release")])
def test_what_to_restore_must_be_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert guichet(folder, "restore", *words) == 2
    assert "que restaurer ?" in capsys.readouterr().err


def test_a_backup_never_replaces_a_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b").write_text("mine", "utf-8")
    assert guichet(folder, "backup", str(tmp_path / "b")) == 2
    assert (tmp_path / "b").read_text("utf-8") == "mine"
    assert "existe déjà" in capsys.readouterr().err


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b").write_text("not a tar", "utf-8")
    assert guichet(None, "restore", str(tmp_path / "b"), "--into", str(tmp_path / "x")) == 2
    assert "n'est pas une sauvegarde lisible" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_restoration_from_nowhere_or_into_nowhere_says_what_to_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = Settings(language="en")
    assert run(["restore", str(tmp_path / "nope.guichet"), "--into", str(tmp_path / "to")], english) == 2
    assert "The path starts from" in capsys.readouterr().err
    (tmp_path / "note.txt").write_text("rien", "utf-8")
    assert run(["restore", str(tmp_path / "note.txt"), "--into", str(tmp_path / "to")], english) == 2
    assert "give the file that guichet backup wrote" in capsys.readouterr().err
    assert run(["restore", str(tmp_path / "note.txt"), "--into", "/proc/x"], english) == 2
    assert "name a folder in which you may write" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()
