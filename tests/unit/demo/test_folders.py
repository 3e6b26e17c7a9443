"""A demonstration empties only what a demonstration filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.demo.folders import fresh_folder
from guichet.errors import ProblemsFound


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    fresh_folder(tmp_path / "a" / "b", "mark")
    assert (tmp_path / "a" / "b" / "mark").is_file()


def test_what_an_earlier_demonstration_left_is_emptied(tmp_path: Path) -> None:
    fresh_folder(tmp_path, "mark")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").write_text("a")
    fresh_folder(tmp_path, "mark")
    assert [path.name for path in tmp_path.iterdir()] == ["mark"]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ProblemsFound) as found:
        fresh_folder(tmp_path, "mark")
    assert found.value.problems[0].code == "demo.folder_not_empty"
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
