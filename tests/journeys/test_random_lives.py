"""Whatever is done to a few dossiers, in whatever order, the books hold: nobody is paid twice, nothing stays stuck.

The full size is a bench (`tests/bench/test_random_lives_bench.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from guichet.storage import recoveries
from living_books import faults_of


@each_address
def test_the_books_hold_whatever_happens(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        assert faults_of(tmp_path, 5, 110, url) == []


def test_they_do_not_once_nobody_looks_at_money_that_is_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recoveries, "money_out", lambda *args, **named: 0)
    assert any(faults_of(tmp_path / f"{seed}", seed, 110) for seed in (24, 5, 31, 32))
