"""The machine under an installation: Python, SQLite, disk, clock."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guichet.services.diagnosis.findings import Finding, finding
from guichet.storage.sqlite import SAFE_FOR_SEVERAL, sqlite_driver

__all__ = ["look_at_machine"]

_NEEDED = (3, 11)
_GIB = 1 << 30
_LITTLE, _TOO_LITTLE = _GIB, _GIB // 5
_RELEASED = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
"""Before this version was written: a clock that says so is wrong."""


def look_at_machine(folder: Path, now: datetime, *, on_sqlite: bool, free: int | None = None) -> Iterator[Finding]:
    """Yield what there is to say of the machine.

    Args:
        folder: Where the data lie, or will; its disk is the one looked at.
        free: The bytes left on that disk, where one knows better than the system.
    """
    yield _python(tuple(int(part) for part in platform.python_version_tuple()[:2]))
    if on_sqlite:
        yield _sqlite(sqlite_driver().sqlite_version)
    yield _disk(folder, free)
    yield _clock(now)


def _python(version: tuple[int, ...]) -> Finding:
    said = platform.python_version()
    return finding("python", "green" if version >= _NEEDED else "red", "python", version=said)


def _sqlite(version: str) -> Finding:
    safe = tuple(int(part) for part in version.split(".")) >= SAFE_FOR_SEVERAL
    wanted = ".".join(map(str, SAFE_FOR_SEVERAL))
    return finding(
        "sqlite", "green" if safe else "amber", "sqlite" if safe else "old_sqlite", version=version, wanted=wanted
    )


def _disk(folder: Path, free: int | None) -> Finding:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    left = shutil.disk_usage(there).free if free is None else free
    state = "red" if left < _TOO_LITTLE else "amber" if left < _LITTLE else "green"
    code = "disk" if state == "green" else "little_disk"
    return finding("disk", state, code, folder=there, free=f"{left / _GIB:.1f}")


def _clock(now: datetime) -> Finding:
    try:
        ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        return finding("clock", "red", "no_time_zones")
    if now < _RELEASED:
        return finding("clock", "red", "clock_behind", now=now.isoformat(timespec="seconds"))
    return finding("clock", "green", "clock", now=now.isoformat(timespec="seconds"))
