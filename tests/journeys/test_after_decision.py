"""After the decision, over HTTP: payment on proofs, an appeal, a decision undone; what each person reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browsing import Browser
from databases import each_address
from guichet.services.rulings import Ruling
from instructing import an_agents_browser, an_applicants_browser
from settling import PDF, SCHEME, Life, a_life

TABLE = f"/agents/t/reg-76/{SCHEME}?phase=instruction&etape="


def granted_on_screen(life: Life, instructor: Browser, decider: Browser) -> None:
    """Opinion, then decision, each from the table."""
    instructor.go(f"{TABLE}instruction&selection=page").press("Donner un avis")
    instructor.form().fill({"avis": "favourable"}).send()
    decider.go(f"{TABLE}validation&selection=page").press("Décider")
    signatory = decider.document.xpath("//select[@name='signataire']/option[@value!='']/@value")[0]
    decider.fill(choix_decision="grant", numero="2020-76-1", signataire=signatory).send()
    decider.press("Accorder 1 dossier")
    assert decider.title == "1 décidé."
    life.dossier = life.now()


@each_address
def test_an_applicant_is_paid_on_the_proofs_they_send(address: Any, tmp_path: Path) -> None:
    with (
        address(tmp_path) as url,
        a_life(tmp_path, url=url) as life,
        an_agents_browser(life.cases, life.instructor, life.decider) as (instructor, decider),
        an_applicants_browser(life.cases, life.dossier) as applicant,
    ):
        granted_on_screen(life, instructor, decider)
        applicant.go(life.page)
        assert applicant.sees("7 900 €", "Ce que vous pouvez faire", "Demander le versement de la subvention")
        applicant.click("Demander le versement de la subvention")
        form = applicant.form()
        form.fill({"factures.0.fournisseur": "Bois & Co", "factures.0.date": "01/07/2020"})
        form.fill({"factures.0.montant_ht": "4 000"}).upload("factures.0.facture", "bois.pdf", PDF)
        form.send("Ajouter une ligne")
        assert applicant.sees("bois.pdf")
        form = applicant.form().fill({"factures.1.fournisseur": "Verre SA", "factures.1.date": "02/07/2020"})
        form.upload("factures.1.facture", "verre.pdf", PDF).send("Envoyer")
        assert list(applicant.errors()) == ["factures.1.montant_ht"]
        assert applicant.sees("bois.pdf", "verre.pdf")
        applicant.form().fill({"factures.1.montant_ht": "1 000,01"}).send("Envoyer")
        assert applicant.path == life.page
        assert applicant.sees("Nous avons reçu votre formulaire", "« Demander le versement de la subvention », reçu le")

        assert instructor.go(life.desk).sees("Bois & Co", "1 000,01 €")
        assert not instructor.document.xpath("//form[contains(@action, '/formulaires/')]")
        decider.go(life.desk)
        assert decider.sees("Demander le versement de la subvention", "4 000 €", "bois.pdf", "verre.pdf")
        assert decider.sees("Si vous acceptez, 3 500,01 € sont mis en paiement.")
        decider.form(action="/formulaires/").send("Refuser")
        assert decider.sees("Un motif est obligatoire")
        decider.form(action="/formulaires/").send("Accepter")
        assert decider.sees("3 500,01 €")
        assert not decider.document.xpath("//form[contains(@action, '/formulaires/')]")
        assert life.paid() == [(1, 90_000), (2, 350_001)]


def test_a_row_taken_away_and_a_file_of_somebody_else_are_not_sent(tmp_path: Path) -> None:
    with a_life(tmp_path) as life, an_applicants_browser(life.cases, life.dossier) as applicant:
        life.decide(Ruling("grant"))
        theirs = life.letter()
        applicant.go(life.page).click("Demander le versement de la subvention")
        form = applicant.form().fill({"factures.0.fournisseur": "Bois & Co"})
        form.upload("factures.0.facture", "bois.pdf", PDF).send("Retirer")
        assert not applicant.sees("bois.pdf")
        data = {
            "_csrf_token": applicant.token(),
            "shown": "factures",
            "factures.0.fournisseur": "Bois & Co",
            "factures.0.date": "01/07/2020",
            "factures.0.montant_ht": "1 000",
            "factures.0.facture.kept": theirs,
            "factures.0.facture.kept_name": "leur.pdf",
        }
        applicant.post(f"{life.page}/formulaires/payment_request", data)
        assert list(applicant.errors()) == ["factures.0.facture"]
        assert life.filings() == []


@each_address
def test_an_appeal_is_read_and_puts_the_dossier_before_the_decider_again(address: Any, tmp_path: Path) -> None:
    with (
        address(tmp_path) as url,
        a_life(tmp_path, url=url, commune="33063") as life,
        an_agents_browser(life.cases, life.instructor, life.decider) as (instructor, decider),
        an_applicants_browser(life.cases, life.dossier) as applicant,
    ):
        life.decide(Ruling("refuse", reason="Hors de la région."))
        applicant.go(life.page).click("Demander que la décision soit revue")
        applicant.form().fill({"motif": "Mon établissement est à Toulouse."}).send("Envoyer")
        assert applicant.sees("Nous avons reçu votre formulaire", "Équipe L’OCCAL")
        assert not instructor.go(life.desk).document.xpath("//form[contains(@action, '/formulaires/')]")
        decider.go(life.desk)
        assert decider.sees("Mon établissement est à Toulouse.")
        told = decider.text + applicant.go(f"{life.page}/explication").text
        assert "L'OCCAL" not in told
        decider.form(action="/formulaires/").send("Accepter")
        assert (life.now().phase, life.now().stage) == ("instruction", "validation")
        assert decider.sees("Fonds L’OCCAL")
        assert "L'OCCAL" not in decider.go("/agents").text + decider.go("/agents/t/reg-76/occitanie-loccal").text
        assert decider.go(f"{TABLE}validation").sees(life.dossier.reference)


@each_address
def test_a_decision_undone_lets_go_of_its_money_and_says_so(address: Any, tmp_path: Path) -> None:
    with (
        address(tmp_path) as url,
        a_life(tmp_path, url=url) as life,
        an_agents_browser(life.cases, life.decider) as decider,
        an_applicants_browser(life.cases, life.dossier) as applicant,
    ):
        life.decide(Ruling("grant"))
        decider.go(life.desk)
        signatory = decider.document.xpath("//select[@name='signataire_retrait']/option[@value!='']/@value")[0]
        answers = {"motif_retrait": "illegal", "raison_retrait": "Hôtel déjà aidé.", "numero_retrait": "2020-76-R1"}
        decider.form(action="/retrait").fill({**answers, "motif_retrait": "", "signataire_retrait": signatory}).send()
        assert decider.sees("Choisissez le fondement du retrait", "Hôtel déjà aidé.")
        decider.form(action="/retrait").fill({"motif_retrait": "illegal"}).send()
        assert decider.sees("La décision est retirée", "Hôtel déjà aidé.", "2020-76-R1")
        assert {one.state for one in life.orders()} == {"rejected"}
        assert life.now().granted_cents is None
        assert applicant.go(life.page).status == 200
        assert not applicant.sees("Demander le versement de la subvention")


def test_an_application_sent_on_closes_and_its_applicant_reads_who_deals_with_it(tmp_path: Path) -> None:
    with (
        a_life(tmp_path) as life,
        an_agents_browser(life.cases, life.instructor) as instructor,
        an_applicants_browser(life.cases, life.dossier) as applicant,
    ):
        form = instructor.go(life.desk).form(action="/transmission")
        form.send()
        assert life.now().phase == "instruction"
        form = instructor.go(life.desk).form(action="/transmission")
        form.fill({"destinataire": "Toulouse Métropole", "raison_transmission": "Aide communale."}).send()
        assert instructor.sees("La demande est transmise, le demandeur est prévenu.")
        assert not instructor.document.xpath("//form[contains(@action, '/transmission')]")
        assert life.now().phase != "instruction"
        assert applicant.go(life.page).sees("Toulouse Métropole")
