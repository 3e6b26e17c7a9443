"""Phones' secrets are sealed where they are kept; a copy of the database without the key opens nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP

from databases import each_address
from guichet.services.agent_sign_in import AgentRefused, check_code, set_credentials
from guichet.services.cases import UseCases
from guichet.services.second_factors import KEY, opened, seal_all, sealed
from guichet.services.sweeping import sweep
from guichet.storage import agents
from signing_in import an_agent
from worked import an_instance

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_key(cases: UseCases, *lines: str) -> UseCases:
    return replace(cases, secrets={KEY: "\n".join(lines)})


def kept(cases: UseCases, agent: str) -> str:
    found = cases.store.read(lambda tx: agents.by_id(tx, agent))
    return (found.totp_secret or "") if found is not None else ""


def code(cases: UseCases) -> str:
    return TOTP(SECRET).at(cases.store.read(lambda tx: tx.real_now))


@each_address
def test_a_secret_is_sealed_and_its_code_still_opens(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as plain:
        cases = with_key(plain, "une clé")
        agent = an_agent(cases)
        set_credentials(cases, agent, password="mot de passe à soi", totp_secret=SECRET)
        assert SECRET not in kept(cases, agent)
        check_code(cases, agent, code(cases))
        with pytest.raises(AgentRefused):
            check_code(cases, agent, code(cases))  # a code serves once


@pytest.mark.parametrize("lines", [(), ("une autre",)])
def test_without_its_key_a_sealed_secret_opens_nothing(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with an_instance(tmp_path) as plain:
        cases = with_key(plain, "une clé")
        agent = an_agent(cases)
        set_credentials(cases, agent, password="mot de passe à soi", totp_secret=SECRET)
        with pytest.raises(AgentRefused):
            check_code(with_key(plain, *lines), agent, code(cases))


@each_address
def test_secrets_that_lay_open_are_sealed_by_the_sweep_and_serve_on(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as plain:
        agent = an_agent(plain)
        set_credentials(plain, agent, password="mot de passe à soi", totp_secret=SECRET)
        check_code(plain, agent, code(plain))
        used = plain.store.read(lambda tx: agents.by_id(tx, agent))
        assert kept(plain, agent) == SECRET
        sweep(plain)
        assert kept(plain, agent) == SECRET, "without a key nothing is sealed"
        cases = with_key(plain, "une clé")
        sweep(cases)
        after = cases.store.read(lambda tx: agents.by_id(tx, agent))
        assert SECRET not in kept(cases, agent)
        assert used is not None
        assert after is not None
        assert after.totp_last_step == used.totp_last_step, "what was used stays used"
        assert seal_all(cases) == 0
        with pytest.raises(AgentRefused):
            check_code(cases, agent, code(cases))
        cases.clock.move(seconds=timedelta(minutes=2).total_seconds())  # type: ignore[attr-defined]  a test's clock
        check_code(cases, agent, code(cases))


def test_a_new_key_above_the_old_one_opens_what_that_sealed(tmp_path: Path) -> None:
    with an_instance(tmp_path) as plain:
        before, after = with_key(plain, "une clé"), with_key(plain, "une nouvelle", "une clé")
        assert opened(after, sealed(before, SECRET)) == SECRET
        assert opened(before, sealed(after, SECRET)) is None
