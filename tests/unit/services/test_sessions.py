"""Sessions: a fresh id each time, kept as a digest, over when idle or old; and what is swept away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from guichet.services.cases import UseCases
from guichet.services.sessions import (
    ABSOLUTE,
    IDLE,
    Known,
    open_session,
    session_hash,
    who,
)
from guichet.services.sign_in import ask_sign_in
from guichet.services.sweeping import Swept, sweep
from guichet.storage import accounts, sessions
from guichet.web.security.known import KnownVisitors
from instances import an_instance
from signing_in import an_agent


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path) as made:
        yield made


@pytest.fixture
def account(cases: UseCases) -> str:
    return cases.store.act(lambda tx: accounts.ensure(tx, "camille@exemple.fr")).id


def seen_at(known: Known | None) -> object:
    assert known is not None
    return known.session.seen_at


def test_each_session_has_an_id_of_its_own_which_is_not_stored(cases: UseCases, account: str) -> None:
    first, second = open_session(cases, "applicant", account), open_session(cases, "applicant", account)
    assert first != second
    assert len(first) == 64
    assert cases.store.read(lambda tx: sessions.by_hash(tx, first)) is None
    assert cases.store.read(lambda tx: sessions.by_hash(tx, session_hash(first))) is not None


def test_a_session_that_takes_the_place_of_another_closes_it(cases: UseCases, account: str) -> None:
    first = open_session(cases, "applicant", account)
    second = open_session(cases, "applicant", account, instead_of=first)
    assert who(cases, first) is None
    assert who(cases, second) is not None


@pytest.mark.parametrize("kind", ["applicant", "agent", "half"])
def test_a_session_is_over_when_idle(cases: UseCases, account: str, kind: str) -> None:
    subject = account if kind == "applicant" else an_agent(cases)
    opened = open_session(cases, kind, subject)  # pyright: ignore[reportArgumentType]  each kind
    limit: timedelta = IDLE[kind]  # pyright: ignore[reportArgumentType]  each kind
    cases.clock.advance(seconds=limit.total_seconds() - 1)
    assert who(cases, opened) is not None
    cases.clock.advance(seconds=limit.total_seconds())
    assert who(cases, opened) is None


def test_use_keeps_a_session_alive_until_its_absolute_end(cases: UseCases, account: str) -> None:
    opened = open_session(cases, "applicant", account)
    for _ in range(int(ABSOLUTE["applicant"] / timedelta(minutes=50))):
        cases.clock.advance(minutes=50)
        assert who(cases, opened) is not None
    cases.clock.advance(minutes=50)
    assert who(cases, opened) is None


def test_use_is_noted_at_most_once_a_minute(cases: UseCases, account: str) -> None:
    opened = open_session(cases, "applicant", account)
    before = seen_at(who(cases, opened))
    cases.clock.advance(seconds=59)
    who(cases, opened)
    assert seen_at(who(cases, opened)) == before
    cases.clock.advance(seconds=1)
    who(cases, opened)
    assert seen_at(who(cases, opened)) != before


def test_a_site_remembers_who_is_there_for_a_moment_only(cases: UseCases, account: str) -> None:
    opened = open_session(cases, "applicant", account)
    remembering = KnownVisitors(cases, trusted_s=60)
    assert remembering.fresh(opened) is None
    assert remembering.look_up(opened) is not None
    assert remembering.fresh(opened) is not None
    remembering.forget(opened)
    assert remembering.fresh(opened) is None
    hasty = KnownVisitors(cases, trusted_s=0)
    hasty.look_up(opened)
    assert hasty.fresh(opened) is None


def test_what_is_over_is_swept_and_what_lives_stays(cases: UseCases, account: str) -> None:
    open_session(cases, "applicant", account)
    ask_sign_in(cases, "camille@exemple.fr", territory="reg-53", place="192.0.2.1")
    assert sweep(cases) == Swept(sessions=0, sign_ins=0, tries=0, keys=0)
    cases.clock.advance(hours=1)
    assert sweep(cases) == Swept(sessions=1, sign_ins=1, tries=0, keys=0)
    cases.clock.advance(days=2)
    assert sweep(cases).tries > 0
