"""Who may do what: every route is declared, and every cell of the matrix is tried through HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Request

from access_cells import (
    ACTORS,
    Actor,
    Asked,
    a_dossier,
    ask_as,
    every_route,
    is_refused,
    is_told_the_moment,
    phases_of,
)
from browsing import Browser, a_browser
from guichet.model.api import VERBS
from guichet.services.cases import UseCases
from guichet.web.access import MATRIX, PHASES, ROLES, Role, Rule
from guichet.web.app import HANDLERS, WebApp, create_app
from guichet.web.pages import Page, html
from guichet.web.routing import get
from guichet.web.security.people import the_dossier
from instances import an_instance
from signing_in import sign_in_applicant


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UseCases]:
    folder = tmp_path_factory.mktemp("access")
    with an_instance(folder, schemes=["aide-simple"], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture(scope="module")
def app(cases: UseCases) -> WebApp:
    return create_app(cases)


@pytest.fixture
def browser(app: WebApp) -> Iterator[Browser]:
    with a_browser(app) as made:
        yield made


def test_every_route_is_declared_and_every_line_has_its_route(app: WebApp) -> None:
    served = {asked.name for asked in every_route(app)}
    assert served - set(MATRIX) == set()
    assert set(MATRIX) - served == set()


def test_the_framework_serves_nothing_of_its_own(browser: Browser) -> None:
    for path in ("/schema", "/schema/openapi.json", "/schema/swagger", "/openapi.json", "/docs", "/debug"):
        assert browser.go(path).status == 404


def cells(asked: Asked) -> Iterator[tuple[Actor, Rule]]:
    rule = MATRIX[asked.name]
    somewhere = rule.about_a_dossier or "{territory" in asked.path
    for actor in ACTORS:
        if actor.role == "token" and rule.audience != "software" and actor.verbs != VERBS:
            continue  # a page takes no token, whatever its verbs
        if actor.own_territory or somewhere:  # a page of no territory shows each agent what is theirs
            yield actor, rule


def test_whoever_the_matrix_does_not_name_learns_nothing(app: WebApp, cases: UseCases, browser: Browser) -> None:
    """Each refused cell: the answer is that of an address which does not exist, or the sign-in page."""
    wrong: list[str] = []
    tried = 0
    for asked in every_route(app):
        for actor, rule in cells(asked):
            for phase in phases_of(rule):
                if actor.may(rule, phase):
                    continue
                if may_see_another_phase(rule, actor) and phase != "draft":
                    continue  # tried below: such a person sees the dossier, and is told that it is not the moment
                dossier = a_dossier(cases, phase)
                ask_as(browser, cases, actor, asked, dossier)
                tried += 1
                if not is_refused(browser) and not (actor.role == "owner" and is_told_the_moment(browser, dossier)):
                    wrong.append(f"{actor.name} {asked.method} {asked.path} ({phase}): {browser.status}")
    assert wrong == []
    assert tried > 100


def test_the_right_person_at_the_wrong_moment_is_told_so(app: WebApp, cases: UseCases, browser: Browser) -> None:
    wrong: list[str] = []
    for asked in every_route(app):
        for actor, rule in cells(asked):
            if not may_see_another_phase(rule, actor):
                continue
            for phase in PHASES[1:]:
                if not actor.may(rule, phase):
                    dossier = a_dossier(cases, phase)
                    ask_as(browser, cases, actor, asked, dossier)
                    if browser.status not in (303, 404) and not is_told_the_moment(browser, dossier):
                        wrong.append(f"{actor.name} {asked.method} {asked.path} ({phase}): {browser.status}")
    assert wrong == []


def test_whoever_the_matrix_names_is_let_in(app: WebApp, cases: UseCases, browser: Browser) -> None:
    """Each open cell: no refusal, no crash. What the page then says is for the journeys."""
    wrong: list[str] = []
    for asked in every_route(app):
        for actor, rule in cells(asked):
            for phase in phases_of(rule):
                if not actor.may(rule, phase):
                    continue
                ask_as(browser, cases, actor, asked, a_dossier(cases, phase))
                if browser.status in (401, 403, 405, 500, 503) or is_sent_to_sign_in(rule, browser):
                    wrong.append(f"{actor.name} {asked.method} {asked.path} ({phase}): {browser.status}")
    assert wrong == []


def may_see_another_phase(rule: Rule, actor: Actor) -> bool:
    return rule.about_a_dossier and any(actor.may(rule, phase) for phase in PHASES)


def is_sent_to_sign_in(rule: Rule, browser: Browser) -> bool:
    # Before both factors are given, pages of the sign-in lead to each other.
    within = rule.roles & {"anonymous", "half"}
    return browser.status == 303 and not within and "connexion" in browser.response.headers["location"]


def test_the_cells_would_see_an_open_door(cases: UseCases) -> None:
    """The same question of a page for applicants, its door shut, then wide open."""

    @get("/t/{territory:str}/prive/ici", name="private")
    def private(request: Request) -> Page:
        return html("private")

    for role, refused in (("applicant", True), ("anonymous", False)):
        rules = {**MATRIX, "private": Rule(frozenset({role}))}  # pyright: ignore[reportArgumentType]  two of the roles
        app = create_app(cases, handlers=[*HANDLERS, private], rules=rules)
        with a_browser(app) as browser:
            assert is_refused(browser.look("/t/reg-53/prive/ici")) is refused


def test_an_undeclared_route_answers_as_if_it_were_not_there(cases: UseCases) -> None:
    @get("/oubliee", name="forgotten")
    def forgotten(request: Request) -> Page:
        return html("secret")

    with a_browser(create_app(cases, handlers=[*HANDLERS, forgotten])) as browser:
        assert browser.go("/oubliee").status == 404
        assert "secret" not in browser.body
        there = browser.body
        assert there.replace("/oubliee", "/absente") == browser.go("/absente").body


def test_an_answer_about_a_dossier_nobody_checked_is_withheld(
    cases: UseCases, caplog: pytest.LogCaptureFixture
) -> None:
    @get("/t/{territory:str}/secret/{reference:str}", name="careless")
    def careless(request: Request) -> Page:
        return html("secret")

    @get("/t/{territory:str}/ouvert/{reference:str}", name="careful")
    def careful(request: Request) -> Page:
        return html(the_dossier(request, request.path_params["reference"]).reference)

    owner = Rule(frozenset({"owner"}), frozenset(PHASES))
    rules = {**MATRIX, "careless": owner, "careful": owner}
    dossier = a_dossier(cases, "draft")
    with a_browser(create_app(cases, handlers=[*HANDLERS, careless, careful], rules=rules)) as browser:
        sign_in_applicant(browser, cases, "reg-53", "camille@exemple.fr")
        assert browser.go(f"/t/reg-53/secret/{dossier.reference}").status == 500
        assert browser.body == ""
        assert "careless" in caplog.text
        assert browser.go(f"/t/reg-53/ouvert/{dossier.reference}").body == dossier.reference
        assert browser.go(f"/t/reg-84/ouvert/{dossier.reference}").status == 404
        browser.press("Se déconnecter")
        sign_in_applicant(browser, cases, "reg-53", "autre@exemple.fr")
        hidden = browser.go(f"/t/reg-53/ouvert/{dossier.reference}")
        shown = hidden.body
        absent = browser.go("/t/reg-53/ouvert/ZZZZZZZZZZ")
        assert (hidden.status, absent.status) == (404, 404)
        assert shown.replace(dossier.reference, "X") == absent.body.replace("ZZZZZZZZZZ", "X")


@pytest.mark.parametrize("role", ROLES)
def test_no_agent_may_see_a_draft(role: Role) -> None:
    about = {name: rule for name, rule in MATRIX.items() if rule.audience == "agents" and rule.about_a_dossier}
    assert about
    assert [name for name, rule in about.items() if Actor(role, role).may(rule, "draft")] == []


def test_an_unknown_territory_is_not_there(browser: Browser) -> None:
    for path in ("/t/reg-99/", "/t/53/", "/t/REG-53/", "/t/reg-53%00/", "/t/dep-74/"):
        assert browser.go(path).status == 404, path


def test_a_null_character_is_refused_in_every_address(browser: Browser) -> None:
    for path in ("/t/reg-53/connexion?adresse=a%00b", "/agents/connexion?suite=%00", "/api/openapi.json?q=%00"):
        assert browser.go(path).status == 400, path


def test_the_folder_of_static_files_leads_nowhere_else(browser: Browser, tmp_path: Path) -> None:
    for path in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/",
    ):
        assert browser.go(path).status == 404, path
    assert browser.go("/static/guichet.css").status == 200
