"""The pages of a form that other administrations fill: provenance, correction, search by words, silence; no script."""

from __future__ import annotations

import re
from pathlib import Path

from applying import IBAN, begin
from browsing import Browser, a_browser
from drafting import the_dossier_of
from guichet.web.app import create_app
from instances import run_duties
from prefilling import COMPANY, FIELDS, OTHER, PREFILL, Prefilling, a_prefilling, scheme_with
from signing_in import an_agent, sign_in_agent

SEARCH = (
    PREFILL
    + """\
  annuaire:
    plugin: recherche_entreprises
    label: Cherchez votre entreprise
    fields: {siret: siret}
  voie:
    plugin: base_adresse
    fields: {perso: address}
"""
)
PERSO = "      perso: {type: address, label: Votre adresse, required: false}\n"
REST = {"annule": "false", "titulaire": "ANNE GUIVARC'H", "iban": IBAN}


def on_page(at: Prefilling, browser: Browser) -> Browser:
    return begin(browser, at.cases, "dep-74", "essai")


def test_what_is_known_fills_the_page_and_says_where_it_comes_from(tmp_path: Path):
    with a_prefilling(tmp_path) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY).send("Remplir avec ce numéro")
        values = dict(browser.form().values())
        assert values["nom"] == "SOCIETE D'ESSAI DES TRANSPORTS"
        assert values["lieu.city"] == "SAINT-DENIS"
        assert browser.sees("D’après l'Insee, le 12/04/2020. Corrigez si ce n’est plus exact.")
        assert browser.sees("D’après le GIP-MDS, le 10/04/2020.", "attestation-fiscale-552049447.pdf")
        assert "naf" not in values, "what may not be changed is shown, not asked"
        assert browser.sees("49.10Z")


def test_continuing_with_the_number_alone_shows_what_was_filled_before_going_on(tmp_path: Path):
    with a_prefilling(tmp_path) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY, **REST).send("Enregistrer et continuer")
        assert browser.sees("Nous avons rempli ce que d’autres administrations savent déjà")
        assert not browser.errors()
        browser.fill(nom="Nom d'usage").send("Enregistrer et continuer")
        assert browser.path.endswith("/relire")
        assert browser.sees("Nom d'usage", "L'Insee indique : SOCIETE D'ESSAI DES TRANSPORTS (le 12/04/2020).")


def test_another_number_shows_the_other_company_even_where_the_page_posts_back_the_first(tmp_path: Path):
    with a_prefilling(tmp_path) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY).send("Remplir avec ce numéro")
        browser.fill(siret=OTHER).send("Remplir avec ce numéro")
        assert dict(browser.form().values())["nom"] == "CAMILLE MARTIN"
        browser.fill(siret="000000002 00000").send("Remplir avec ce numéro")
        values = dict(browser.form().values())
        assert (values["nom"], values["lieu.city"], values["effectif"]) == ("", "", "")


def test_a_forged_answer_is_refused_beside_its_question(tmp_path: Path):
    with a_prefilling(tmp_path) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY, **REST).send("Enregistrer et continuer")
        forged = {"_csrf_token": browser.token(), "naf": "56.10A", "shown": "naf", "go": "continue"}
        browser.post(browser.path, forged)
        assert "ne se modifie pas ici" in browser.errors()["naf"]
        assert the_dossier_of(at.cases, browser.path.split("/")[4]).answers["naf"] == "49.10Z"


def test_what_is_protected_is_said_to_be_there_and_not_shown(tmp_path: Path):
    scheme = scheme_with(PREFILL.replace("    shown_to: applicant\n", ""))
    with a_prefilling(tmp_path, scheme) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY).send("Remplir avec ce numéro")
        assert browser.sees("Nous l’avons, d’après la DGFiP : vous n’avez rien à fournir.")
        assert "813" not in dict(browser.form().values()).values()
        assert "/pieces/" not in browser.body
        browser.fill(effectif="12", **REST).send("Enregistrer et continuer")
        assert browser.path.endswith("/relire")
        assert browser.sees("Document transmis par l’administration")
        assert re.search(r"\b813\b", browser.text) is None
        browser.form(button="Déposer").send("Déposer")
        assert browser.path.endswith("/accuse")
        assert "attestation-fiscale" not in browser.text
        browser.go(browser.path.removesuffix("/accuse"))
        assert "attestation-fiscale" not in browser.text
        assert "/pieces/" not in browser.body


