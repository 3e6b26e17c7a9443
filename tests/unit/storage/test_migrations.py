"""The migrations make exactly the tables the code declares."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from databases import each_address, opened, postgres_url
from guichet.storage import dossiers, grants
from guichet.storage.errors import DatabaseNewerError
from guichet.storage.migrate import HEAD, migrate
from guichet.storage.postgres import postgres_engine
from guichet.storage.sqlite import sqlite_driver, sqlite_engine
from guichet.storage.tables import METADATA
from stored import SCHEME, a_dossier

FOLDER = Path(migrate.__globals__["__file__"]).parent / "migrations"


def test_the_head_is_the_last_revision() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


ADDED_LATER = ("outbox DROP COLUMN kills", "worker_beat DROP COLUMN aside")  # by 0021


@each_address
def test_alembic_finds_nothing_to_change(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        engine = create_engine(make_url(url.replace("postgresql://", "postgresql+psycopg://")))
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, METADATA) == []
        engine.dispose()


def test_sqlite_tables_and_checks_are_those_declared(tmp_path: Path) -> None:
    paths = (tmp_path / "declared", tmp_path / "migrated")
    engines = [sqlite_engine(path, sqlite_driver(), writes=True, size=1) for path in paths]
    METADATA.create_all(engines[0])
    migrate(engines[1])

    declared, migrated = (_sqlite_statements(engine) for engine in engines)
    for engine in engines:
        engine.dispose()

    assert migrated == declared


@pytest.mark.postgres
def test_postgresql_tables_and_checks_are_those_declared() -> None:
    with postgres_url() as migrated_url, postgres_url() as other_url:
        declared = postgres_engine(make_url(other_url))
        with declared.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
            METADATA.create_all(connection)
        migrated = postgres_engine(make_url(migrated_url))

        assert _postgres_constraints(migrated) == _postgres_constraints(declared)
        for engine in (declared, migrated):
            engine.dispose()


@each_address
def test_a_database_of_a_newer_guichet_is_refused(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        store = opened(url)
        store.act(lambda tx: tx.run(text("UPDATE alembic_version SET version_num = '9999'")))
        store.close()

        with pytest.raises(DatabaseNewerError):
            opened(url)


@each_address
def test_grants_kept_as_typed_protect_however_the_name_is_written(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        store = opened(url)
        one, other, box = store.act(lambda tx: [a_dossier(tx) for _ in range(3)])
        kept = (("DUPONT Léa", one), ("Dupont  Lea", other), ("Jean.Roy@a.fr", box), ("roy + 1990 01 02", box))
        for key, dossier in kept:
            taken = {"scheme": SCHEME, "scope": "", "key": key, "dossier": dossier.id}
            store.act(lambda tx, taken=taken: grants.take(tx, **taken))
        store.act(lambda tx: tx.run(text("UPDATE dossier SET grant_key = 'DUPONT Léa'")))
        later = ("DROP INDEX ix_outbox_dead", *(f"ALTER TABLE {one}" for one in ADDED_LATER))
        for undo in (*later, "UPDATE alembic_version SET version_num = '0017_outside_quota'"):
            store.act(lambda tx, undo=undo: tx.run(text(undo)))
        store.close()

        store = opened(url)
        keys = ("dupontlea", "jean.roy@a.fr", "roy + 19900102")
        holders = [store.read(lambda tx, key=key: grants.holder(tx, scheme=SCHEME, scope="", key=key)) for key in keys]
        found = store.read(lambda tx: dossiers.by_id(tx, one.id).grant_key)
        released = store.act(lambda tx: grants.release(tx, other.id))
        store.close()
    assert holders[0] in {one.id, other.id}
    assert holders[1:] == [box.id, box.id]
    assert (found, released) == ("dupontlea", 1)


def _sqlite_statements(engine: Engine) -> set[str]:
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name <> 'alembic_version'"
    with engine.connect() as connection:
        return {_sorted_parts(row.sql) for row in connection.execute(text(query))}


def _sorted_parts(statement: str) -> str:
    """Give a statement with its parts in order: the two makers differ in it, and a column added later has no line."""
    lines = (re.sub(r"\s+", " ", line).strip(" ,") for line in re.split(r"\n|, (?=\w+ [A-Z]+ )", statement))
    return "\n".join(sorted(lines))


def _postgres_constraints(engine: Engine) -> set[tuple[str, ...]]:
    constraints = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    with engine.connect() as connection:
        rows = [tuple(row) for query in (constraints, indexes) for row in connection.execute(text(query))]
    return {row for row in rows if row[0] not in {"-", "alembic_version"}}
