"""Random lives at full size: many walks, each with its own seed; `GUICHET_BENCH_WALKS=300` makes more of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from living_books import faults_of

_WALKS = int(os.environ.get("GUICHET_BENCH_WALKS", "60"))


@pytest.mark.parametrize("seed", range(1000, 1000 + _WALKS))
def test_the_books_hold(tmp_path: Path, seed: int) -> None:
    assert faults_of(tmp_path, seed, 160) == []
