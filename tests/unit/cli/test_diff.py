"""`guichet diff`: two declarations compared, whatever names them, with an exit code that scripts can read."""

import json
import subprocess
from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.locale import Language
from guichet.settings import Settings
from guichet_cli.main import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*words: str, language: Language = "fr") -> int:
    return run(["diff", *words], Settings(language=language))


def a_copy(folder: Path, find: str, replace: str, name: str = "projet") -> None:
    (folder / name).mkdir()
    (folder / name / "scheme.yaml").write_text(with_change(find, replace), "utf-8")


def test_the_same_declaration_exits_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("essai", "schemes/essai") == 0
    assert capsys.readouterr().out == "Aucune différence.\n"


def test_a_copy_under_another_name_is_compared_by_its_id(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_copy(folder, "when: effectif <= 10", "when: effectif <= 15")
    assert diff("essai", "projet") == 1
    told = capsys.readouterr()
    assert told.out.replace("\xa0", " ").splitlines() == [
        "règles du 1er mai 2020, critère « Au plus dix salariés »",
        "  seuil : 10 → 15",
    ]
    assert told.err == "1 différence\n"


def test_a_single_file_and_english(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "brouillon.yaml").write_text(with_change("else: 100 €", "else: 150 €"), "utf-8")
    assert diff("essai", "brouillon.yaml", language="en") == 1
    assert "amount: €100 → €150" in capsys.readouterr().out


def test_versions_are_named_by_a_day_and_json_has_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("essai@2020-05-10", "essai@2020-06-10", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [(one["path"][-1], one["before"], one["after"]) for one in found] == [
        ("legal", "Délibération", "Délibération modifiée"),
        ("when", "10", "20"),
    ]


def test_a_git_revision_is_compared_with_the_folder_of_today(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    for words in (["init", "-q"], ["add", "schemes"], [*who, "commit", "-qm", "Un"]):
        subprocess.run(["git", *words], check=True, cwd=folder)
    (folder / "schemes/essai/scheme.yaml").write_text(with_change("value: 500 €", "value: 450 €"), "utf-8")
    assert diff("HEAD:schemes/essai", "schemes/essai") == 1
    assert "valeur : 500 € → 450 €" in capsys.readouterr().out.replace("\xa0", " ")
    assert diff("NOWHERE:schemes/essai", "schemes/essai") == 2
    assert "git n'a pas donné" in capsys.readouterr().err


def test_a_side_that_cannot_be_read_exits_with_two(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("esai", "essai") == 2
    assert "Vouliez-vous dire « essai »" in capsys.readouterr().err.replace("\xa0", " ")
    assert diff("essai", "essai@2019-01-01") == 2
    (folder / "faux.yaml").write_text(SCHEME.replace("when: effectif <= 10", "when: efectif <= 10"), "utf-8")
    assert diff("essai", "faux.yaml") == 2
    assert 'vouliez-vous dire "effectif"' in capsys.readouterr().err
