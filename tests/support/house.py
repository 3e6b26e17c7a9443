"""The files of the house, as the tests of its rules see them."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "plugins", "cli")
TEXT = (
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".txt",
    ".sql",
    ".mako",
    ".typ",
    ".editorconfig",
)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git tracks or would track, relative to the root, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return tuple(sorted(path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).is_file()))


def is_vendored(path: Path) -> bool:
    """Third parties' files, kept byte for byte as they came."""
    return "vendor" in path.parts or path.name == "LICENSE"


def text_files(*folders: str, suffixes: tuple[str, ...] = TEXT) -> list[Path]:
    """Our own texts under the folders (everywhere by default), vendored files and lock files apart."""
    return [
        path
        for path in tracked_files()
        if (path.suffix in suffixes or (suffixes is TEXT and path.parts[0] == ".ci"))
        and not is_vendored(path)
        and (not folders or path.parts[0] in folders)
    ]


def modules(*folders: str) -> list[Path]:
    """Our Python files under the folders."""
    return text_files(*folders, suffixes=(".py",))


def read(path: Path) -> str:
    """The text of a file given relative to the root; some test data is broken on purpose."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def tool(name: str) -> str:
    """The path of a command installed beside the running Python."""
    return str(Path(sys.executable).with_name(name))


def run(*command: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with the environment plus the variables; output and errors come back together."""
    return subprocess.run(
        command, cwd=cwd, env=os.environ | variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
