"""Each service that is set is really asked, harmlessly and in bounded time; what is said names no secret."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding
from guichet.services.diagnosis.services import look_at_services
from guichet.settings import Settings
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from guichet_plugins.connect.demarches.stand_in import INVENTED, an_invented_service
from guichet_plugins.connect.recherche_entreprises.sandbox import CompanySandbox
from instances import the_plugins
from sandboxes import sandbox

TOKEN = "jeton-tres-secret-42"
ASKING = {"recipient": "22740001700074", "context": "aides"}


@contextmanager
def an_instance(tmp_path: Path, services: Mapping[str, Any], **secrets: str) -> Iterator[UseCases]:
    cases = build(Settings(), folder=tmp_path, plugins=the_plugins())
    try:
        yield replace(cases, services=services, secrets=secrets)
    finally:
        cases.store.close()


def looked_at(cases: UseCases, **how: Any) -> dict[str, Finding]:
    return {one.item: one for one in look_at_services(cases, (), **how) if one.item != "service:email"}


def said(one: Finding) -> str:
    return str(one.problem.data.get("said_fr"))


def test_api_entreprise_is_asked_what_the_token_may_do_and_nothing_of_anybody(tmp_path: Path) -> None:
    asked: list[str] = []
    stand_in = ApiEntrepriseSandbox()

    def witness(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return stand_in(environ, start_response)

    with sandbox(witness) as served:
        options = {"base_url": served.url, "token": "secret:jeton", **ASKING}
        with an_instance(tmp_path, {"api_entreprise": options}, jeton=TOKEN) as cases:
            found = looked_at(cases)["service:api_entreprise"]
            assert (found.state, said(found)) == ("green", "GET /privileges a répondu 200 ; droits du jeton : 8")
            assert asked == ["/privileges"]
            assert looked_at(cases, offline=True)["service:api_entreprise"].problem.code == "doctor.service_not_asked"
            assert asked == ["/privileges"]


@pytest.mark.parametrize("missing", ["recipient", "context", "token"])
@pytest.mark.parametrize("offline", [False, True], ids=["asked", "offline"])
def test_a_mandatory_setting_that_is_missing_is_red_and_nobody_is_asked(
    missing: str, offline: bool, tmp_path: Path
) -> None:
    with sandbox(ApiEntrepriseSandbox()) as served:
        options = {"base_url": served.url, "token": "secret:jeton", **ASKING}
        secrets = {} if missing == "token" else {"jeton": TOKEN}
        options.pop(missing, "") if missing != "token" else None
        with an_instance(tmp_path, {"api_entreprise": options}, **secrets) as cases:
            found = looked_at(cases, offline=offline)["service:api_entreprise"]
        assert (found.state, served.requests) == ("red", 0)
        assert (missing if missing != "token" else "jeton") in said(found)


def test_each_territory_that_has_a_token_is_tried(tmp_path: Path) -> None:
    with sandbox(ApiEntrepriseSandbox()) as served:
        options = {"base_url": served.url, **ASKING}
        tokens = {"api_entreprise_reg-53": TOKEN, "api_entreprise_dep-74": TOKEN, "autre": "x"}
        with an_instance(tmp_path, {"api_entreprise": options}, **tokens) as cases:
            assert looked_at(cases)["service:api_entreprise"].state == "green"
        assert served.requests == 2


def test_a_demarche_is_asked_for_its_champs_and_a_misspelt_one_is_red(tmp_path: Path) -> None:
    with sandbox(an_invented_service()) as served:
        options: dict[str, Any] = {"base_url": served.url, "token": "secret:ds"}
        with an_instance(tmp_path, {"demarches_simplifiees": options}, ds=TOKEN) as cases:
            alone = looked_at(cases)["service:demarches_simplifiees"]
            assert (alone.state, "aucune démarche n'est déclarée" in said(alone)) == ("green", True)
            options |= {"demarche": INVENTED, "champs": {"mois": "Mois"}}
            whole = looked_at(cases)["service:demarches_simplifiees"]
            assert (whole.state, f"démarche {INVENTED} s'est décrite (champs : 7)" in said(whole)) == ("green", True)
            options["champs"] = {"mois": "Moi"}
            assert "Vouliez-vous dire « Mois »" in said(looked_at(cases)["service:demarches_simplifiees"])
            options["demarche"] = 9
            assert looked_at(cases)["service:demarches_simplifiees"].state == "red"


def test_a_service_that_echoes_a_secret_shows_it_to_nobody(tmp_path: Path) -> None:
    def echo(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"errors": [{"message": f"no: {environ['HTTP_AUTHORIZATION']}"}]}).encode()]

    with sandbox(echo) as served:
        options = {"base_url": served.url, "token": "secret:ds"}
        with an_instance(tmp_path, {"demarches_simplifiees": options}, ds=TOKEN) as cases:
            found = looked_at(cases)["service:demarches_simplifiees"]
    assert found.state == "red"
    assert "Bearer […]" in said(found)
    assert TOKEN not in json.dumps(dict(found.problem.data))


def test_services_that_hang_are_waited_for_together_and_no_longer_than_said(tmp_path: Path) -> None:
    with sandbox(CompanySandbox()) as one, sandbox(ApiEntrepriseSandbox()) as other:
        options = {
            "recherche_entreprises": {"base_url": one.url, "timeout_s": 30},
            "api_entreprise": {"base_url": other.url, "token": "secret:jeton", "timeout_s": 30, **ASKING},
        }
        with an_instance(tmp_path, options, jeton=TOKEN) as cases, one.silent(), other.silent():
            found = looked_at(cases, patience_s=0.5)
        assert {one.problem.code for one in found.values()} == {"doctor.service_slow"}
        one.fail("none")
        other.fail("none")
