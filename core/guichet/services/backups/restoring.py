"""Restoring: an installation is laid down aside, held back, verified, and only then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import INSTANCE_FILE, SECRETS, data_folder
from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.services.backups.archives import DATA, DECLARED, extract
from guichet.services.backups.making import DATABASE
from guichet.storage import Store, Tx, journal, open_store, restorations
from guichet.storage.copies import lay_down_postgres

__all__ = ["Restored", "restore"]

SQLITE_FILE = "guichet.sqlite3"


@dataclass(frozen=True, slots=True)
class Restored:
    """An installation that was restored, in quarantine."""

    folder: Path
    made_at: datetime
    files: int
    journal_lines: int
    secrets: tuple[str, ...]
    """The names of the secrets to put back: a backup holds none."""


def restore(file: Path, into: Path, clock: Clock, database_url: str | None = None) -> Restored:
    """Restore a backup into a folder that holds nothing; on a failure nothing is left of it.

    Args:
        database_url: An empty PostgreSQL database, for a backup that comes from one.

    Raises:
        ProblemsFound: The archive is not whole, the place is not empty, the journal is not the one backed up.
        CopyFailedError: PostgreSQL's own program is missing or refuses.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ProblemsFound([Problem("restore.folder_there", {"folder": into})])
    aside = into.with_name(f".{into.name}.restoring")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        _make_private(aside, into)
        manifest = extract(file, aside)
        if (manifest["engine"] == "postgresql") != (database_url is not None):
            raise ProblemsFound([Problem("restore.other_engine", {"engine": manifest["engine"]})])
        place = _assemble(aside)
        lines = _hold_back(manifest, data_folder(place), clock, database_url)
        if into.exists():
            into.rmdir()
        place.rename(into)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    files = sum(name.startswith(f"{DATA}/files/") for name in manifest["members"])
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Restored(into, made_at, files, lines, tuple(manifest["secrets"]))


def _make_private(aside: Path, into: Path) -> None:
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir(mode=0o700)
    except OSError as error:
        raise ProblemsFound([Problem("restore.not_written", {"folder": into, "why": error.strerror})]) from error


def _assemble(aside: Path) -> Path:
    """The folder of the installation as it will stand: declarations, its data where it keeps them, room for secrets."""
    place = aside / DECLARED
    place.mkdir(exist_ok=True)
    data = data_folder(place)
    data.mkdir(exist_ok=True)
    data.chmod(0o700)  # as a new instance has it: mails, payment files and the database are for their owner alone
    for path in (aside / DATA).iterdir():
        path.rename(data / (SQLITE_FILE if path.name == DATABASE["sqlite"] else path.name))
    if (place / INSTANCE_FILE).is_file():
        (place / SECRETS).mkdir(mode=0o700)
    return place


def _hold_back(manifest: Mapping[str, Any], data: Path, clock: Clock, database_url: str | None) -> int:
    """Put the database in quarantine, then compare its journals; gives how many lines they hold."""
    if database_url is not None:
        dump = data / DATABASE["postgresql"]
        lay_down_postgres(database_url, dump)
        dump.unlink()
    ids = Ids(clock.now, os.urandom)
    url = database_url or f"sqlite:///{data / SQLITE_FILE}"
    with closing(open_store(url, clock=clock, ids=ids, mode=manifest["mode"])) as store:
        store.act(lambda tx: restorations.enter(tx, backup=manifest["id"], backup_at=_made_at(manifest)))
        _verify(store, manifest)
        store.act(lambda tx: _note(tx, manifest))
        return sum(int(number) for _, number, _ in manifest["heads"])


def _verify(store: Store, manifest: Mapping[str, Any]) -> None:
    heads = {str(territory): (int(number), str(last)) for territory, number, last in manifest["heads"]}

    def look(tx: Tx) -> list[str]:
        found = {head.territory: (head.number, head.hash) for head in journal.heads(tx)}
        faults = [f"{name}: {found.get(name)}, {head}" for name, head in heads.items() if found.get(name) != head]
        for name, (number, last) in heads.items():
            faults += journal.verify(tx, name, {number: last} if number else None).faults
        return faults

    faults = store.read(look)
    if faults:
        raise ProblemsFound([Problem("restore.journal_differs", {"faults": faults[:5]})])


def _note(tx: Tx, manifest: Mapping[str, Any]) -> None:
    held = restorations.standing(tx)
    data = {"backup": manifest["id"], "made_at": manifest["made_at"], "version": manifest["version"]}
    tx.journal(journal.INSTANCE, "restored", subject=held.id if held is not None else None, data=data)


def _made_at(manifest: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(manifest["made_at"])
