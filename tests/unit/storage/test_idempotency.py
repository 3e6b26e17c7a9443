"""A request sent twice works once."""

from __future__ import annotations

import pytest

from databases import SteppedClock, each_database
from guichet.storage import Store, Tx, dossiers, idempotency
from stored import a_dossier


def file(store: Store, key: str = "key", scope: str = "file") -> object:
    return store.act(lambda tx: idempotency.once(tx, scope, key, lambda: {"reference": a_dossier(tx).reference}))


@each_database
def test_the_second_click_gets_the_first_answer(store: Store) -> None:
    first = file(store)

    assert file(store) == first
    assert store.read(lambda tx: idempotency.recall(tx, "file", "key")) == first
    assert len(store.read(lambda tx: dossiers.find(tx, "goff", places=[("reg-53", None)]))) == 1


@each_database
def test_another_key_or_scope_is_another_request(store: Store) -> None:
    assert len({str(file(store)), str(file(store, key="other")), str(file(store, scope="pay"))}) == 3


@each_database
def test_a_request_that_failed_may_be_sent_again(store: Store) -> None:
    def fail(tx: Tx) -> object:
        return idempotency.once(tx, "file", "key", lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        store.act(fail)

    assert file(store)


def test_old_keys_are_swept(store: Store, clock: SteppedClock) -> None:
    file(store)
    clock.move(days=1)

    assert store.act(lambda tx: idempotency.sweep(tx, before=clock.now())) == 1
    assert store.read(lambda tx: idempotency.recall(tx, "file", "key")) is None
