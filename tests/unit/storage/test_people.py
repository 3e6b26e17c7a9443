"""Accounts, sign-ins, sessions, agents and the tries at a gate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from databases import SteppedClock, each_database
from guichet.model.records import Agent, Assignment, SignIn
from guichet.storage import Store, Tx, accounts, agents, probes, sessions
from stored import an_agent


@each_database
def test_an_address_has_one_account_however_it_is_typed(store: Store) -> None:
    one = store.act(lambda tx: accounts.ensure(tx, " Anne@Exemple.FR"))

    assert store.act(lambda tx: accounts.ensure(tx, "anne@exemple.fr")) == one
    assert store.read(lambda tx: accounts.by_id(tx, one.id)) == one


def a_sign_in(store: Store, clock: SteppedClock) -> SignIn:
    return store.act(
        lambda tx: accounts.start_sign_in(
            tx, email="anne@exemple.fr", link_hash="l", code_hash="c", expires_at=clock.now() + timedelta(minutes=20)
        )
    )


@each_database
def test_a_sign_in_is_consumed_once(store: Store, clock: SteppedClock) -> None:
    made = a_sign_in(store, clock)

    assert store.read(lambda tx: accounts.sign_in_by_link(tx, "l")) == made
    assert store.act(lambda tx: accounts.consume(tx, made.id)) is True
    assert store.act(lambda tx: accounts.consume(tx, made.id)) is False


@each_database
def test_an_expired_sign_in_opens_nothing_and_is_swept(store: Store, clock: SteppedClock) -> None:
    made = a_sign_in(store, clock)
    clock.move(minutes=20)

    assert store.act(lambda tx: accounts.consume(tx, made.id)) is False
    assert store.act(accounts.sweep_sign_ins) == 1


def test_tries_of_a_code_are_counted(store: Store, clock: SteppedClock) -> None:
    made = a_sign_in(store, clock)

    assert [store.act(lambda tx: accounts.count_attempt(tx, made.id)) for _ in range(3)] == [1, 2, 3]


@each_database
def test_a_session_ends_at_its_absolute_limit(store: Store, clock: SteppedClock) -> None:
    limit = clock.now() + timedelta(hours=8)
    store.act(lambda tx: sessions.start(tx, id_hash="h", kind="agent", subject="a", csrf="t", ends_at=limit))
    clock.move(hours=1)
    store.act(lambda tx: sessions.touch(tx, "h"))

    found = store.read(lambda tx: sessions.by_hash(tx, "h"))
    assert found is not None
    assert found.seen_at == clock.now()
    clock.move(hours=7)
    assert store.read(lambda tx: sessions.by_hash(tx, "h")) is None


def test_a_session_hides_its_csrf_token_when_shown(store: Store, clock: SteppedClock) -> None:
    made = store.act(
        lambda tx: sessions.start(tx, id_hash="h", kind="half", subject="a", csrf="t0ken", ends_at=clock.now())
    )

    assert "t0ken" not in repr(made)


def test_every_session_of_an_agent_is_ended_together(store: Store, clock: SteppedClock) -> None:
    limit = clock.now() + timedelta(hours=8)

    def three(tx: Tx) -> None:
        for name, subject in (("1", "a"), ("2", "a"), ("3", "b")):
            sessions.start(tx, id_hash=name, kind="agent", subject=subject, csrf="t", ends_at=limit)

    store.act(three)
    assert store.act(lambda tx: sessions.end_all(tx, "a")) == 2
    store.act(lambda tx: sessions.end(tx, "3"))
    assert store.act(lambda tx: sessions.sweep(tx, idle_since=clock.now())) == 0


@each_database
def test_a_totp_step_serves_once_and_never_goes_back(store: Store) -> None:
    agent = store.act(an_agent)
    store.act(lambda tx: agents.set_totp(tx, agent.id, "SECRET"))

    taken = [store.act(lambda tx, step=step: agents.take_totp_step(tx, agent.id, step)) for step in (10, 10, 9, 11)]

    assert taken == [True, False, False, True]
    assert "SECRET" not in repr(store.read(lambda tx: agents.by_id(tx, agent.id)))


def test_failed_sign_ins_are_counted_locked_and_forgotten(store: Store, clock: SteppedClock) -> None:
    agent = store.act(an_agent)
    assert [store.act(lambda tx: agents.count_failure(tx, agent.id)) for _ in range(2)] == [1, 2]
    store.act(lambda tx: agents.lock_until(tx, agent.id, clock.now()))
    assert found(store, agent).locked_until == clock.now()

    store.act(lambda tx: agents.clear_failures(tx, agent.id))

    assert (found(store, agent).failed_attempts, found(store, agent).locked_until) == (0, None)


def test_importing_an_agent_again_changes_the_name_only(store: Store) -> None:
    agent = store.act(an_agent)
    store.act(lambda tx: agents.set_password(tx, agent.id, "hash"))

    store.act(lambda tx: an_agent(tx, email="YANN@bretagne.bzh", name="Yann Bihan"))

    assert (found(store, agent).name, found(store, agent).password_hash) == ("Yann Bihan", "hash")
    assert len(store.read(agents.all_agents)) == 1


@each_database
def test_assignments_hold_until_their_last_day(store: Store) -> None:
    def act(tx: Tx) -> Agent:
        agent = an_agent(tx)
        place = agents.ensure_organisation(tx, territory="reg-53", body="region", name="Région Bretagne")
        again = agents.ensure_organisation(tx, territory="reg-53", body="region", name="Région Bretagne")
        assert place == again
        for expected in (True, False):
            new = agents.assign(
                tx,
                agent_id=agent.id,
                role="instructor",
                organisation_id=place.id,
                territory="reg-53",
                ends_on=date(2020, 6, 30),
            )
            assert new is expected
        return agent

    agent = store.act(act)

    def on(day: date) -> list[Assignment]:
        return store.read(lambda tx: agents.assignments(tx, agent.id, on=day))

    (held,) = on(date(2020, 6, 30))
    assert (held.role, held.body, held.territory, held.scheme) == ("instructor", "region", "reg-53", None)
    assert on(date(2020, 7, 1)) == []


@each_database
def test_tries_at_a_gate_are_counted_by_window(store: Store, clock: SteppedClock) -> None:
    hour = timedelta(hours=1)
    assert [store.act(lambda tx: probes.count(tx, "ip:1", hour)) for _ in range(3)] == [1, 2, 3]
    assert store.read(lambda tx: probes.attempts(tx, "ip:2", hour)) == 0

    clock.move(hours=1)

    assert store.act(lambda tx: probes.count(tx, "ip:1", hour)) == 1
    assert store.act(lambda tx: probes.sweep(tx, before=clock.now())) == 1


def found(store: Store, agent: Agent) -> Agent:
    seen = store.read(lambda tx: agents.by_email(tx, agent.email))
    if seen is None:
        pytest.fail("the agent is gone")
    return seen
