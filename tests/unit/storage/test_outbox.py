"""A duty is held by one worker, tried later and later, and shown when it is dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from databases import SteppedClock, each_database
from guichet.model.records import OutboxRow
from guichet.storage import Store, outbox
from guichet.storage.errors import LeaseLostError


def put(store: Store, kind: str = "notice", **options: object) -> str | None:
    return store.act(lambda tx: outbox.put(tx, kind, {"dossier": "1"}, **options))


def claim(store: Store, worker: str = "w1", **options: object) -> list[OutboxRow]:
    return store.act(lambda tx: outbox.claim(tx, worker, **options))


@each_database
def test_a_key_is_queued_once(store: Store) -> None:
    assert put(store, key="letter-1")
    assert put(store, key="letter-1") is None
    assert put(store)
    assert put(store)


@each_database
def test_a_claimed_duty_is_nobody_elses_until_its_lease_ends(store: Store, clock: SteppedClock) -> None:
    put(store)

    assert len(claim(store, lease=timedelta(minutes=5))) == 1
    assert claim(store, "w2") == []
    clock.move(minutes=5)
    assert [row.attempts for row in claim(store, "w2")] == [2]


@each_database
def test_a_worker_that_lost_its_lease_cannot_close_the_duty(store: Store, clock: SteppedClock) -> None:
    put(store)
    (mine,) = claim(store)
    clock.move(minutes=6)
    (theirs,) = claim(store, "w2")

    with pytest.raises(LeaseLostError):
        store.act(lambda tx: outbox.done(tx, mine))
    store.act(lambda tx: outbox.done(tx, theirs))

    assert store.read(outbox.counts) == {("notice", "done"): 1}


def test_the_same_worker_restarted_does_not_close_for_its_former_self(store: Store, clock: SteppedClock) -> None:
    put(store)
    (before,) = claim(store)
    clock.move(minutes=6)
    claim(store)

    with pytest.raises(LeaseLostError):
        store.act(lambda tx: outbox.done(tx, before))


def test_a_lease_is_renewed(store: Store, clock: SteppedClock) -> None:
    put(store)
    (mine,) = claim(store)
    clock.move(minutes=4)
    store.act(lambda tx: outbox.renew(tx, mine, timedelta(minutes=5)))
    clock.move(minutes=4)

    assert claim(store, "w2") == []


@each_database
def test_a_failed_duty_comes_back_twice_as_late_each_time(store: Store, clock: SteppedClock) -> None:
    put(store)
    waits: list[float] = []
    for _ in range(4):
        (mine,) = claim(store)
        store.act(lambda tx, mine=mine: outbox.fail(tx, mine, "mail server silent"))
        assert claim(store) == []
        later = store.read(lambda tx, mine=mine: outbox.by_id(tx, mine.id))
        waits.append((later.due_at - clock.now()).total_seconds())
        clock.move(seconds=waits[-1])

    assert waits == [5, 10, 20, 40]


@each_database
def test_a_duty_dies_after_its_last_attempt_and_can_be_revived(store: Store, clock: SteppedClock) -> None:
    put(store)
    for attempt in range(1, outbox.SOON.most + 1):
        clock.move(hours=2)
        (mine,) = claim(store)
        again = store.act(lambda tx, mine=mine: outbox.fail(tx, mine, "x" * 5000))
        assert again is (attempt < outbox.SOON.most)
    (dead,) = store.read(outbox.dead)

    assert (dead.attempts, dead.worker, len(dead.last_error or "")) == (10, None, 2000)
    assert claim(store) == []
    assert store.act(lambda tx: outbox.revive(tx, dead.id)) is True
    assert store.act(lambda tx: outbox.revive(tx, dead.id)) is False
    assert len(claim(store)) == 1


def test_a_duty_tried_for_days_waits_for_hours_and_no_longer(store: Store, clock: SteppedClock) -> None:
    patient = outbox.Tries(most=20, longest=timedelta(hours=2))
    put(store)
    begun, again = clock.now(), True
    while again:
        (mine,) = claim(store)
        again = store.act(lambda tx, mine=mine: outbox.fail(tx, mine, "silent", patient))
        later = store.read(lambda tx, mine=mine: outbox.by_id(tx, mine.id))
        assert later.due_at - clock.now() <= timedelta(hours=2)
        seen = store.read(lambda tx: outbox.retried(tx, least=11))
        assert [row.id for row in seen] == ([mine.id] if again and mine.attempts > 10 else [])
        if again:
            clock.move(seconds=(later.due_at - clock.now()).total_seconds())

    assert mine.attempts == 20
    assert timedelta(hours=18) < clock.now() - begun < timedelta(hours=20)


def test_what_cannot_succeed_is_buried_at_once(store: Store) -> None:
    put(store)
    (mine,) = claim(store)
    store.act(lambda tx: outbox.bury(tx, mine, "no such address"))

    assert [row.last_error for row in store.read(outbox.dead)] == ["no such address"]


def test_duties_are_taken_by_kind_and_when_they_are_due(store: Store, clock: SteppedClock) -> None:
    put(store, "letter", due_at=clock.now() + timedelta(hours=1))
    put(store, "notice")

    assert claim(store, kinds=["letter"]) == []
    assert [row.kind for row in claim(store)] == ["notice"]
    clock.move(hours=1)
    assert [row.kind for row in claim(store, kinds=["letter"])] == ["letter"]


def test_leases_keep_the_real_clock_when_the_business_day_is_elsewhere(store: Store, clock: SteppedClock) -> None:
    clock.put_business(clock.now().replace(year=2030))
    put(store)

    (mine,) = claim(store, lease=timedelta(minutes=1))

    assert mine.lease_until == clock.now() + timedelta(minutes=1)


def test_a_duty_is_found_by_its_key(store: Store) -> None:
    made = put(store, key="letter-1")

    found = store.read(lambda tx: outbox.by_key(tx, "letter-1"))
    assert found is not None
    assert (found.id, found.payload) == (made, {"dossier": "1"})


@each_database
def test_an_urgent_duty_goes_before_those_that_wait(store: Store) -> None:
    put(store, "letter")
    put(store, "sign_in_mail", urgent=True)
    assert [row.kind for row in claim(store, limit=1)] == ["sign_in_mail"]


@each_database
def test_what_was_done_long_ago_is_forgotten_and_what_is_owed_or_dead_stays(store: Store, clock: SteppedClock) -> None:
    put(store, key="done")
    put(store, key="given up")
    done, given_up = claim(store)
    store.act(lambda tx: outbox.done(tx, done))
    store.act(lambda tx: outbox.bury(tx, given_up, "no"))
    put(store, key="owed")
    clock.move(days=31)

    assert store.act(lambda tx: outbox.sweep(tx, before=tx.real_now - timedelta(days=32))) == 0
    assert store.act(lambda tx: outbox.sweep(tx, before=tx.real_now - timedelta(days=30))) == 1

    assert store.read(lambda tx: outbox.by_key(tx, "done")) is None
    assert all(store.read(lambda tx, key=key: outbox.by_key(tx, key)) for key in ("given up", "owed"))
