"""Every installed byte is known beforehand: pinned, hashed, from no particular address, declared in pyproject."""

import re
import tomllib
from pathlib import Path

import pytest

from house import read

LOCKS = ("requirements.lock", "requirements-dev.lock")
_ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)")


def entries(lock: str) -> dict[str, list[str]]:
    """The lines of a lock by package name, comments apart."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in read(Path(lock)).splitlines():
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            match = _ENTRY.match(line)
            assert match, f"{lock}: not a pinned package: {line}"
            name = match["name"]
        found.setdefault(name, []).append(line.strip())
    return found


def canonical(requirement: str) -> str:
    """The name a lock gives to the package of a requirement."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert [name for name, lines in entries(lock).items() if not any("--hash=sha256:" in line for line in lines)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    assert re.findall(r"https?://|file:|--(?:extra-)?index|--find", read(Path(lock))) == []


def test_every_declared_dependency_is_locked() -> None:
    declared = tomllib.loads(read(Path("pyproject.toml")))
    runtime = [*declared["project"]["dependencies"], *declared["dependency-groups"]["build"]]
    tools = [line for line in declared["dependency-groups"]["dev"] if isinstance(line, str)]
    assert {canonical(line) for line in runtime} <= entries("requirements.lock").keys()
    assert {canonical(line) for line in [*runtime, *tools]} <= entries("requirements-dev.lock").keys()


def test_both_locks_agree_on_every_version() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()


def versions(lock: str) -> dict[str, str]:
    """The version of each package of a lock, whatever the platforms it is for."""
    return {name: lines[0].split()[0] for name, lines in entries(lock).items()}
