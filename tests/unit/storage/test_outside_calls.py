"""The log of calls: the newest first, by service and by dossier, forgotten after its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from databases import SteppedClock, each_database
from guichet.plugin.contracts import LoggedCall
from guichet.storage import Store, outside_calls
from guichet.storage.errors import ConstraintError

CALL = LoggedCall(
    at=SteppedClock().now(),
    service="registre",
    host="api.example.org",
    method="GET",
    purpose="adresse du siège",
    territory="reg-53",
    dossier="D1",
    outcome="answered",
    status=200,
    milliseconds=12,
)


def log(store: Store, *calls: LoggedCall) -> None:
    for call in calls:
        store.act(lambda tx, call=call: outside_calls.log(tx, call))


@each_database
def test_calls_come_back_newest_first_by_service_and_dossier(store: Store) -> None:
    other = replace(CALL, service="listes", territory="", dossier="", outcome="timeout", status=None)
    log(store, CALL, other, replace(CALL, dossier="D2"))
    assert [call.dossier for call in store.read(outside_calls.latest)] == ["D2", "", "D1"]
    assert store.read(lambda tx: outside_calls.latest(tx, service="listes")) == (other,)
    assert store.read(lambda tx: outside_calls.latest(tx, dossier="D1")) == (CALL,)
    assert len(store.read(lambda tx: outside_calls.latest(tx, limit=2))) == 2


@each_database
def test_old_calls_are_forgotten(store: Store) -> None:
    log(store, CALL, replace(CALL, at=CALL.at + timedelta(days=2)))
    assert store.act(lambda tx: outside_calls.sweep(tx, before=CALL.at + timedelta(days=1))) == 1
    assert len(store.read(outside_calls.latest)) == 1


@each_database
def test_an_outcome_that_does_not_exist_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(ConstraintError):
        log(store, replace(CALL, outcome="fine"))  # type: ignore[arg-type]  what the database must refuse
