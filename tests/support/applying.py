"""An applicant's way through the shipped schemes: the list they are in, and what they type page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from browsing import Browser
from guichet.model.records import ListRow
from guichet.services.cases import UseCases
from guichet.storage import list_imports
from instances import run_duties
from signing_in import sign_in_applicant

VOLET2, HS1000 = "fds-volet-2", "haute-savoie-1000"
SIRET, SIREN, PROOF = "732 829 320 00074", "732829320", "DGFIP-2020-0001"
IBAN = "FR76 3000 6000 0112 3456 7890 189"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

ENTERPRISE: Mapping[str, Any] = {
    "raison_sociale": "Boulangerie Le Goff",
    "effectif": "2",
    "exercice_clos": "true",
}
TURNOVER = "140 000,50"
CASH: Mapping[str, Any] = {"actif_disponible": "1 000", "dettes_30j": "3 000,00 €", "charges_fixes": "1500"}
LOAN: Mapping[str, Any] = {"montant_pret": "10 000", "pret": "refuse", "date_demande_pret": "20/03/2020"}
ACCOUNT: Mapping[str, Any] = {"titulaire": "BOULANGERIE LE GOFF", "iban": IBAN}

PERSON: Mapping[str, Any] = {
    "nom": "Favre",
    "prenom": "Lucie",
    "adresse_personnelle.street": "12 rue du Lac",
    "adresse_personnelle.postcode": "74000",
    "adresse_personnelle.city": "Annecy",
    "statut": "independant",
}
PLACE: Mapping[str, Any] = {"siret": SIRET, "commune": "74010", "fermeture": "true", "chomage_partiel": "false"}


def import_volet1(cases: UseCases, sirens: Sequence[str] = (SIREN,), as_of: date = date(2020, 4, 18)) -> None:
    """Import the list of those who got volet 1; each quotes the same reference."""
    rows = [ListRow(siren, {"reference": PROOF, "amount": 150_000, "month": "2020-03"}) for siren in sirens]
    list_imports.import_rows(
        cases.store, rows, scheme=VOLET2, list_="volet1", as_of=as_of, sha256=f"{len(rows)}-{as_of}"
    )


def work(cases: UseCases) -> int:
    """Do what a worker would: mails, pre-instruction, receipts, letters."""
    return run_duties(cases)


def begin(browser: Browser, cases: UseCases, territory: str, scheme: str, email: str = "anne@exemple.fr") -> Browser:
    """Sign in and start a draft, from the page of the scheme."""
    url = f"/t/{territory}/{scheme}/demande"
    sign_in_applicant(browser, cases, territory, email, then=url)
    return browser.form(action="/demande").send()


def pass_gate(browser: Browser, siret: str = SIRET, proof: str = PROOF) -> Browser:
    """Answer the gate of volet 2."""
    return browser.fill(siret=siret, proof_volet1_reference=proof).send("Vérifier")


def answer(browser: Browser, values: Mapping[str, Any], button: str = "Enregistrer et continuer") -> Browser:
    """Fill the page under one's eyes and go on."""
    return browser.form().fill(values).send(button)


def fill_volet2(browser: Browser, **changed: Mapping[str, Any]) -> Browser:
    """Fill every page of volet 2 after the gate, in April, up to the review; `tresorerie={…}` changes a page."""
    answer(browser, {**ENTERPRISE, **changed.get("entreprise", {})})
    answer(browser, {"chiffre_affaires": TURNOVER})
    answer(browser, {"nom": "Le Goff"})
    answer(browser, {**CASH, **changed.get("tresorerie", {})})
    answer(browser, {**LOAN, **changed.get("pret", {})})
    if "/relire" not in browser.path and "pages/pret" in browser.path:
        answer(browser, {})
    return answer(browser, {**ACCOUNT, **changed.get("compte", {})})


def fill_hs1000(browser: Browser, **changed: Mapping[str, Any]) -> Browser:
    """Fill every page of the Haute-Savoie aid, up to the review."""
    answer(browser, {**PERSON, **changed.get("personne", {})})
    answer(browser, {**PLACE, **changed.get("etablissement", {})})
    form = browser.form()
    form.upload("piece_identite", "carte.pdf", PDF).upload("releve_identite_bancaire", "rib.pdf", PDF)
    form.send("Enregistrer et continuer")
    return answer(browser, {**ACCOUNT, "titulaire": "LUCIE FAVRE", **changed.get("compte", {})})


def file_it(browser: Browser) -> Browser:
    """Declare on honour and file, from the review."""
    return browser.form(button="Déposer").fill({"attested": ["sincerite"]}).send("Déposer")
