"""Starts the working children of fault tests, each a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import working_child


def start(url: str, folder: Path, work: str, *, die_at: str = "") -> subprocess.Popen[str]:
    """A child that has opened the instance and waits for the word."""
    folders = os.pathsep.join(path for path in sys.path if path)
    folder.mkdir(parents=True, exist_ok=True)
    child = subprocess.Popen(
        [sys.executable, working_child.__file__, url, str(folder), work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": folders, "GUICHET_TEST_DIE_AT": die_at},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def go(child: subprocess.Popen[str]) -> None:
    """Let a child work."""
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def end(child: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """What a child ended with: its code (minus the signal that killed it) and what it said."""
    said, _ = child.communicate(timeout=120)
    return child.returncode, said.splitlines()


def run_child(url: str, folder: Path, work: str, *, die_at: str = "") -> tuple[int, list[str]]:
    """Start a child, let it work, give how it ended."""
    child = start(url, folder, work, die_at=die_at)
    go(child)
    return end(child)


@contextmanager
def children(url: str, folder: Path, works: Sequence[str]) -> Generator[list[subprocess.Popen[str]]]:
    """Several children that wait for the word together, killed at the end whatever happens."""
    made = [start(url, folder, work) for work in works]
    try:
        yield made
    finally:
        for child in made:
            if child.poll() is None:
                child.kill()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    stream.close()
            child.wait()
