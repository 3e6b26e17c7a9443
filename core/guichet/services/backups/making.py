"""Making a backup while the installation works: one instant of the database, then every file that instant names.

A file is on disk before its row is committed, so all that the copied rows name was there at that instant. One that was
removed in the minutes since (a draft's attachment taken away) is missing: the copy is taken again, and a second time
tells that something else is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from guichet.errors import Problem, ProblemsFound
from guichet.services.attachments import files_folder
from guichet.services.backups.archives import DATA, DECLARED, Writer, write_archive
from guichet.services.cases import UseCases
from guichet.storage import blobs
from guichet.storage.copies import Copied

__all__ = ["DATABASE", "FILES", "Made", "make_backup"]

FILES = "files"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_DECLARATIONS = ("instance.yaml", "schemes", "regions")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    id: str
    file: Path
    files: int
    size: int
    secrets: tuple[str, ...]
    """The names of the secrets that are not in it, and must be kept elsewhere."""


def make_backup(cases: UseCases, target: Path, instance: Path | None = None) -> Made:
    """Write a backup, whole or not at all.

    Args:
        instance: The folder of declarations (`instance.yaml`, `schemes/`, `regions/`) that goes with it.

    Raises:
        ProblemsFound: The target is there already or cannot be written, or files that the database names are not there.
        CopyFailedError: The database cannot be copied: PostgreSQL's own program is missing.
    """
    if not target.parent.is_dir():
        raise ProblemsFound([Problem("backup.no_folder", {"folder": target.parent})])
    try:
        return _written(cases, target, instance)
    except OSError as error:
        raise ProblemsFound([Problem("backup.not_written", {"folder": target.parent, "why": str(error)})]) from error


def _written(cases: UseCases, target: Path, instance: Path | None) -> Made:
    made_at, backup_id = cases.clock.now(), cases.ids.new()
    secrets = tuple(sorted(cases.secrets))
    with TemporaryDirectory(dir=target.parent, prefix=".guichet-backup-") as scratch:
        copied, database = _copied(cases, Path(scratch))
        with write_archive(target) as archive:
            archive.add(f"{DATA}/{DATABASE[copied.engine]}", database)
            for stored_as in copied.files:
                archive.add(f"{DATA}/{FILES}/{stored_as}", blobs.path_of(files_folder(cases), stored_as))
            _add_declarations(archive, instance)
            archive.seal(
                {
                    "id": backup_id,
                    "made_at": made_at.isoformat(),
                    "mode": cases.mode,
                    "engine": copied.engine,
                    "version": version("guichet-aides"),
                    "heads": [list(head) for head in copied.heads],
                    "secrets": list(secrets),
                }
            )
    return Made(backup_id, target, len(copied.files), target.stat().st_size, secrets)


def _copied(cases: UseCases, scratch: Path) -> tuple[Copied, Path]:
    """A copy of the database whose every file is there."""
    gone: list[str] = []
    for attempt in range(_TRIES):
        database = scratch / f"database-{attempt}"
        copied = cases.store.copy_to(database)
        folder = files_folder(cases)
        gone = [stored_as for stored_as in copied.files if not blobs.path_of(folder, stored_as).is_file()]
        if not gone:
            return copied, database
        database.unlink()
    raise ProblemsFound([Problem("backup.files_missing", {"count": len(gone), "first": gone[0]})])


def _add_declarations(archive: Writer, instance: Path | None) -> None:
    for name in _DECLARATIONS if instance is not None else ():
        for path in _files_below(Path(instance or ".") / name):
            archive.add(f"{DECLARED}/{path.relative_to(instance or '.').as_posix()}", path)


def _files_below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (inner for inner in sorted(path.rglob("*")) if inner.is_file() and not inner.is_symlink())
