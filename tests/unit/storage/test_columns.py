"""Instants and JSON come back as they went in, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from databases import SteppedClock, each_database
from guichet.storage import Store, dossiers
from guichet.storage.columns import instant_text
from stored import a_dossier


@each_database
def test_an_instant_comes_back_in_utc_to_the_microsecond(store: Store) -> None:
    paris = datetime(2020, 4, 15, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    made = store.act(lambda tx: a_dossier(tx, filed_at=paris))

    found = store.read(lambda tx: dossiers.by_id(tx, made.id)).filed_at

    assert found == paris
    assert found is not None
    assert found.tzinfo is UTC


@each_database
def test_an_instant_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError):
        store.act(lambda tx: a_dossier(tx, filed_at=datetime(2020, 4, 15)))


@each_database
@pytest.mark.parametrize("value", [1.5, object(), {1: "a"}])
def test_a_value_without_canonical_json_is_refused(store: Store, value: object) -> None:
    with pytest.raises(StatementError):
        store.act(lambda tx: a_dossier(tx, answers={"x": value}))


@each_database
def test_hostile_text_comes_back_unchanged(store: Store) -> None:
    hostile = {"name": "Robert'); DROP TABLE dossier;--\u0000\u202e\U0001f600", "é": ["\n", '"']}
    made = store.act(lambda tx: a_dossier(tx, answers=hostile, title="O'Neil %_\\"))

    found = store.read(lambda tx: dossiers.by_id(tx, made.id))

    assert found.answers == {"name": hostile["name"], "é": ("\n", '"')}
    assert found.title == "O'Neil %_\\"


def test_instants_as_text_sort_like_time() -> None:
    clock = SteppedClock(datetime(999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
    texts = []
    for _ in range(3):
        texts.append(instant_text(clock.now()))
        clock.move(days=300)

    assert texts == sorted(texts)
