"""Two factors under haste and on both databases: tries are counted before they are judged, codes serve once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from databases import each_address
from guichet.services.agent_sign_in import (
    AgentRefused,
    NoAssignment,
    check_code,
    check_password,
    enrolment_of,
    require_assignment,
    set_credentials,
)
from guichet.services.cases import UseCases
from guichet.services.organisations import reset_agent
from guichet.settings import Settings
from guichet.storage import agents
from instances import an_instance
from signing_in import PASSWORD, an_agent, totp_of

EMAIL = "agent@exemple.fr"
PLACE = "192.0.2.1"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path) as made:
        yield made


@each_address
def test_a_code_given_ten_times_at_once_serves_once(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, settings=Settings(database_url=url)) as cases:
        agent_id = an_agent(cases)
        code = totp_of(cases)

        def give(_number: int) -> bool:
            try:
                check_code(cases, agent_id, code)
            except AgentRefused:
                return False
            return True

        with ThreadPoolExecutor(10) as pool:
            assert sum(pool.map(give, range(10))) == 1


@each_address
def test_fifty_guesses_at_once_are_judged_five_times(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, settings=Settings(database_url=url)) as cases:
        agent_id = an_agent(cases)

        def guess(number: int) -> None:
            with pytest.raises(AgentRefused):
                check_password(cases, EMAIL, f"essai {number}", place=PLACE)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(guess, range(50)))
        found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
        assert found is not None
        assert found.failed_attempts == 5
        assert found.locked_until is not None
        with pytest.raises(AgentRefused):
            check_password(cases, EMAIL, PASSWORD, place=PLACE)


def test_a_rest_never_exceeds_a_quarter_of_an_hour(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    for _ in range(40):
        with pytest.raises(AgentRefused):
            check_password(cases, EMAIL, "mauvais", place=PLACE)
        cases.clock.advance(minutes=15)
    assert check_password(cases, EMAIL, PASSWORD, place=PLACE) == agent_id


def test_one_place_cannot_try_everybody(cases: UseCases) -> None:
    an_agent(cases)
    for number in range(200):
        with pytest.raises(AgentRefused):
            check_password(cases, f"personne{number}@exemple.fr", "mauvais", place=PLACE)
    with pytest.raises(AgentRefused):
        check_password(cases, EMAIL, PASSWORD, place=PLACE)
    assert check_password(cases, EMAIL, PASSWORD, place="198.51.100.7")


@pytest.mark.parametrize(("shift", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(cases: UseCases, shift: int, taken: bool) -> None:
    agent_id = an_agent(cases)
    code = TOTP(SECRET).at(int(cases.clock.now().timestamp()) + shift)
    if taken:
        check_code(cases, agent_id, code)
    else:
        with pytest.raises(AgentRefused):
            check_code(cases, agent_id, code)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "0" * 6])
def test_what_is_not_the_code_is_refused(cases: UseCases, typed: str) -> None:
    agent_id = an_agent(cases)
    with pytest.raises(AgentRefused):
        check_code(cases, agent_id, typed)


def test_a_code_may_be_typed_with_a_space(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    code = totp_of(cases)
    check_code(cases, agent_id, f"{code[:3]} {code[3:]}")


def test_a_success_forgets_the_failures(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    for _ in range(4):
        with pytest.raises(AgentRefused):
            check_code(cases, agent_id, "000000")
    with pytest.raises(AgentRefused):
        check_code(cases, agent_id, "000001")
    cases.clock.advance(seconds=31)
    check_code(cases, agent_id, totp_of(cases))
    found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    assert found is not None
    assert (found.failed_attempts, found.locked_until) == (0, None)


def test_an_agent_without_password_cannot_enter(cases: UseCases) -> None:
    cases.store.act(lambda tx: agents.ensure(tx, email="sans@exemple.fr", name="Sans"))
    for typed in ("", "None", "x"):
        with pytest.raises(AgentRefused):
            check_password(cases, "sans@exemple.fr", typed, place=PLACE)


def test_the_key_of_the_phone_is_shown_until_it_is_proved_and_never_after(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    with pytest.raises(AgentRefused):
        enrolment_of(cases, agent_id)
    first = reset_agent(cases, EMAIL).password
    with pytest.raises(AgentRefused):
        enrolment_of(cases, agent_id)
    check_password(cases, EMAIL, first, place=PLACE)
    shown = enrolment_of(cases, agent_id)
    assert len(shown.secret) == 32
    assert shown.uri.startswith("otpauth://totp/Guichet")


def test_an_assignment_holds_until_the_midnight_of_its_own_territory(cases: UseCases) -> None:
    an_agent(cases, EMAIL, territory="reg-01", ends_on=date(2020, 4, 20))
    cases.clock.advance(hours=15)  # type: ignore[attr-defined]  # 01:00 UTC on the 21st, 21:00 on the 20th there
    (agent,) = cases.store.read(agents.all_agents)
    require_assignment(cases, agent)
    cases.clock.advance(hours=4)  # type: ignore[attr-defined]  # the 21st there too
    with pytest.raises(NoAssignment):
        require_assignment(cases, agent)


def test_a_reset_closes_the_old_factors(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    reset_agent(cases, EMAIL)
    with pytest.raises(AgentRefused):
        check_password(cases, EMAIL, PASSWORD, place=PLACE)
    with pytest.raises(AgentRefused):
        check_code(cases, agent_id, totp_of(cases))


def test_known_credentials_are_for_sandboxes(tmp_path: Path) -> None:
    with an_instance(tmp_path, mode="live") as live:
        agent = live.store.act(lambda tx: agents.ensure(tx, email=EMAIL, name="Anne"))
        with pytest.raises(AgentRefused):
            set_credentials(live, agent.id, password=PASSWORD, totp_secret=SECRET)


def test_passwords_are_kept_as_argon2id(cases: UseCases) -> None:
    agent_id = an_agent(cases)
    found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    assert found is not None
    assert str(found.password_hash).startswith("$argon2id$")
    assert PASSWORD not in repr(found)
    assert SECRET not in repr(found)
