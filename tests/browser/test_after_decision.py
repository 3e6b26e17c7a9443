"""What comes after a decision, in a real Chromium: forms filed unasked, settled, a decision undone, rules to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser import (
    DESK,
    PHONE,
    axe_violations,
    chromium,
    follow,
    page_of,
    screenshot_folder,
    scrolls_sideways,
    small_targets,
)
from guichet.services.payments import run_payments
from guichet.services.publication import publish
from guichet.services.rulings import Ruling
from guichet.services.sessions import open_session
from guichet.storage import payments as orders
from guichet.web.app import create_app
from instances import the_library
from served import free_port, served
from settling import PDF, PLACE, Life, a_life

pytestmark = pytest.mark.browser
RULES = {
    "idf-aide-loyer": "reg-11",
    "puy-de-dome-foyer": "dep-63",
    "pdl-resilience": "reg-52",
}


@dataclass
class Site:
    """A running site, who is signed in, and the dossier they look at."""

    base: str
    life: Life
    browser: Browser
    cookies: dict[str, str]
    sessions: dict[str, str]

    def sign_in(self, page: Page, who: str) -> None:
        kind = "public" if who == "applicant" else "agents"
        page.context.add_cookies([{"name": self.cookies[kind], "value": self.sessions[who], "url": self.base}])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with a_life(tmp_path_factory.mktemp("after"), base_url="http://127.0.0.1") as life, chromium() as browser:
        for scheme, place in RULES.items():
            publish(life.cases, the_library(), scheme, (place,))
        life.decide(Ruling("grant"))
        app = create_app(life.cases)
        sessions = {
            "applicant": open_session(life.cases, "applicant", life.dossier.account or ""),
            "instructor": open_session(life.cases, "agent", life.instructor),
            "decider": open_session(life.cases, "agent", life.decider),
        }
        cookies = {kind: app.state.site.session_cookie(kind) for kind in ("public", "agents")}
        with served(app, free_port()) as base:
            yield Site(base, life, browser, cookies, sessions)


def look(page: Page, name: str) -> None:
    """Check the page under their eyes, and keep a picture of it when a folder is named."""
    if folder := screenshot_folder():
        width = (page.viewport_size or DESK)["width"]
        page.screenshot(path=folder / f"after-{width}-{name}.png", full_page=True)
    assert axe_violations(page) == [], name
    assert not scrolls_sideways(page), name
    assert small_targets(page, 24) == [], name


@pytest.mark.parametrize(
    ("viewport", "schemes"), [(PHONE, tuple(RULES)), (DESK, ("pdl-resilience",))], ids=["320", "1280"]
)
def test_rules_with_brackets_codes_and_repayments_fit(
    site: Site, viewport: dict[str, int], schemes: tuple[str, ...]
) -> None:
    with page_of(site.browser, viewport=viewport) as page:
        for scheme in schemes:
            page.goto(f"{site.base}/t/{RULES[scheme]}/{scheme}/regles")
            look(page, f"rules-{scheme}")
        if viewport == DESK:
            said = page.locator("main").inner_text()
            assert "la première 12 mois après la décision, puis une tous les 3 mois" in said
            assert "82.30Z Organisation de foires" in said


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["320", "1280"])
def test_every_form_that_may_be_filed_fits(site: Site, viewport: dict[str, int]) -> None:
    with page_of(site.browser, viewport=viewport) as page:
        site.sign_in(page, "applicant")
        page.goto(f"{site.base}{site.life.page}")
        look(page, "dossier")
        follow(page, page.get_by_role("link", name="Demander plus de temps"))
        look(page, "extension")


def test_proofs_are_sent_settled_then_the_decision_is_undone(site: Site, tmp_path: Path) -> None:
    invoice = tmp_path / "facture.pdf"
    invoice.write_bytes(PDF)
    with page_of(site.browser, viewport=PHONE, expected=("status of 422",)) as page:
        site.sign_in(page, "applicant")
        page.goto(f"{site.base}{site.life.page}/formulaires/payment_request")
        page.fill("[name='factures.0.fournisseur']", "Menuiserie du Canal du Midi et fils")
        page.fill("[name='factures.0.date']", "01/07/2020")
        page.set_input_files("[name='factures.0.facture']", invoice)
        follow(page, page.get_by_role("button", name="Ajouter une ligne"))
        look(page, "request-row")
        follow(page, page.locator("button[name='remove_row']").nth(1))
        follow(page, page.get_by_role("button", name="Envoyer"))
        look(page, "request-errors")
        page.fill("[name='factures.0.montant_ht']", "4 000")
        follow(page, page.get_by_role("button", name="Envoyer"))
        look(page, "request-filed")
    for viewport, end in ((PHONE, ""), (DESK, "Accepter")):
        with page_of(site.browser, viewport=viewport) as page:
            site.sign_in(page, "decider")
            page.goto(f"{site.base}{site.life.desk}")
            page.locator("#retrait summary").click()
            look(page, "to-settle")
            if end:
                follow(page, page.get_by_role("button", name=end, exact=True))
                look(page, "settled")
    life = site.life
    run_payments(life.cases, life.cases.today(PLACE))
    ordered = life.orders()
    life.cases.store.act(lambda tx: [orders.move(tx, one.id, "paid") for one in ordered])
    with page_of(site.browser) as page:
        site.sign_in(page, "decider")
        page.goto(f"{site.base}{life.desk}")
        page.locator("#retrait summary").click()
        page.select_option("[name=motif_retrait]", "illegal")
        page.fill("[name=raison_retrait]", "Hôtel déjà aidé par la commune.")
        page.select_option("[name=signataire_retrait]", index=1)
        page.fill("[name=numero_retrait]", "2020-76-R1")
        follow(page, page.get_by_role("button", name="Retirer la décision"))
        assert "À recouvrer" in page.locator("main").inner_text()
        look(page, "revoked")
        page.set_viewport_size(PHONE)
        look(page, "revoked")
