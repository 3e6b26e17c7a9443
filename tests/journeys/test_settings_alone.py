"""From one service to another of the same kind by `instance.yaml` and its secrets alone: no scheme, no code changes.

Two worlds answer, each with its own port, path, identifiers and tokens; each refuses what is meant for the other.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from browsing import a_browser
from guichet.plugin.contracts import Given
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.diagnosis.services import look_at_services
from guichet.services.publication import publish
from guichet.settings import Settings
from guichet.web.app import create_app
from guichet_plugins.connect.api_entreprise.companies import COMPANIES
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from guichet_plugins.connect.demarches.stand_in import INVENTED, StandIn, an_invented_service
from guichet_plugins.identity.standin import StandIn as Provider
from identity_site import code_for, come_back, leave_for
from instances import the_library, the_plugins
from sandboxes import sandbox

WHERE = "reg-53"


@dataclass
class World:
    """One of two services of a kind: below a path of its own, opened by credentials of its own."""

    app: WSGIApplication
    prefix: str
    secret: str
    client: str = ""
    url: str = ""
    taken: list[str] = field(default_factory=list[str])
    turned_away: list[str] = field(default_factory=list[str])

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer below the path, for the right credentials."""
        path = environ["PATH_INFO"]
        if not path.startswith(self.prefix) or not self._knows(environ):
            self.turned_away.append(path)
            start_response("401 Unauthorized", [("Content-Type", "application/json")])
            return [b'{"errors": [{"code": "00101"}], "error": "invalid_client"}']
        environ["SCRIPT_NAME"] += self.prefix
        environ["PATH_INFO"] = path.removeprefix(self.prefix)
        self.taken.append(environ["PATH_INFO"])
        return self.app(environ, start_response)

    def _knows(self, environ: WSGIEnvironment) -> bool:
        kind, _, packed = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if not self.client:
            asked = parse_qs(environ.get("QUERY_STRING", ""))
            return packed == self.secret and asked.get("recipient", [""])[0] in ("", RECIPIENTS[self.secret])
        if environ["PATH_INFO"].endswith("/authorize"):
            return parse_qs(environ["QUERY_STRING"])["client_id"] == [self.client]
        if not environ["PATH_INFO"].endswith("/token"):
            return True
        if kind.lower() == "basic":
            given = tuple(unquote_plus(part) for part in b64decode(packed).decode().split(":"))
            return given == (self.client, self.secret)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        return (form.get("client_id"), form.get("client_secret")) == (self.client, self.secret)


RECIPIENTS = {"jeton-un": "22740001700074", "jeton-deux": "23350001600040"}


@contextmanager
def worlds(one: WSGIApplication, other: WSGIApplication, clients: tuple[str, str] = ("", "")) -> Iterator[list[World]]:
    made = [World(one, "", "jeton-un", clients[0]), World(other, "/ailleurs/v9", "jeton-deux", clients[1])]
    with ExitStack() as stack:
        for world in made:
            world.url = stack.enter_context(sandbox(world)).url + world.prefix
        yield made


@contextmanager
def an_instance(folder: Path, key: str, options: Mapping[str, Any], secret: str) -> Iterator[UseCases]:
    """The same instance, its services and its secret as the operator writes them."""
    (folder / "secrets").mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "secrets" / "acces").write_text(secret, "utf-8")
    (folder / "secrets" / "acces").chmod(0o600)
    told = {"format": 1, "mode": "sandbox", "base_url": "http://testserver.local", "services": {key: dict(options)}}
    (folder / "instance.yaml").write_text(json.dumps(told), "utf-8")
    cases = build(Settings(instance=folder), folder=folder / "var", plugins=the_plugins())
    try:
        if not cases.snapshots.all_current():
            publish(cases, the_library(), "aide-simple", (WHERE,))
        yield cases
    finally:
        cases.store.close()


def healthy(cases: UseCases, key: str) -> bool:
    return all(one.state == "green" for one in look_at_services(cases, ()) if one.item.startswith(f"service:{key}"))


def test_api_entreprise_moves_from_one_service_to_another(tmp_path: Path) -> None:
    with worlds(ApiEntrepriseSandbox(), ApiEntrepriseSandbox()) as found:
        for world in found:
            asking = {"recipient": RECIPIENTS[world.secret], "context": "aides", "token": "secret:acces"}
            with an_instance(tmp_path, "api_entreprise", {"base_url": world.url, **asking}, world.secret) as cases:
                assert healthy(cases, "api_entreprise")
                source = cases.plugins.prefill_sources["api_entreprise"]
                use = source.Use.model_validate({"object": "aides_publiques"})
                known = {"siret": COMPANIES[0].siret}
                told = source.ask(frozenset({"name"}), known, use, cases.service_options(source), cases.context(WHERE))
                assert isinstance(told["name"], Given)
        assert [(len(one.taken), one.turned_away) for one in found] == [(2, []), (2, [])]
        with an_instance(tmp_path, "api_entreprise", {"base_url": found[1].url, **asking}, "jeton-un") as cases:
            assert not healthy(cases, "api_entreprise"), "the secret of the other world opens nothing"


def test_a_demarche_moves_from_one_service_to_another(tmp_path: Path) -> None:
    held = an_invented_service().demarches[INVENTED]
    with worlds(*(StandIn(held, token=one) for one in RECIPIENTS)) as found:
        for world in found:
            options = {"base_url": world.url, "token": "secret:acces"}
            with an_instance(tmp_path, "demarches_simplifiees", options, world.secret) as cases:
                assert healthy(cases, "demarches_simplifiees")
                source: Any = cases.plugins.list_sources["demarches_simplifiees"]
                declared = {
                    "demarche": INVENTED,
                    "champs": {"mois": "Mois"},
                    "dossier": {"siren": "demandeur.entreprise.siren"},
                    "files": {"preuve": "Justificatif"},
                }
                set_ = cases.service_options(source, declared)
                page = source.fetch("", "siren", {"mois": "text"}, set_, cases.context(WHERE))
                assert len(page.rows) == 100
                (file,) = source.files(page.rows[0].identity, set_, cases.context(WHERE))["preuve"]
                assert file.address.startswith(f"{world.url}/"), "links lie below the same path"
        assert [one.turned_away for one in found] == [[], []]
        assert {len(one.taken) for one in found} == {4}


@pytest.mark.parametrize(("kind", "where"), [("franceconnect", WHERE), ("proconnect", "")])
def test_an_identity_provider_moves_from_one_service_to_another(kind: Any, where: str, tmp_path: Path) -> None:
    with worlds(Provider(kind), Provider(kind, path="/oidc"), ("guichet-un", "guichet-deux")) as found:
        for world, path in zip(found, ("/api/v2", "/oidc"), strict=True):
            options = {
                "base_url": world.url, "path": path, "client_id": world.client, "client_secret": "secret:acces",
            }  # fmt: skip
            with an_instance(tmp_path, kind, options, world.secret) as cases:
                assert healthy(cases, kind)
                with a_browser(create_app(cases)) as browser:
                    departure = leave_for(browser, kind, where)
                    back = code_for(departure, "camille") if where else code_for(departure, email="a@reg-53.exemple.fr")
                    come_back(browser, back)
                assert world.taken[-1] == f"{path}/userinfo", "the token was exchanged, verified, and used"
        assert [one.turned_away for one in found] == [[], []]
