"""First files are laid whole or not at all, so that the same command finds its place free."""

from pathlib import Path

import pytest

from guichet_cli.first_files import write_files


def test_files_cut_short_leave_nothing_new_behind(tmp_path: Path) -> None:
    (tmp_path / "held").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="held"):
        write_files(tmp_path, {"deep/first.yaml": "a", "held/second.yaml": "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["held"]
    assert (tmp_path / "held").read_text(encoding="utf-8") == "mine"


def test_files_are_laid_by_their_paths(tmp_path: Path) -> None:
    assert write_files(tmp_path, {"deep/first.yaml": "a"}) == [tmp_path / "deep" / "first.yaml"]
