"""`guichet show` prints a scheme that may be read again, with the place each value comes from."""

import shutil
from pathlib import Path

import pytest

from declarations import a_library
from guichet.loader.library import Library, load_library
from guichet.runtime import read_library
from guichet.settings import Settings, shipped_folder
from guichet_cli.main import run
from shipped_plugins import shipped_plugins

PLUGINS = shipped_plugins()


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["show", *arguments], Settings(language="fr")) == 0
    return capsys.readouterr().out


def reread(folder: Path, scheme: str, text: str) -> Library:
    place = folder / "relu" / "schemes" / scheme
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / "scheme.yaml").write_text(text, "utf-8")
    return load_library([shipped_folder("schemes"), place.parent], [shipped_folder("regions")], PLUGINS, only=[scheme])


@pytest.mark.parametrize("scheme", sorted(read_library(Settings(), PLUGINS).sources))
def test_what_is_shown_reads_back_to_the_same_scheme(
    scheme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = read_library(Settings(), PLUGINS).effective(scheme).scheme
    again = reread(tmp_path, scheme, shown(capsys, scheme)).effective(scheme).scheme
    assert again == before
    assert again.model_dump_json() == before.model_dump_json()


def test_what_a_territory_changes_is_shown_with_its_own_place_and_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    overlay = "regions/dep-74-haute-savoie/overlays/essai.yaml"
    changes = "format: 1\nset:\n  calendar.closes: 2020-07-15\n  helpdesk: {name: 'Aides : Annecy # 1', hours: 9 h}\n"
    library = a_library(tmp_path, files={overlay: changes})
    text = shown(capsys, "essai", "--territory", "dep-74")
    assert f"# {overlay}:3" in text
    assert reread(tmp_path, "essai", text).effective("essai").scheme == library.effective("essai", "dep-74").scheme


def test_one_day_shows_one_version_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = shown(capsys, "fds-volet-2", "--on", "2020-07-20")
    assert text.startswith("# règles en vigueur le 2020-07-20 : version du 2020-07-18")
    assert "2020-04-17:" not in text
    assert "pret_refuse:" not in text
    assert "risque_cessation:" in text
