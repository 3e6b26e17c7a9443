"""An applicant with a phone of 320 px and no JavaScript, from the page of a scheme to the dossier they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from applying import CASH, ENTERPRISE, HS1000, IBAN, LOAN, PDF, PROOF, SIRET, TURNOVER, VOLET2, import_volet1, work
from browser import PHONE, axe_violations, follow, page_of, screenshot_folder, scrolls_sideways, small_targets
from guichet.services.cases import UseCases
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served
from signing_in import code_of, last_mail

pytestmark = pytest.mark.browser
EXPECTED = ("status of 422", *(("Applying inline style",) if screenshot_folder() else ()))
"""What the console may say: an answer was refused; taking a picture hides the caret by a style."""


@dataclass
class Walk:
    """One person's way through the pages, each checked as it is met."""

    page: Page
    twin: Page
    """Where a page met without scripts is measured: the tools that measure are scripts."""
    name: str
    seen: int = 0

    def look(self, what: str) -> None:
        """Check the page under their eyes, and keep a picture of it when a folder is named."""
        self.seen += 1
        if folder := screenshot_folder():
            self.page.screenshot(path=folder / f"{self.name}-{self.seen:02d}-{what}.png", full_page=True)
        url, content = self.page.url, self.page.content()
        self.twin.route(url, lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"))
        self.twin.goto(url)
        self.twin.unroute(url)
        assert not scrolls_sideways(self.twin), what
        assert small_targets(self.twin, 24) == [], what
        assert axe_violations(self.twin) == [], what

    def fill(self, **values: str) -> None:
        """Type into boxes by their names."""
        for name, value in values.items():
            self.page.fill(f"[name='{name.replace('__', '.')}']", value)

    def choose(self, name: str, value: str) -> None:
        """Choose one of several by touching its line."""
        self.page.check(f"input[name='{name}'][value='{value}']", force=True)

    def press(self, label: str) -> None:
        """Press a button of the page."""
        follow(self.page, self.page.get_by_role("button", name=label, exact=False).first)

    def go_on(self) -> None:
        """Keep the page and go on."""
        self.page.click("button.ds-button[name='go'][value='continue']")


def sign_in(walk: Walk, cases: UseCases, email: str) -> None:
    """Give the address, read the mail, give the code."""
    walk.look("sign-in")
    walk.fill(email=email)
    follow(walk.page, walk.page.locator("main button[type=submit]"))
    walk.look("code")
    walk.fill(code=code_of(last_mail(cases)))
    follow(walk.page, walk.page.locator("main button[type=submit]").first)


@pytest.mark.parametrize("javascript", [False, True], ids=["no-script", "script"])
def test_volet_2_on_a_small_phone(browser: Browser, tmp_path: Path, javascript: bool) -> None:
    port = free_port()
    with (
        an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"], base_url=f"http://127.0.0.1:{port}") as cases,
        served(create_app(cases), port) as address,
        page_of(browser, viewport=PHONE, javascript=javascript, expected=EXPECTED) as page,
        page_of(browser, viewport=PHONE, expected=EXPECTED) as twin,
    ):
        import_volet1(cases)
        walk = Walk(page, twin, f"volet2-{'script' if javascript else 'plain'}")
        page.goto(f"{address}/t/reg-53/")
        walk.look("territory")
        page.goto(f"{address}/t/reg-53/{VOLET2}")
        walk.look("scheme")
        follow(page, page.get_by_role("link", name="Les règles de calcul"))
        walk.look("rules")
        page.go_back()
        follow(page, page.get_by_role("link", name="Vos données personnelles"))
        walk.look("data")
        page.go_back()
        follow(page, page.get_by_role("link", name="Commencer ma demande"))
        sign_in(walk, cases, "anne@exemple.fr")
        walk.look("begin")
        walk.press("Je commence")
        walk.look("gate")
        walk.fill(siret=SIRET, proof_volet1_reference="WRONG")
        walk.press("Vérifier")
        walk.look("gate-stopped")
        follow(page, page.get_by_role("link", name="Corriger et réessayer"))
        walk.fill(siret=SIRET, proof_volet1_reference=PROOF)
        walk.press("Vérifier")
        walk.look("enterprise")
        walk.go_on()
        walk.look("enterprise-errors")
        walk.fill(raison_sociale=ENTERPRISE["raison_sociale"], effectif="2")
        walk.choose("exercice_clos", "true")
        if javascript:
            page.wait_for_selector("[name=chiffre_affaires]")
            walk.look("enterprise-new-at-once")
        else:
            walk.go_on()
            walk.look("enterprise-new")
        walk.fill(chiffre_affaires=TURNOVER)
        walk.go_on()
        walk.look("manager")
        page.go_back()  # to a page that answered a post
        assert "/pages/entreprise" in page.url
        page.go_forward()
        walk.go_on()
        walk.fill(**CASH)
        walk.press("Ajouter une ligne")
        walk.look("cash-row")
        walk.fill(detail_dettes__0__nature="Loyer", detail_dettes__0__montant="1 500")
        walk.go_on()
        walk.look("loan")
        walk.fill(montant_pret=LOAN["montant_pret"], date_demande_pret=LOAN["date_demande_pret"])
        walk.choose("pret", "refuse")
        walk.go_on()
        if not page.url.endswith("/pages/compte"):
            walk.go_on()
        walk.look("account")
        walk.fill(titulaire="BOULANGERIE LE GOFF", iban=IBAN)
        walk.go_on()
        walk.look("review")
        walk.press("Déposer ma demande")
        walk.look("review-errors")
        page.check("input[name=attested]", force=True)
        walk.press("Déposer ma demande")
        walk.look("receipt")
        work(cases)
        follow(page, page.get_by_role("link", name="Suivre mon dossier"))
        walk.look("tracking")
        follow(page, page.get_by_role("link", name="Comment les règles"))
        walk.look("explanation")
        follow(page, page.get_by_role("link", name="Revenir au dossier"))
        follow(page, page.get_by_role("link", name="Retirer ma demande"))
        walk.look("withdrawal")
        page.goto(f"{address}/t/reg-53/dossiers")
        walk.look("my-dossiers")


def test_the_haute_savoie_aid_on_a_small_phone(browser: Browser, tmp_path: Path) -> None:
    port, files = free_port(), tmp_path / "files"
    files.mkdir()
    (files / "carte.pdf").write_bytes(PDF)
    (files / "faux.pdf").write_bytes(b"MZ not a PDF at all")
    with (
        an_instance(
            tmp_path / "instance",
            schemes=[HS1000],
            territories=["dep-74"],
            on=date(2020, 5, 20),
            base_url=f"http://127.0.0.1:{port}",
        ) as cases,
        served(create_app(cases), port) as address,
        page_of(browser, viewport=PHONE, javascript=False, expected=EXPECTED) as page,
        page_of(browser, viewport=PHONE, expected=EXPECTED) as twin,
    ):
        walk = Walk(page, twin, "hs1000")
        page.goto(f"{address}/t/dep-74/{HS1000}")
        walk.look("scheme")
        follow(page, page.get_by_role("link", name="Commencer ma demande"))
        sign_in(walk, cases, "lucie@exemple.fr")
        walk.press("Je commence")
        walk.fill(nom="Favre", prenom="Lucie", adresse_personnelle__street="12 rue du Lac")
        walk.go_on()
        walk.look("person-errors")
        walk.fill(adresse_personnelle__postcode="74000", adresse_personnelle__city="Annecy")
        walk.choose("statut", "independant")
        walk.go_on()
        walk.fill(siret=SIRET, commune="74010")
        walk.choose("fermeture", "true")
        walk.choose("chomage_partiel", "true")
        walk.go_on()
        page.set_input_files("[name=piece_identite]", files / "carte.pdf")
        page.set_input_files("[name=releve_identite_bancaire]", files / "faux.pdf")
        walk.go_on()
        walk.look("attachments-refused")
        page.set_input_files("[name=releve_identite_bancaire]", files / "carte.pdf")
        walk.go_on()
        walk.fill(titulaire="LUCIE FAVRE", iban=IBAN)
        walk.go_on()
        walk.look("review-not-eligible")
        page.check("input[name=attested]", force=True)
        walk.press("Déposer ma demande")
        walk.look("receipt")
        work(cases)
        follow(page, page.get_by_role("link", name="Suivre mon dossier"))
        walk.look("tracking")
