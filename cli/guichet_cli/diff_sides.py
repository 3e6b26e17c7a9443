"""The two sides of a comparison: a scheme by its id, a file or folder, a day of its rules, a git revision."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.errors import Problem, ProblemsFound, nearest
from guichet.loader.library import Library
from guichet.runtime import read_library_of
from guichet_cli.declarations import library_of, settings_here
from guichet_cli.terminal import Terminal
from guichet_cli.values import DAY

__all__ = ["Side", "SideReader", "read_side"]

_ID = re.compile(r"^id:\s*[\"']?([\w-]+)", re.MULTILINE)
_DAY = re.compile(r"(.*)@(\d{4}-\d{2}-\d{2})")
_SCHEME = "scheme.yaml"
_BLOCKS = "_blocks"


@dataclass(frozen=True, slots=True)
class Side:
    """One declaration, and the version of its rules where a day was named."""

    scheme: CompiledScheme
    day: date | None

    def version(self, day: date) -> CompiledVersion:
        """The version in force on the side's own day, or on the other side's; raises ProblemsFound before the first."""
        wanted = self.day or day
        found = self.scheme.version_on(wanted)
        if found is None:
            data = {"day": wanted, "first": self.scheme.versions[0].first_day}
            raise ProblemsFound([Problem("no_version_on", data)])
        return found


def read_side(terminal: Terminal, text: str, territory: str) -> Side:
    """What one argument names, compiled for a territory; raises ProblemsFound with every mistake of its files."""
    return SideReader(terminal).read(text, territory)


class SideReader:
    """Reads sides; the library of each is read once, whatever the territories asked of it."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._libraries: dict[str, tuple[Library, str]] = {}

    def read(self, text: str, territory: str) -> Side:
        """What a text names, compiled for a territory."""
        dated = _DAY.fullmatch(text)
        name, day = (dated[1], DAY.convert(dated[2], None, None)) if dated else (text, None)
        if name not in self._libraries:
            self._libraries[name] = self._library(name)
        library, scheme = self._libraries[name]
        where = library.territories.find(territory).id if territory else ""
        return Side(library.effective(scheme, where).compiled, day)

    def _library(self, name: str) -> tuple[Library, str]:
        path = Path(name)
        if path.exists() and (path.is_file() or (path / _SCHEME).is_file()):
            with _folder_of(path) as folder:
                return self._of_folder(folder)
        revision, colon, inside = name.partition(":")
        if colon and inside:
            with TemporaryDirectory() as unpacked:
                at = _unpack(revision, inside, Path(unpacked), name)
                with _folder_of(at) as folder:
                    return self._of_folder(folder)
        library = library_of(self._terminal)
        if name not in library.sources:
            data = {"value": name, "nearest": nearest(name, sorted(library.sources))}
            raise ProblemsFound([Problem("cli.diff_side", data)])
        return library, name

    def _of_folder(self, folder: Path) -> tuple[Library, str]:
        settings = settings_here(self._terminal)
        return read_library_of(settings, [folder], shown_from=Path.cwd()), folder.name


@contextmanager
def _folder_of(path: Path) -> Generator[Path]:
    """The folder of a scheme, under the name its id gives it: a copy may be called anything."""
    declaration = path / _SCHEME if path.is_dir() else path
    found = _ID.search(declaration.read_text("utf-8", errors="replace"))
    if found is None:
        raise ProblemsFound([Problem("cli.diff_no_id", {"path": declaration})])
    whole = path.is_dir() or path.name == _SCHEME
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    if whole and folder.name == found[1]:
        yield folder
        return
    with TemporaryDirectory() as renamed:
        copy = Path(renamed) / found[1]
        if whole:
            shutil.copytree(folder, copy)
        else:
            copy.mkdir()
            shutil.copy(path, copy / _SCHEME)
        if (folder.parent / _BLOCKS).is_dir():
            shutil.copytree(folder.parent / _BLOCKS, Path(renamed) / _BLOCKS)
        yield copy


def _unpack(revision: str, inside: str, into: Path, value: str) -> Path:
    """A path as a git revision has it, with the blocks beside it."""
    blocks = Path(inside).parent / _BLOCKS
    wanted = [inside, *([str(blocks)] if _git("ls-tree", revision, "--", str(blocks)).stdout.strip() else [])]
    made = _git("archive", "--format=tar", revision, "--", *wanted)
    if made.returncode:
        reason = made.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ProblemsFound([Problem("cli.diff_git", {"value": value, "reason": reason[0] if reason else "git"})])
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into / inside


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise ProblemsFound([Problem("cli.diff_git", {"value": words[1], "reason": "git: command not found"})])
    return subprocess.run([git, *words], capture_output=True, check=False)  # noqa: S603  the user's own git, no shell
