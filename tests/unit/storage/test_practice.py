"""Practice never meets money: the database itself refuses, on both engines, whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from databases import each_database
from guichet.storage import Store, Tx, decisions, dossiers, envelopes, grants, payments
from guichet.storage.errors import ConstraintError
from guichet.storage.tables import dossier as dossier_table
from stored import a_dossier


def made(store: Store, *, practice: bool) -> tuple[Any, Any]:
    """A dossier with a decision."""

    def act(tx: Tx) -> tuple[Any, Any]:
        dossier = a_dossier(tx, practice=practice)
        return dossier, decisions.add(tx, dossier=dossier.id, kind="granted", snapshot_hash=dossier.snapshot_hash)

    return store.act(act)


def order(tx: Tx, dossier: Any, decision: Any) -> None:
    payments.order(
        tx, scheme="s", territory="t", dossier=dossier.id, decision=decision.id, cents=1, payee="X", iban="Y"
    )


def commit(tx: Tx, dossier: Any, decision: Any) -> None:
    envelope = envelopes.open_envelope(tx, scheme="s", territory="t", ceiling_cents=100)
    envelopes.commit(tx, envelope.id, cents=1, dossier=dossier.id, decision=decision.id)


def grant(tx: Tx, dossier: Any, decision: Any) -> None:
    grants.take(tx, scheme="s", scope="", key="123456789", dossier=dossier.id)


@each_database
@pytest.mark.parametrize("take", [order, commit, grant])
def test_a_practice_dossier_is_refused_where_money_is_and_a_real_one_is_not(
    database: Any, take: Any, tmp_path: Path
) -> None:
    with database(tmp_path) as store:
        practice, real = made(store, practice=True), made(store, practice=False)
        with pytest.raises(ConstraintError) as refused:
            store.act(lambda tx: take(tx, *practice))
        assert "practice" in str(refused.value)
        store.act(lambda tx: take(tx, *real))


@each_database
def test_a_dossier_never_changes_sides(database: Any, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        practice, real = made(store, practice=True)[0], made(store, practice=False)[0]
        for one, other in ((practice, False), (real, True)):
            change = update(dossier_table).where(dossier_table.c.id == one.id).values(practice=other)
            with pytest.raises(ConstraintError):
                store.act(lambda tx, change=change: tx.run(change))
        assert store.read(lambda tx: dossiers.by_id(tx, practice.id)).practice