def test_a_company_is_looked_for_and_chosen_without_a_script(tmp_path: Path):
    scheme = scheme_with(SEARCH, FIELDS + PERSO)
    with a_prefilling(tmp_path, scheme) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser)
        browser.form().fill({"search.annuaire.text": "essai", "titulaire": "ANNE"}).send("Chercher")
        assert browser.sees("Choisissez dans les résultats", "SOCIETE D'ESSAI DES TRANSPORTS", "93210 SAINT-DENIS")
        assert dict(browser.form().values())["titulaire"] == "ANNE"
        browser.form().fill({"search.annuaire.chosen": "77567227221138"}).send("Reprendre ce choix")
        assert browser.sees("Votre choix remplit la page")
        assert dict(browser.form().values())["siret"] == "775 672 272 21138"
        assert browser.sees("88.99B"), "what the number opens is asked in its turn"


def test_words_that_find_nothing_and_a_silent_search_leave_the_fields(tmp_path: Path):
    scheme = scheme_with(SEARCH, FIELDS + PERSO)
    with a_prefilling(tmp_path, scheme) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).form().fill({"search.annuaire.text": "introuvable"}).send("Chercher")
        assert browser.sees("Rien ne correspond à ces mots. Ce n’est pas un refus")
        at.services["recherche_entreprises"].fail("5xx")
        browser.form().fill({"search.annuaire.text": "essai"}).send("Chercher")
        assert browser.sees("La recherche ne répond pas pour l’instant")
        forged = {"_csrf_token": browser.token(), "take": "annuaire", "search.annuaire.chosen": "x"}
        assert browser.post(browser.path, forged).status == 200


def test_an_address_is_looked_for_and_chosen(tmp_path: Path):
    scheme = scheme_with(SEARCH, FIELDS + PERSO)
    with a_prefilling(tmp_path, scheme) as at, a_browser(create_app(at.cases)) as browser:
        form = on_page(at, browser).form().fill({"search.voie.text": "quai des bateliers"})
        form.send()  # Enter: the answers are kept, nothing is looked for
        values = [*browser.form().fill({"search.voie.text": "quai des bateliers"}).values(), ("find", "voie")]
        browser.post(browser.path, dict(values))
        assert browser.sees("7 Quai des Bateliers 74000 Annecy")
        token = browser.token()
        chosen = "74010_7_quai_des_bateliers"
        posted = {"_csrf_token": token, "take": "voie", "search.voie.text": "quai des bateliers"}
        browser.post(browser.path, {**posted, "search.voie.chosen": chosen})
        assert dict(browser.form().values())["perso.street"] == "7 Quai des Bateliers"
        assert browser.sees("D’après la Base Adresse Nationale")


def test_a_dead_service_never_stops_a_filing(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(PREFILL.replace("      attestation: tax_certificate\n", ""))) as at:
        at.api.fail("reset")
        fields = {"nom": "A", "naf": "56.10A", "effectif": "3", **REST}
        scheme_has_file = "attestation"
        with a_browser(create_app(at.cases)) as browser:
            on_page(at, browser).fill(siret=COMPANY).send("Remplir avec ce numéro")
            assert browser.status == 200
            form = browser.fill(**fields).upload(scheme_has_file, "a.pdf", b"%PDF-1.7\n%%EOF\n")
            form.send("Enregistrer et continuer")
            assert browser.path.endswith("/relire")
            assert browser.press("Déposer").title == "Votre demande est déposée"


def test_the_agent_reads_what_was_typed_beside_what_is_known(tmp_path: Path):
    with a_prefilling(tmp_path) as at, a_browser(create_app(at.cases)) as browser:
        on_page(at, browser).fill(siret=COMPANY, nom="Nom d'usage", **REST).send("Enregistrer et continuer")
        reference = browser.path.split("/")[4]
        browser.fill().send("Enregistrer et continuer")
        browser.press("Déposer")
        run_duties(at.cases)
        an_agent(at.cases, territory="dep-74")
        with a_browser(create_app(at.cases)) as agent:
            sign_in_agent(agent, at.cases)
            agent.go(f"/agents/dossiers/{reference}")
            assert agent.sees("Nom d'usage", "L'Insee indique : SOCIETE D'ESSAI DES TRANSPORTS (le 12/04/2020).")
            assert agent.sees("D’après le GIP-MDS, le 10/04/2020.", "Rempli par une autre administration")
