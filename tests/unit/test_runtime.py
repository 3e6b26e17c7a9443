"""The composition root: a mistake leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.errors import ProblemsFound
from guichet.runtime import DATABASE_FILE, build
from guichet.settings import Settings
from shipped_plugins import shipped_plugins


def test_a_wrong_territory_file_is_told_before_any_database_is_opened(tmp_path: Path) -> None:
    wrong = tmp_path / "regions" / "reg-53-bretagne"
    wrong.mkdir(parents=True)
    (wrong / "territory.yaml").write_text("format: 1\nid: reg-53\nname: [\n", "utf-8")
    with pytest.raises(ProblemsFound):
        build(Settings(instance=tmp_path), folder=tmp_path / "var", plugins=shipped_plugins())
    assert not (tmp_path / "var" / DATABASE_FILE).exists()
