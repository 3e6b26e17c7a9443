"""A prepared statement says what the library would, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update

from databases import each_database
from guichet.storage import Store, Tx, dossiers
from guichet.storage.errors import ConstraintError
from guichet.storage.prepared import Prepared
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.outbox import saved_key
from stored import a_dossier

_KEY = select(saved_key).where(saved_key.c.key == bindparam("sought"))
_ADD = insert(saved_key)


@each_database
def test_a_row_comes_out_as_the_library_gives_it(store: Store) -> None:
    def keep(tx: Tx) -> None:
        tx.run(Prepared(_ADD), {"scope": "s", "key": "k", "result": {"a": ("é", 1)}, "at": tx.real_now})

    store.act(keep)

    plain = store.read(lambda tx: tx.first(_KEY, {"sought": "k"}))
    straight = store.read(lambda tx: tx.first(Prepared(_KEY), {"sought": "k"}))
    assert tuple(straight) == tuple(plain)
    assert (straight.scope, straight.result) == ("s", {"a": ("é", 1)})
    assert store.read(lambda tx: tx.first(Prepared(_KEY), {"sought": "another"})) is None


@each_database
def test_several_rows_go_in_at_once_and_the_number_changed_is_told(store: Store) -> None:
    changed = Prepared(
        update(saved_key).where(saved_key.c.scope == bindparam("of_scope")).values(result=bindparam("now"))
    )

    def keep(tx: Tx) -> int:
        rows = [{"scope": "s", "key": str(number), "result": None, "at": tx.real_now} for number in range(3)]
        tx.run(Prepared(_ADD), rows)
        return tx.run(changed, {"of_scope": "s", "now": {"n": 1}}).rowcount

    assert store.act(keep) == 3


@each_database
def test_each_set_of_columns_is_a_statement_of_its_own(store: Store) -> None:
    made = store.act(a_dossier)

    saved = store.act(lambda tx: dossiers.save(tx, made, by="a", title="Un"))
    again = store.act(lambda tx: dossiers.save(tx, saved, by="b", siren="732829320"))

    assert store.read(lambda tx: dossiers.by_id(tx, made.id)) == again
    assert (again.title, again.siren, again.revision) == ("Un", "732829320", made.revision + 2)


@each_database
def test_what_the_database_refuses_is_a_refused_constraint_without_the_row(store: Store) -> None:
    made = store.act(a_dossier)
    row: dict[str, Any] = {column.name: getattr(made, column.name, "secret") for column in dossier.c}

    with pytest.raises(ConstraintError) as refused:
        store.act(lambda tx: tx.run(Prepared(insert(dossier)), row))

    assert "secret" not in str(refused.value)


def test_a_list_of_values_cannot_be_prepared(store: Store) -> None:
    among = Prepared(select(saved_key).where(saved_key.c.key.in_(bindparam("some", expanding=True))))

    with pytest.raises(TypeError, match="cannot be prepared"):
        store.read(lambda tx: tx.all(among, {"some": ["a"]}))
