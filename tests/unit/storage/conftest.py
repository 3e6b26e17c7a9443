"""The store a test of this folder asks for: on the database its mark names, on SQLite without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from databases import SteppedClock, sqlite_store
from guichet.storage import Store

Opener = Callable[..., AbstractContextManager[Store]]


@pytest.fixture
def clock() -> SteppedClock:
    """Give the clock of the store."""
    return SteppedClock()


@pytest.fixture
def database() -> Opener:
    """Give SQLite where the test does not run on each database."""
    return sqlite_store


@pytest.fixture
def store(database: Opener, tmp_path: Path, clock: SteppedClock) -> Iterator[Store]:
    """Give a fresh store."""
    with database(tmp_path, clock=clock) as opened:
        yield opened
