"""An aid that another opens, by the pages of a site: volet 2 granted and paid, then the top-up of its enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import httpx
import pytest

from applying import ACCOUNT, VOLET2, answer, begin, file_it, fill_volet2, import_volet1, pass_gate, work
from browsing import Browser
from databases import postgres_url, sqlite_url
from drafting import an_instructor, the_dossier_of
from guichet.loader.library import load_library
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payments import run_payments
from guichet.services.revocations import revoke_decision
from guichet.services.rulings import Ruling
from guichet.settings import Settings, shipped_folder
from guichet.storage import payments
from guichet.web.app import create_app
from house import ROOT, read
from instances import an_instance, the_plugins
from instructing import a_siret
from pages import blocks
from served import free_port, served
from signing_in import an_agent, sign_in_agent

TOP_UP, HERE, ON = "complement-volet-2", "reg-53", date(2020, 4, 20)
_SIGNS = {"prefecture": "prefet_region", "collectivite": "president"}
OTHER = a_siret(2)
PAGE = ROOT / "core/docs/how-to/chain-schemes.md"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def cases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UseCases]:
    """An instance with volet 2 and the top-up of the how-to, on a database of each kind."""
    for block in blocks(read(PAGE)):
        if block.kind == "file":
            written = tmp_path / block.file
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(block.content, encoding="utf-8")
    roots = (tmp_path / "schemes", shipped_folder("schemes"))
    library = load_library(roots, (shipped_folder("regions"),), the_plugins(), only=[VOLET2, TOP_UP])
    with ExitStack() as open_until_done:
        url = sqlite_url(tmp_path) if request.param == "sqlite" else open_until_done.enter_context(postgres_url())
        made = an_instance(
            tmp_path, schemes=[VOLET2, TOP_UP], territories=[HERE], on=ON, library=library,
            settings=Settings(database_url=url),
        )  # fmt: skip
        yield open_until_done.enter_context(made)


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with served(create_app(cases), free_port()) as site, Browser(httpx.Client(base_url=site, timeout=30)) as made:
        yield made


def signatory(cases: UseCases, body: str) -> str:
    return next(iter(cases.territory(HERE).signatories_for(_SIGNS[body], ON)))


def grant(cases: UseCases, reference: str, body: str, decides: str) -> None:
    """An instructor is favourable, whoever decides grants, the worker does what follows."""

    def selected() -> list[Selected]:
        dossier = the_dossier_of(cases, reference)
        return [Selected(dossier.id, dossier.revision)]

    given = give_opinions(cases, an_instructor(cases, HERE, body), selected(), Answers(favourable=True))
    assert given.done, given
    decider = an_instructor(cases, HERE, decides, role="decider")
    head = ActHead(signatory(cases, decides), f"N-{reference[-4:]}", ON)
    result = decide_all(cases, decider, selected(), Ruling("grant"), head)
    assert result.done, result
    work(cases)


def ask_top_up(browser: Browser, cases: UseCases, siret: str, email: str) -> str:
    browser.client.cookies.clear()
    begin(browser, cases, HERE, TOP_UP, email)
    answer(browser, {"siret": siret, "raison_sociale": "Boulangerie Le Goff"})
    answer(browser, {**ACCOUNT})
    file_it(browser)
    work(cases)
    return browser.path.split("/")[4]


def test_the_aid_that_another_opens_is_granted_to_who_was_paid_and_told_when_the_first_is_undone(
    cases: UseCases, browser: Browser
) -> None:
    import_volet1(cases)
    begin(browser, cases, HERE, VOLET2)
    pass_gate(browser)
    fill_volet2(browser)
    file_it(browser)
    work(cases)
    first = browser.path.split("/")[4]
    grant(cases, first, "region", "prefecture")
    run_payments(cases, ON)
    dossier = the_dossier_of(cases, first)
    (order,) = cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id))
    cases.store.act(lambda tx: payments.move(tx, order.id, "paid"))
    work(cases)

    stranger = ask_top_up(browser, cases, OTHER, "bob@exemple.fr")
    browser.go(f"/t/{HERE}/dossiers/{stranger}/explication")
    assert browser.sees("Condition non remplie", "Avoir obtenu le volet 2")

    browser.client.cookies.clear()
    second = ask_top_up(browser, cases, "732 829 320 00074", "carl@exemple.fr")
    grant(cases, second, "collectivite", "collectivite")
    browser.go(f"/t/{HERE}/dossiers/{second}")
    assert browser.sees("Acceptée", "1 000 €")

    browser.client.cookies.clear()
    an_agent(cases, "chef@exemple.fr")
    sign_in_agent(browser, cases, "chef@exemple.fr")
    page = f"/agents/dossiers/{second}"
    warning = "Depuis la décision, une aide dont elle dépend a changé"
    assert not browser.go(page).sees(warning)
    head = ActHead(signatory(cases, "prefecture"), "R-1", ON)
    revoke_decision(
        cases, an_instructor(cases, HERE, "prefecture", "decider"), first, "illegal", "Condition fausse.", head
    )
    assert browser.go(page).sees(warning, "n’est plus dans la liste « Volet 2 accordé »")
