"""`guichet check ID`: the id of a scheme or of a territory is no path, and the hint gives the one it has."""

import shutil
from pathlib import Path

import pytest

from guichet.settings import Settings, shipped_folder
from guichet_cli.main import run


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("haute-savoie-1000", 'vouliez-vous dire "schemes/haute-savoie-1000" ?'),
        ("fds-volet-2", f'vouliez-vous dire "{shipped_folder("schemes") / "fds-volet-2"}" ?'),
        ("reg-53", f'vouliez-vous dire "{shipped_folder("regions") / "reg-53-bretagne"}" ?'),
        ("schemes/haute-savoie-1001", 'vouliez-vous dire "schemes/haute-savoie-1000" ?'),
    ],
)
def test_an_id_typed_for_a_path_is_told_where_it_lies(
    typed: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "haute-savoie-1000"
    shutil.copytree(shipped_folder("schemes") / name, tmp_path / "schemes" / name)
    monkeypatch.chdir(tmp_path)

    assert run(("check", typed), Settings(language="fr")) == 2

    told = capsys.readouterr().err
    assert f'"{typed}" n\'existe pas' in told
    assert hint in told
