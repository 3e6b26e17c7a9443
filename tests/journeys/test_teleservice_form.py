"""The gate, the pages of the form, the review and the filing, for who errs, hesitates or tries to cheat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from applying import (
    CASH,
    ENTERPRISE,
    HS1000,
    PDF,
    PERSON,
    PLACE,
    PROOF,
    SIRET,
    VOLET2,
    answer,
    begin,
    file_it,
    fill_hs1000,
    fill_volet2,
    import_volet1,
    pass_gate,
)
from browsing import Browser, a_browser
from declarations import a_library, with_change
from drafting import an_account, the_dossier_of
from guichet.services.cases import UseCases
from guichet.services.drafts import open_draft
from guichet.services.publication import publish
from guichet.web.app import create_app
from instances import an_instance


@pytest.fixture
def volet2(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as made:
        import_volet1(made)
        yield made


@pytest.fixture
def hs1000(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


@pytest.fixture
def at_the_gate(volet2: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(volet2)) as browser:
        yield begin(browser, volet2, "reg-53", VOLET2)


@pytest.fixture
def in_savoie(hs1000: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(hs1000)) as browser:
        yield begin(browser, hs1000, "dep-74", HS1000)


def reference_of(browser: Browser) -> str:
    return browser.path.split("/")[4]


def test_a_wrong_proof_and_an_unknown_number_give_the_same_page(at_the_gate: Browser, volet2: UseCases) -> None:
    wrong = pass_gate(at_the_gate, proof="OTHER")
    first = (wrong.status, wrong.text)
    with a_browser(create_app(volet2)) as other:
        begin(other, volet2, "reg-53", VOLET2, "other@exemple.fr")
        absent = pass_gate(other, siret="356 000 000 00048", proof="OTHER")
        assert (absent.status, absent.text) == first
    assert at_the_gate.sees("arrêtée au 18 avril 2020", "Il vous reste 4 essais", "Que faire ?", "Contactez-nous")
    at_the_gate.click("Corriger et réessayer")
    assert dict(at_the_gate.form().values())["siret"] == ""
    assert pass_gate(at_the_gate).path.endswith("/pages/entreprise")


def test_after_five_tries_the_gate_says_when_to_come_back(at_the_gate: Browser) -> None:
    for left in ("4 essais", "3 essais", "2 essais", "1 essai", "réessayer dans une heure"):
        url = at_the_gate.path
        assert pass_gate(at_the_gate, proof="OTHER").sees(left)
        at_the_gate.go(url)
    assert pass_gate(at_the_gate).sees("Vous pourrez réessayer à partir de 13 h 00")


def test_the_gate_keeps_what_was_typed_beside_its_errors(at_the_gate: Browser) -> None:
    pass_gate(at_the_gate, siret="732 829 320 00075", proof="")
    assert at_the_gate.status == 422
    assert set(at_the_gate.errors()) == {"siret", "proof_volet1_reference"}
    assert dict(at_the_gate.form().values())["siret"] == "732 829 320 00075"
    summary = at_the_gate.document.xpath("//*[contains(@class,'g-error-summary')]//a")
    assert [link.text.partition(" : ")[0] for link in summary] == [
        "Numéro SIRET de votre établissement",
        "Référence du versement du volet 1",
    ]
    assert "732\N{NARROW NO-BREAK SPACE}829\N{NARROW NO-BREAK SPACE}320." in at_the_gate.response.text
    assert at_the_gate.sees("Une question ? Aide et contact")


def test_no_address_of_the_form_goes_round_the_gate(at_the_gate: Browser, volet2: UseCases) -> None:
    base = at_the_gate.path.removesuffix("/entree")
    token = at_the_gate.token()
    for page in ("pages/compte", "relire", ""):
        assert at_the_gate.go(f"{base}/{page}".rstrip("/")).path == f"{base}/entree"
    posted = {"_csrf_token": token, "titulaire": "ANNE", "shown": "titulaire"}
    assert at_the_gate.post(f"{base}/pages/compte", posted).path == f"{base}/entree"
    posted = {"_csrf_token": token, "attested": "sincerite", "key": "k"}
    assert at_the_gate.post(f"{base}/deposer", posted).path == f"{base}/entree"
    dossier = the_dossier_of(volet2, base.rpartition("/")[2])
    assert (dossier.phase, dict(dossier.answers)) == ("draft", {})


def test_a_silent_list_holds_the_dossier_and_lets_the_applicant_go_on(tmp_path: Path) -> None:
    with (
        an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        begin(browser, cases, "reg-53", VOLET2)
        assert pass_gate(browser).sees("Continuez : nous le vérifierons nous-mêmes.")
        fill_volet2(browser)
        assert browser.sees("Une information n’est pas disponible pour l’instant (Versements du volet 1)")
        assert file_it(browser).title == "Votre demande est déposée"


def test_errors_stand_beside_their_fields_and_in_the_summary(in_savoie: Browser) -> None:
    answer(in_savoie, {"nom": "Le\u202eGoff", "adresse_personnelle.postcode": "7400"})
    assert in_savoie.status == 422
    errors = in_savoie.errors()
    assert set(errors) == {
        "nom",
        "prenom",
        "adresse_personnelle.street",
        "adresse_personnelle.postcode",
        "adresse_personnelle.city",
        "statut",
    }
    summary = in_savoie.document.xpath("//*[contains(@class,'g-error-summary')]//a/@href")
    assert summary == [f"#f-{name}" for name in errors]
    for name in errors:
        assert in_savoie.document.xpath(f"//*[@id='f-{name}']"), name
    assert str(in_savoie.document.xpath("string(//title)")).startswith("Erreur")


def test_a_new_question_of_the_same_page_is_shown_again_and_marked(at_the_gate: Browser, volet2: UseCases) -> None:
    pass_gate(at_the_gate)
    answer(at_the_gate, ENTERPRISE)
    assert at_the_gate.status == 200
    assert at_the_gate.sees("1 question s’ajoute d’après vos réponses", "Nouvelle")
    assert at_the_gate.errors() == {}
    kept = open_draft(volet2, an_account(volet2), reference_of(at_the_gate)).answers
    assert kept["effectif"] == 2
    answer(at_the_gate, {"chiffre_affaires": ""})
    assert list(at_the_gate.errors()) == ["chiffre_affaires"]
    answer(at_the_gate, {"chiffre_affaires": "140000"})
    assert at_the_gate.path.endswith("/pages/dirigeant")


def test_rows_are_added_and_taken_away_without_a_script(at_the_gate: Browser, volet2: UseCases) -> None:
    pass_gate(at_the_gate)
    answer(at_the_gate, ENTERPRISE)
    answer(at_the_gate, {"chiffre_affaires": "140000"})
    answer(at_the_gate, {})
    at_the_gate.fill(**CASH).send("Ajouter une ligne")
    first = {"detail_dettes.0.nature": "Loyer", "detail_dettes.0.montant": "1.234"}
    at_the_gate.form().fill(first).send("Ajouter une ligne")
    assert at_the_gate.errors() == {}
    second = {"detail_dettes.1.nature": "Électricité", "detail_dettes.1.montant": "300"}
    answer(at_the_gate, second)
    assert list(at_the_gate.errors()) == ["detail_dettes.0.montant"]
    assert at_the_gate.sees("peut se lire de deux façons")
    removed = at_the_gate.form(button="Retirer").send("Retirer Ligne 1")
    assert dict(removed.form().values())["detail_dettes.0.nature"] == "Électricité"
    answer(removed, {})
    kept = open_draft(volet2, an_account(volet2), reference_of(at_the_gate)).answers["detail_dettes"]
    assert [(row["nature"], row["montant"]) for row in kept] == [("Électricité", 30_000)]


def test_input_is_read_leniently(at_the_gate: Browser, volet2: UseCases) -> None:
    pass_gate(at_the_gate, siret="732.829.320 00074", proof=f" {PROOF.lower()} ")
    fill_volet2(
        at_the_gate,
        tresorerie={"actif_disponible": "1 234,50", "dettes_30j": "9\u202f000 €", "charges_fixes": "1234.5"},
        pret={"date_demande_pret": "20 mars 2020"},
        compte={"iban": "fr76-3000-6000-0112-3456-7890-189"},
    )
    kept = open_draft(volet2, an_account(volet2), reference_of(at_the_gate)).answers
    assert (kept["actif_disponible"], kept["dettes_30j"], kept["charges_fixes"]) == (123_450, 900_000, 123_450)
    assert kept["date_demande_pret"] == date(2020, 3, 20)
    assert kept["iban"] == "FR7630006000011234567890189"


def test_phones_get_the_right_keyboard_and_browsers_fill_what_they_know(in_savoie: Browser) -> None:
    attributes = in_savoie.document.xpath
    assert attributes("//*[@name='telephone']/@inputmode") == ["tel"]
    assert attributes("//*[@name='courriel']/@autocomplete") == ["email"]
    assert attributes("//*[@name='adresse_personnelle.postcode']/@autocomplete") == ["postal-code"]
    answer(in_savoie, PERSON)
    assert in_savoie.document.xpath("//*[@name='siret']/@inputmode") == ["numeric"]


def test_files_are_kept_refused_in_words_and_taken_away(in_savoie: Browser, hs1000: UseCases) -> None:
    answer(in_savoie, PERSON)
    answer(in_savoie, PLACE)
    form = in_savoie.form()
    form.upload("piece_identite", "../../etc/carte.pdf", PDF)
    form.upload("releve_identite_bancaire", "rib.pdf", b"MZ program", "application/pdf").send("continuer")
    assert list(in_savoie.errors()) == ["releve_identite_bancaire"]
    assert in_savoie.sees("le contenu de « rib.pdf » n'en est pas un", "carte.pdf")
    assert not in_savoie.sees("etc/")
    in_savoie.form().send("Retirer carte.pdf")
    assert in_savoie.sees("Le fichier est retiré.")
    in_savoie.form().send("continuer")
    assert in_savoie.errors()["piece_identite"] == "Erreur : Joignez ce document."
    form = in_savoie.form()
    form.upload("piece_identite", "a.pdf", PDF).upload("releve_identite_bancaire", "b.pdf", PDF).send("continuer")
    assert in_savoie.path.endswith("/pages/compte")
    kept = open_draft(hs1000, an_account(hs1000), reference_of(in_savoie)).answers
    assert kept["piece_identite"].name == "a.pdf"


def test_only_a_file_of_the_page_can_be_removed(in_savoie: Browser, hs1000: UseCases) -> None:
    answer(in_savoie, PERSON)
    answer(in_savoie, PLACE)
    in_savoie.post(in_savoie.path, {"_csrf_token": in_savoie.token(), "remove": "nom"})
    assert open_draft(hs1000, an_account(hs1000), reference_of(in_savoie)).answers["nom"] == "Favre"


def test_hidden_unknown_and_read_only_fields_are_ignored(in_savoie: Browser, hs1000: UseCases) -> None:
    form = in_savoie.fill(**PERSON)
    posted = dict(form.values("continuer")) | {"siret": SIRET, "invente": "x", "@gate": "open", "computed_cents": "1"}
    in_savoie.post(in_savoie.path, posted)
    dossier = the_dossier_of(hs1000, reference_of(in_savoie))
    assert set(dossier.answers) == {"nom", "prenom", "adresse_personnelle", "statut"}
    assert (dossier.computed_cents, dict(dossier.checks)) == (None, {})


def test_a_page_changed_from_the_review_leads_back_to_it(in_savoie: Browser) -> None:
    fill_hs1000(in_savoie, etablissement={"chomage_partiel": "true"})
    assert in_savoie.sees("une condition au moins n’est pas remplie", "Vous déclarez bénéficier du chômage partiel.")
    assert in_savoie.sees("Vous pouvez aussi déposer quand même")
    in_savoie.click("Modifier Votre établissement")
    answer(in_savoie, {"chomage_partiel": "false"})
    assert in_savoie.path.endswith("/relire")
    assert in_savoie.sees("Vous remplissez les conditions", "1 000 €")


def test_a_dossier_found_not_eligible_is_filed_calmly(in_savoie: Browser, hs1000: UseCases) -> None:
    fill_hs1000(in_savoie, etablissement={"chomage_partiel": "true"})
    file_it(in_savoie)
    assert in_savoie.title == "Votre demande est déposée"
    assert the_dossier_of(hs1000, reference_of(in_savoie)).outcome == "not_eligible"


def test_the_declaration_must_be_ticked(in_savoie: Browser) -> None:
    fill_hs1000(in_savoie)
    in_savoie.form(button="Déposer").send("Déposer")
    assert in_savoie.status == 422
    assert in_savoie.errors() == {"attested-sincerite": "Erreur : Cochez cette case pour pouvoir déposer."}
    assert file_it(in_savoie).title == "Votre demande est déposée"


def test_an_unfinished_draft_shows_what_is_left_and_cannot_be_filed(in_savoie: Browser) -> None:
    answer(in_savoie, PERSON)
    base = in_savoie.path.rpartition("/pages")[0]
    in_savoie.go(f"{base}/relire")
    assert in_savoie.sees("Il reste des questions", "Votre établissement")
    assert not in_savoie.sees("Déposer ma demande")
    posted = {"_csrf_token": in_savoie.token(), "attested": "sincerite", "key": "k"}
    assert in_savoie.post(f"{base}/deposer", posted).sees("Il reste des questions avant de déposer.")


def test_a_second_click_a_second_tab_and_a_lost_answer_give_the_same_receipt(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        fill_hs1000(browser)
        review = browser.path
        click = browser.form(button="Déposer").fill({"attested": ["sincerite"]})
        tab = browser.go(review).form(button="Déposer").fill({"attested": ["sincerite"]})
        receipts = [form.send("Déposer") and (browser.path, browser.text) for form in (click, click, tab)]
        assert len(set(receipts)) == 1
        assert browser.title == "Votre demande est déposée"
        browser.go(review)
        assert (browser.status, browser.path) == (200, review.removesuffix("/relire"))
        assert browser.sees("Cette page n’est plus ouverte")
        browser.go("/t/dep-74/dossiers")
        assert len(browser.document.xpath("//article")) == 1


def test_a_publication_during_the_application_asks_again_what_changed(tmp_path: Path) -> None:
    with (
        an_instance(
            tmp_path / "instance",
            schemes=["essai"],
            territories=["dep-74"],
            on=date(2020, 5, 20),
            library=a_library(tmp_path / "declared"),
        ) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        begin(browser, cases, "dep-74", "essai")
        first = {"effectif": "3", "annule": "true", "titulaire": "ANNE", "iban": "FR7630006000011234567890189"}
        answer(browser, first)
        answer(browser, {"perte": "800"})
        assert browser.sees("500 €", "Limite appliquée", "500 € au plus")
        stale = browser.form(button="Déposer")
        changed = with_change("label: Effectif, min: 0", "label: Effectif au 1er mai, min: 0")
        publish(cases, a_library(tmp_path / "changed", changed), "essai", ("dep-74",))
        stale.send("Déposer")
        assert browser.sees("Il reste des questions avant de déposer.", "Effectif au 1er mai")
        answer(browser, {"effectif": "4"})
        assert browser.path.endswith("/relire")
        stale.send("Déposer")
        assert browser.sees("Les règles ou les informations ont changé depuis que vous avez ouvert cette page.")
        browser.form(button="Déposer").send("Déposer")
        assert browser.title == "Votre demande est déposée"


def test_who_loses_a_race_in_the_store_learns_that_nothing_was_saved(hs1000: UseCases, in_savoie: Browser) -> None:
    """The database itself refuses the second of two acts: a page that says so, and never a crash."""
    clash = "CREATE TRIGGER clash BEFORE UPDATE ON dossier BEGIN SELECT RAISE(ABORT, 'two at once'); END"
    hs1000.store.act(lambda tx: tx.run(text(clash)))
    there = in_savoie.path
    answer(in_savoie, PERSON)
    assert (in_savoie.status, in_savoie.path) == (409, there)
    assert "Rien n’a été enregistré" in in_savoie.text
