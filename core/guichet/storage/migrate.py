"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from guichet.storage.errors import DatabaseNewerError

__all__ = ["HEAD", "migrate"]

HEAD = "0021_killing_duties"
_LOCK = 0x6775696368  # any number, the same in every process: "guich"
_FOLDER = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Create the tables or bring them up to date, in one transaction; two processes starting together take turns."""
    found = _revision(engine)
    if found == HEAD:
        return
    from alembic import command  # slow to import, and needed on first opening only
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise DatabaseNewerError(found=found, known=HEAD) from error


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection, connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
