"""`guichet fmt`: what it writes, what it leaves alone, and that a scheme means the same afterwards."""

import shutil
from pathlib import Path, PurePath

import pytest

from guichet.editor.formatting import Dialect, format_text, formatted
from guichet.editor.schemas import kind_of
from guichet.loader.library import load_library
from guichet.model.canonical import canonical_json
from guichet.settings import Settings, shipped_folder
from guichet_cli.main import run
from house import ROOT
from pages import blocks
from shipped_plugins import shipped_plugins

FRENCH = Dialect("fr", "fr")
Captured = pytest.CaptureFixture[str]


def guichet(*words: str) -> int:
    return run(words, Settings(language="fr"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the shipped schemes, in which one stands."""
    shutil.copytree(shipped_folder("schemes"), tmp_path / "schemes")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def meanings(folder: Path) -> dict[str, str]:
    """Give the effective schemes of a folder, their expressions written in the one way there is."""
    library = load_library([folder / "schemes"], [shipped_folder("regions")], shipped_plugins())
    return {
        name: canonical_json(told(library.effective(name).scheme.model_dump(mode="json"))) for name in library.sources
    }


def told(value: object, key: str = "", above: str = "") -> object:
    if isinstance(value, dict):
        return {name: told(one, name, key) for name, one in value.items()}
    if isinstance(value, list):
        return [told(one, key, above) for one in value]
    expression = key in {"when", "asked_when", "if", "then", "else", "always"} or above == "define"
    if expression and isinstance(value, str) and value:
        return formatted(value, Dialect("fr", "fr"))
    return value


def test_what_is_laid_out_means_the_same(here: Path) -> None:
    before = meanings(here)
    assert guichet("fmt") == 0
    assert meanings(here) == before
    assert guichet("fmt", "--check") == 0


def test_what_ships_is_laid_out(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(ROOT)
    status = guichet("fmt", "--check", "schemes", "regions", "tests/data/schemes", "tests/outside", "plugins")
    assert status == 0, capsys.readouterr().out


def test_the_declarations_that_pages_show_are_laid_out() -> None:
    pages = [path for path in (ROOT / "core/docs").rglob("*.md") if path.name != "write-in-an-editor.md"]  # shows both
    shown = [
        (page.name, one)
        for page in pages
        for one in blocks(page.read_text("utf-8"))
        if one.kind == "file" and kind_of(PurePath(one.file))
    ]
    assert shown
    for name, one in shown:
        assert one.content == format_text(one.content, one.file, FRENCH), f"{name}:{one.line}"


def test_what_is_begun_is_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    assert guichet("new", "instance", "aides") == 0
    monkeypatch.chdir(tmp_path / "aides")
    for given in (["essai"], ["repris", "--like", "fds-volet-2"]):
        assert guichet("new", "scheme", *given) == 0
    assert guichet("fmt", "--check", "instance.yaml", "schemes") == 0, capsys.readouterr().out


def test_a_check_writes_nothing_and_says_what_would_change(here: Path, capsys: Captured) -> None:
    file = here / "schemes/haute-savoie-1000/scheme.yaml"
    file.write_text(file.read_text("utf-8") + "\n\n\n", "utf-8")
    before = file.read_bytes()
    assert guichet("fmt", "schemes/haute-savoie-1000", "--check") == 1
    assert "à mettre en forme : schemes/haute-savoie-1000/scheme.yaml" in capsys.readouterr().out
    assert guichet("fmt", str(file), "--diff") == 0
    assert "--- schemes/haute-savoie-1000/scheme.yaml" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_written(here: Path, capsys: Captured) -> None:
    broken, other = here / "schemes/fds-volet-2/rules.yaml", here / "schemes/fds-volet-2/workflow.yaml"
    broken.write_text(broken.read_text("utf-8").replace("effectif >= 1", "effectif => 1"), "utf-8")
    other.write_text(other.read_text("utf-8").replace("bodies:", "bodies:   "), "utf-8")
    before = broken.read_bytes()
    assert guichet("fmt", "schemes/fds-volet-2") == 2
    told = capsys.readouterr()
    assert "schemes/fds-volet-2/rules.yaml:" in told.err
    assert "mis en forme : schemes/fds-volet-2/workflow.yaml" in told.out
    assert broken.read_bytes() == before


def test_a_file_keeps_its_rights_and_leaves_nothing_beside(here: Path) -> None:
    file = here / "schemes/fds-volet-2/workflow.yaml"
    file.chmod(0o640)
    file.write_text("\n" + file.read_text("utf-8"), "utf-8")
    assert guichet("fmt", str(file)) == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_a_scheme_changes_its_language_as_a_whole(here: Path, capsys: Captured) -> None:
    assert guichet("fmt", "schemes/fds-volet-2/rules.yaml", "--language", "en") == 2
    assert "guichet fmt schemes/fds-volet-2 --language" in capsys.readouterr().err
    assert guichet("fmt", "schemes/fds-volet-2") == 0
    rules = here / "schemes/fds-volet-2/rules.yaml"
    french = rules.read_text("utf-8")
    assert guichet("fmt", "schemes/fds-volet-2", "--language", "en") == 0
    assert "language: en" in (here / "schemes/fds-volet-2/scheme.yaml").read_text("utf-8")
    assert "siren(siret) in list volet1" in rules.read_text("utf-8")
    assert guichet("fmt", "schemes/fds-volet-2", "--language", "fr") == 0
    assert rules.read_text("utf-8") == french
