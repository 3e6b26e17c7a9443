"""Copies of a database at work: one instant of it, whole, and what that instant names."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from sqlalchemy import URL, Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url

from guichet.storage.errors import CopyFailedError

__all__ = ["Copied", "copy_postgres", "copy_sqlite", "lay_down_postgres"]

_FILES = "SELECT stored_as FROM attachment UNION SELECT stored_as FROM document ORDER BY 1"
_HEADS = "SELECT territory, number, hash FROM chain_head ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: which engine reads it, the kept files its rows name, the ends of its journals."""

    engine: Literal["sqlite", "postgresql"]
    files: tuple[str, ...]
    heads: tuple[tuple[str, int, str], ...]


def copy_sqlite(driver: Any, source: Path, target: Path) -> Copied:
    """Copy a SQLite file as it is at one instant; writers go on meanwhile."""
    try:
        with closing(driver.connect(str(source), timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        with closing(driver.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            files = tuple(str(row[0]) for row in copy.execute(_FILES))
            heads = tuple((str(row[0]), int(row[1]), str(row[2])) for row in copy.execute(_HEADS))
    except driver.Error as error:
        raise CopyFailedError(command="SQLite", reason=str(error), folder=str(target.parent)) from error
    return Copied("sqlite", files, heads)


def copy_postgres(connection: Connection, url: URL, target: Path) -> Copied:
    """Dump a PostgreSQL database as one transaction sees it; needs `pg_dump` on this machine."""
    files = tuple(str(row[0]) for row in connection.execute(text(_FILES)))
    heads = tuple((str(row[0]), int(row[1]), str(row[2])) for row in connection.execute(text(_HEADS)))
    instant = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar())
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={instant}", f"--file={target}"]
    _run("pg_dump", options, url)
    return Copied("postgresql", files, heads)


def lay_down_postgres(address: str, dump: Path) -> None:
    """Lay a dump down in an empty database, whole or not at all; needs `pg_restore` on this machine."""
    url = make_url(address)
    engine = create_engine(url.set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise CopyFailedError(command="pg_restore", reason=f"{url.database}: the database is not empty")
    finally:
        engine.dispose()
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump)]
    _run("pg_restore", options, url)


def _run(command: str, options: Sequence[str], url: URL) -> None:
    """Run a PostgreSQL program; the password goes by a file that only we can read, never by an argument."""
    found = shutil.which(command)
    if found is None:
        raise CopyFailedError(command=command, reason=f"{command}: command not found", program=command)
    with NamedTemporaryFile("w", suffix=".pgpass") as secret:
        password = (url.password or "").replace("\\", "\\\\").replace(":", "\\:")
        secret.write(f"*:*:*:*:{password}\n")
        secret.flush()
        address = url.set(drivername="postgresql", password=None)
        if url.password:
            address = address.update_query_dict({"passfile": secret.name})
        arguments = [found, f"--dbname={address.render_as_string(hide_password=False)}", "--no-password", *options]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise CopyFailedError(
            command=command, reason=lines[-1] if lines else f"exit {done.returncode}", program=command
        )
