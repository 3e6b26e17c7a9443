"""Sign-ins through providers, under haste and on both databases: an attempt serves once, a link is one person's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from databases import each_address
from guichet.model.records import PersonIdentity
from guichet.plugin import hookimpl, load_plugins
from guichet.plugin.contracts import Attempt, Context, Door, Identity, IdentityProvider, NoOptions, Reason
from guichet.services import agent_identities, identity_links
from guichet.services.arrivals import arrival_of
from guichet.services.cases import UseCases
from guichet.services.identities import begin, come_back
from guichet.services.identity_doors import NotTrusted, ProviderSilent, offered
from guichet.services.refusals import NotFound, Refused
from guichet.services.sessions import open_session, session_hash
from guichet.services.sign_in import TooManySignIns
from guichet.settings import Settings
from guichet.storage import Tx, accounts, agents, identities
from instances import an_instance

PLACE = "192.0.2.1"


class Portal(IdentityProvider[NoOptions]):
    """Believes whoever the address of return names: what is tried here is what the core does around it."""

    key = "portal"
    Options = NoOptions

    def door(self, options: NoOptions, context: Context) -> Door:
        both = frozenset({"applicant", "agent"})
        return Door(Reason("le portail", "the portal"), Reason("Portail", "Portal"), Reason("", ""), both)

    def begin(self, attempt: Attempt, options: NoOptions, context: Context) -> str:
        return f"https://portail.exemple.fr/?state={attempt.state}"

    def finish(self, attempt: Attempt, answer: Mapping[str, str], options: NoOptions, context: Context) -> Identity:
        if answer["user"] == "bug":
            raise RuntimeError("a secret: " + attempt.nonce)
        proved = answer.get("proved", "yes") == "yes"
        email = answer.get("email", "")
        return Identity(issuer="portail", subject=answer["user"], email=email, email_proved=proved, strong=True)


@contextmanager
def a_portal(folder: Path, url: str = "") -> Iterator[UseCases]:
    module = ModuleType("portal")
    module.register_identity_providers = hookimpl(lambda: [Portal()])  # type: ignore[attr-defined]  a plugin made here
    module.register_identity_providers.__name__ = "register_identity_providers"  # type: ignore[attr-defined]  as above
    settings = Settings(database_url=url) if url else None
    with an_instance(folder, settings=settings) as bare:
        plugins = load_plugins(extra={"portal": module}, installed=False)
        yield replace(bare, plugins=plugins, services={"portal": {}})


def begun(cases: UseCases, **options: Any) -> tuple[str, str]:
    made = begin(cases, "portal", "applicant", territory="reg-53", path="/t/reg-53/", place=PLACE, **options)
    return made.secret, made.url.partition("state=")[2]


def arrived(cases: UseCases, user: str = "camille", audience: Any = "applicant", email: str = "") -> str:
    made = begin(cases, "portal", audience, territory="reg-53", place=PLACE)
    state = made.url.partition("state=")[2]
    return come_back(cases, "portal", audience, made.secret, {"state": state, "user": user, "email": email}).secret


def an_account(cases: UseCases, email: str) -> Any:
    return cases.store.act(lambda tx: accounts.ensure(tx, email))


def at_once(work: Callable[[int], Any], times: int = 20) -> list[Any]:
    def tried(number: int) -> Any:
        try:
            return work(number)
        except Refused as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(tried, range(times)))


@each_address
def test_of_twenty_returns_at_once_one_is_accepted(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, a_portal(tmp_path, url) as cases:
        secret, state = begun(cases)
        answer = {"state": state, "user": "camille"}
        outcomes = at_once(lambda _: come_back(cases, "portal", "applicant", secret, answer))
        assert sum(not isinstance(one, Refused) for one in outcomes) == 1
        assert all(isinstance(one, NotTrusted) for one in outcomes if isinstance(one, Refused))


@each_address
def test_of_twenty_accounts_at_once_one_gets_the_identity(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, a_portal(tmp_path, url) as cases:
        secrets = [arrived(cases) for _ in range(20)]
        people = [an_account(cases, f"personne{number}@exemple.fr") for number in range(20)]
        outcomes = at_once(lambda number: identity_links.link_account(cases, secrets[number], people[number]))
        assert sum(isinstance(one, str) for one in outcomes) == 1
        kept = cases.store.read(lambda tx: identities.by_subject(tx, "applicant", "portail", "camille"))
        assert isinstance(kept, PersonIdentity)


@each_address
def test_of_twenty_persons_at_once_one_gets_the_account(
    address: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with address(tmp_path) as url, a_portal(tmp_path, url) as cases:
        secrets = [arrived(cases, f"personne{number}") for number in range(20)]
        account = an_account(cases, "camille@exemple.fr")
        outcomes = at_once(lambda number: identity_links.link_account(cases, secrets[number], account))
        assert sum(isinstance(one, str) for one in outcomes) == 1
        assert len(cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id))) == 1


def test_an_applicants_identity_is_not_an_agents(tmp_path: Path) -> None:
    with a_portal(tmp_path) as cases:
        account = an_account(cases, "camille@exemple.fr")
        identity_links.link_account(cases, arrived(cases), account)
        cases.store.act(lambda tx: agents.ensure(tx, email="camille@exemple.fr", name="Camille"))
        secret = arrived(cases, audience="agent", email="camille@exemple.fr")
        assert secret, "known as an applicant, a stranger as an agent"
        assert arrival_of(cases, secret, "applicant") is None
        with pytest.raises(NotTrusted):
            identity_links.link_account(cases, secret, account)
        agent, *_ = agent_identities.link_agent(cases, secret)
        assert agent.email == "camille@exemple.fr"


def test_a_provider_that_breaks_is_isolated_and_its_trace_is_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with a_portal(tmp_path) as cases:
        secret, state = begun(cases)
        with pytest.raises(ProviderSilent):
            come_back(cases, "portal", "applicant", secret, {"state": state, "user": "bug"})
        assert "Traceback" not in caplog.text
        assert state not in caplog.text
        assert "RuntimeError" in caplog.text
        assert "a secret" not in caplog.text
        assert cases.plugins.health.of("portal").failures == 1


def test_a_provider_without_settings_begins_nothing(tmp_path: Path) -> None:
    with a_portal(tmp_path) as cases:
        bare = replace(cases, services={})
        assert offered(bare, "applicant") == ()
        with pytest.raises(NotFound):
            begun(bare)


def test_sign_ins_begun_from_one_place_are_limited(tmp_path: Path) -> None:
    with a_portal(tmp_path) as cases:
        outcomes = [_begun_or_refused(cases) for _ in range(201)]
        assert outcomes[:200] == ["begun"] * 200
        assert outcomes[200] == "refused"
        assert begin(cases, "portal", "applicant", place="192.0.2.9").secret


def test_the_session_that_follows_the_phone_keeps_what_the_provider_said(tmp_path: Path) -> None:
    with a_portal(tmp_path) as cases:
        half = open_session(cases, "half", "agent-1")

        def note(tx: Tx) -> None:
            made = identities.link(
                tx,
                audience="agent",
                person="agent-1",
                provider="portal",
                issuer="portail",
                subject="x",
                email="",
                claims={},
            )
            assert made is not None
            said = identities.SessionIdentity(session_hash(half), made.id, "portal", "", (), "", False, "hint")
            identities.note_session(tx, said)

        cases.store.act(note)
        whole = open_session(cases, "agent", "agent-1", instead_of=half)
        kept = cases.store.read(lambda tx: identities.of_session(tx, session_hash(whole)))
        assert kept is not None
        assert kept.hint == "hint"
        other = open_session(cases, "agent", "agent-2", instead_of=whole)
        assert cases.store.read(lambda tx: identities.of_session(tx, session_hash(other))) is None


def _begun_or_refused(cases: UseCases) -> str:
    try:
        begun(cases)
    except TooManySignIns:
        return "refused"
    return "begun"
