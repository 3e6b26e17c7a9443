"""Pages that plugins bring to agents: who sees which, what they show, and that a bad one harms nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import pytest

from access_cells import a_dossier
from browsing import Browser, a_browser
from guichet import (
    Context,
    DossierLink,
    ExportColumn,
    NoOptions,
    Refused,
    Screen,
    ScreenAsked,
    ScreenContent,
    ScreenNote,
    ScreenTable,
    hookimpl,
)
from guichet.plugin.contracts import LoggedCall
from guichet.services import heartbeats
from guichet.services.cases import UseCases
from guichet.services.screens import asking
from guichet.services.sessions import open_session
from guichet.storage import outbox, outside_calls
from guichet.web.app import create_app
from instances import an_instance
from shipped_plugins import shipped_plugins
from signing_in import an_agent

CALLS = "/agents/ecrans/t/reg-53/outside_calls"
OURS = "/agents/ecrans/t/reg-53/aide-simple/ours"


class Ours(Screen[NoOptions]):
    """A screen whose answer a test chooses."""

    key = "ours"
    Options = NoOptions
    titles = {"fr": "La nôtre", "en": "Ours"}
    place = "scheme"
    roles = frozenset({"instructor"})
    reads = frozenset({"dossiers"})

    def __init__(self) -> None:
        self.answer: Any = lambda asked: ScreenContent(())
        self.asked: list[ScreenAsked] = []

    def show(self, asked: ScreenAsked, options: NoOptions, context: Context) -> ScreenContent:
        self.asked.append(asked)
        return self.answer(asked)


@pytest.fixture
def ours() -> Ours:
    return Ours()


@pytest.fixture
def cases(tmp_path: Path, ours: Ours) -> Iterator[UseCases]:
    module = ModuleType("ours")
    module.register_screens = hookimpl(lambda: [ours])  # pyright: ignore[reportAttributeAccessIssue]  a plugin's module
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53", "reg-84"]) as made:
        yield replace(made, plugins=shipped_plugins(extra={"ours": module}))


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(cases)) as made:
        yield made


def as_agent(browser: Browser, cases: UseCases, role: str, territory: str = "reg-53", **more: Any) -> Browser:
    agent = an_agent(cases, f"{role}.{territory}@exemple.fr", role=role, territory=territory, **more)
    browser.client.cookies.clear()
    browser.plant("guichet-agent", open_session(cases, "agent", agent))
    return browser


def words(browser: Browser) -> str:
    """Every cell and word of a page, one blank between them."""
    main = browser.document.find(".//main")
    return " ".join(" ".join(main.itertext()).split()) if main is not None else ""


def a_call(cases: UseCases, **changes: Any) -> None:
    now = cases.clock.now()
    plain = LoggedCall(now, "registre", "api.exemple.fr", "GET", "adresse du siège", "reg-53", "", "answered", 200, 41)
    cases.store.act(lambda tx: outside_calls.log(tx, replace(plain, **changes)))


def test_an_administrator_finds_the_calls_by_service_with_breaker_and_quota(browser: Browser, cases: UseCases) -> None:
    dossier = a_dossier(cases, "instruction")
    soon = cases.clock.now().replace(year=cases.clock.now().year + 1)
    a_call(cases, dossier=dossier.id, quota_left=58, quota_until=soon)
    a_call(cases, service="listes", purpose="liste d'aides", outcome="timeout", status=None, milliseconds=5000,
           breaker_open=True)  # fmt: skip
    a_call(cases, territory="reg-84", service="ailleurs")
    as_agent(browser, cases, "admin")
    assert browser.go("/agents").path == "/agents/ecrans"
    browser.go(CALLS)
    assert browser.title == "Appels extérieurs"
    text = words(browser)
    assert "Services laissés au repos 1" in text
    assert "registre adresse du siège 1 0 41 41 En service 58" in text
    assert "listes liste d'aides 1 1 5" in text
    assert "Au repos" in text
    assert "ailleurs" not in text
    assert dossier.reference not in text, "an administrator opens no dossier"
    assert "Dossier que vous ne suivez pas" in text


def test_a_breaker_is_on_trial_once_its_pause_is_over(browser: Browser, cases: UseCases) -> None:
    a_call(cases, outcome="timeout", status=None, breaker_open=True)
    cases.clock.advance(seconds=31)
    assert "À l'essai" in as_agent(browser, cases, "supervisor").go(CALLS).text


def test_a_supervisor_finds_the_calls_of_a_dossier_beside_it(browser: Browser, cases: UseCases) -> None:
    dossier, other = a_dossier(cases, "instruction"), a_dossier(cases, "instruction", email="autre@exemple.fr")
    a_call(cases, dossier=dossier.id)
    a_call(cases, dossier=other.id, service="ailleurs")
    as_agent(browser, cases, "supervisor").go(f"/agents/dossiers/{dossier.reference}")
    browser.click("Appels extérieurs de ce dossier")
    assert "registre adresse du siège Réponse 200 41" in words(browser)
    assert "ailleurs" not in browser.text


def test_an_administrator_of_one_scheme_is_told_why_no_page_is_offered(browser: Browser, cases: UseCases) -> None:
    agent = an_agent(cases, "seul@exemple.fr", role="admin", scheme="aide-simple")
    browser.plant("guichet-agent", open_session(cases, "agent", agent))
    text = words(browser.go("/agents/ecrans"))
    assert "aide-simple" in text
    assert "laissez vide la colonne" in text


def test_the_workers_and_their_duties_are_seen_by_an_administrator_only(browser: Browser, cases: UseCases) -> None:
    heartbeats.beat(cases, "machine-1", cases.clock.now(), None, None)
    cases.store.act(lambda tx: outbox.put(tx, "letter", {}))
    page = "/agents/ecrans/t/reg-53/background_work"
    text = words(as_agent(browser, cases, "admin").go(page))
    assert "machine-1 Actif" in text
    assert "Courrier de décision 1" in text
    cases.clock.advance(seconds=46)
    assert "Aucun exécutant n’est actif" in browser.go(page).text
    assert as_agent(browser, cases, "supervisor").go(page).status == 404


@pytest.mark.parametrize(
    ("role", "territory", "more", "status"),
    [
        ("instructor", "reg-53", {}, 200),
        ("instructor", "reg-84", {}, 404),
        ("decider", "reg-53", {}, 404),
        ("admin", "reg-53", {}, 404),
        ("instructor", "reg-53", {"scheme": "fds-volet-2"}, 404),
    ],
)
def test_a_screen_is_there_for_its_roles_in_its_place_and_for_nobody_else(
    browser: Browser, cases: UseCases, ours: Ours, role: str, territory: str, more: dict[str, Any], status: int
) -> None:
    as_agent(browser, cases, role, territory, **more)
    assert browser.go(OURS).status == status
    assert (OURS in browser.go("/agents/ecrans").body) == (status == 200)
    for wrong in ("/agents/ecrans/t/reg-53/ours", "/agents/ecrans/t/reg-53/aide-simple/outside_calls"):
        assert browser.go(wrong).status == 404
    assert len(ours.asked) == (status == 200), "a screen that may not be seen is not asked"


def test_a_body_may_be_named(browser: Browser, cases: UseCases, ours: Ours) -> None:
    type(ours).bodies = frozenset({"prefecture"})  # pyright: ignore[reportAttributeAccessIssue]  as a plugin declares it
    try:
        assert as_agent(browser, cases, "instructor", body="collectivite").go(OURS).status == 404
        assert as_agent(browser, cases, "instructor", body="prefecture", organisation="P").go(OURS).status == 200
    finally:
        del type(ours).bodies


def test_what_an_applicant_typed_is_shown_as_text_and_a_dossier_as_a_link(
    browser: Browser, cases: UseCases, ours: Ours
) -> None:
    dossier = a_dossier(cases, "instruction")
    elsewhere = a_dossier(cases, "instruction", email="autre@exemple.fr", territory="reg-84")
    columns = (ExportColumn("Nom"), ExportColumn("Dossier"))
    rows = (("<script>alert(1)</script>", DossierLink(dossier.reference)), ("x", DossierLink(elsewhere.reference)))
    ours.answer = lambda asked: ScreenContent((ScreenTable("Lus", columns, rows),))
    as_agent(browser, cases, "instructor").go(OURS)
    assert "<script>alert(1)" not in browser.body
    assert "&lt;script&gt;alert(1)" in browser.body
    assert f'href="/agents/dossiers/{dossier.reference}"' in browser.body
    assert elsewhere.reference not in browser.body
    assert [one.reference for one in ours.asked[0].dossiers] == [dossier.reference]


BAD: dict[str, Any] = {
    "raises": lambda asked: 1 / 0,
    "leaves": lambda asked: (_ for _ in ()).throw(SystemExit(3)),
    "gives nothing": lambda asked: None,
    "gives junk": lambda asked: {"parts": ["x"]},
    "gives parts of another kind": lambda asked: ScreenContent(("<p>x</p>",)),  # pyright: ignore[reportArgumentType]  that is what is wrong with it
    "gives HTML": lambda asked: ScreenContent((ScreenNote("<b>gras</b>"),)),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_screen_says_so_and_nothing_else_breaks(browser: Browser, cases: UseCases, ours: Ours, bad: str) -> None:
    dossier = a_dossier(cases, "instruction")
    ours.answer = BAD[bad]
    as_agent(browser, cases, "instructor")
    for _ in range(7):
        assert browser.go(OURS).status == 200
        assert "Cette page n’affiche rien pour l’instant" in browser.text
        assert "gras" not in browser.text
    assert cases.plugins.health.of("ours").state == "set_aside"
    assert len(ours.asked) == 5
    assert browser.go(f"/agents/dossiers/{dossier.reference}").status == 200
    assert as_agent(browser, cases, "supervisor").go(CALLS).title == "Appels extérieurs"


def test_a_screen_that_hangs_is_not_waited_for(
    browser: Browser, cases: UseCases, ours: Ours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking.ask_screen, "__kwdefaults__", None)
    monkeypatch.setattr(asking.ask_screen, "__defaults__", (1, "fr", 0.05))
    shown = Event()
    ours.answer = lambda asked: ScreenContent(()) if shown.wait(60) else None
    as_agent(browser, cases, "instructor")
    assert "n’a pas répondu à temps" in browser.go(OURS).text
    shown.set()
    assert cases.plugins.health.of("ours").failures == 1


def test_a_screen_that_says_no_is_quoted_and_has_not_failed(browser: Browser, cases: UseCases, ours: Ours) -> None:
    def refuse(asked: ScreenAsked) -> ScreenContent:
        raise Refused(fr="Choisissez un dispositif ouvert.", en="Choose an open scheme.")

    ours.answer = refuse
    assert "Choisissez un dispositif ouvert." in as_agent(browser, cases, "instructor").go(OURS).text
    assert cases.plugins.health.of("ours").failures == 0


def test_rows_come_by_pages(browser: Browser, cases: UseCases, ours: Ours) -> None:
    ours.answer = lambda asked: ScreenContent((ScreenNote(f"page {asked.page}"),), more=asked.page < 2)
    as_agent(browser, cases, "instructor").go(OURS)
    browser.click("Lignes plus anciennes")
    assert "page 2" in browser.text
    browser.click("Lignes plus récentes")
    assert "page 1" in browser.text
    for junk in ("0", "-1", "x", "9" * 40, "9" * 5_000):
        assert browser.go(f"{OURS}?page={junk}").status == 200
