"""What nothing would read is refused: misspelt or misplaced files, folders, overlays.

`tests/data/invalid/folders/<case>.txt` holds the path of the file at fault, then the texts expected, in French and in
English.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from declarations import SCHEME
from guichet.errors import ProblemsFound, render_all
from guichet.loader.library import load_library
from guichet.locale import Language
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

CASES = sorted((Path(__file__).parents[2] / "data/invalid/folders").glob("*.txt"))
PLUGINS = shipped_plugins()


def refusals(folder: Path, files: Mapping[str, str], language: Language = "fr") -> str:
    for name, text in {"schemes/essai/scheme.yaml": SCHEME, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_library(
            (shipped_folder("schemes"), folder / "schemes"),
            (shipped_folder("regions"), folder / "regions"),
            PLUGINS,
            shown_from=folder,
        )
    return render_all(found.value.problems, language)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_nothing_would_read_is_refused(tmp_path: Path, case: Path) -> None:
    file, french, english = case.read_text("utf-8").split("\n=====\n")
    assert refusals(tmp_path, {file: "x: 1\n"}) == french
    assert refusals(tmp_path, {}, "en") == english.rstrip("\n")


def test_a_text_that_is_not_in_utf_8_is_refused_like_any_file(tmp_path: Path) -> None:
    text = tmp_path / "schemes/essai/texts/accord.md"
    text.parent.mkdir(parents=True)
    text.write_bytes("Décision".encode("cp1252"))
    assert "texts/accord.md:1:2  le fichier n'est pas en UTF-8" in refusals(tmp_path, {})


def test_a_form_is_declared_once(tmp_path: Path) -> None:
    page = "vous:\n  title: Vous\n  fields: {a: {type: text, label: a}}\n"
    text = refusals(tmp_path, {"schemes/essai/forms/application.yaml": page})
    assert '"form" est déclaré ici et dans schemes/essai/forms/application.yaml' in text


def test_a_readme_and_hidden_files_are_left_aside(tmp_path: Path) -> None:
    files = {"README.md": "x", ".DS_Store": "x", "_brouillon.yaml": "x", "decret.pdf": "x"}
    text = refusals(tmp_path, {f"schemes/essai/{name}": body for name, body in files.items()} | {"schemes/a.yaml": ""})
    assert text.endswith("\n1 erreur")


def test_a_folder_whose_scheme_is_misnamed_is_said_once_whatever_lies_over_it(tmp_path: Path) -> None:
    overlay = "regions/dep-74-haute-savoie/overlays/autre.yaml"
    files = {"schemes/autre/schema.yaml": "x", overlay: "format: 1\nset: {}\n"}
    assert refusals(tmp_path, files).endswith("\n1 erreur")
