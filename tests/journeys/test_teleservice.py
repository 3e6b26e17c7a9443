"""An applicant's story, from the page of a scheme to the dossier they follow, over HTTP and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import (
    HS1000,
    PDF,
    VOLET2,
    answer,
    begin,
    file_it,
    fill_hs1000,
    fill_volet2,
    import_volet1,
    pass_gate,
    work,
)
from browsing import Browser, a_browser
from drafting import an_instructor, the_dossier_of
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing
from guichet.services.messages import write_as_agent
from guichet.web.app import create_app
from instances import an_instance
from signing_in import sign_in_applicant


@pytest.fixture
def volet2(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53", "reg-84"]) as made:
        import_volet1(made)
        yield made


@pytest.fixture
def hs1000(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


def reference_of(browser: Browser) -> str:
    return browser.path.split("/")[4]


def test_volet_2_from_the_home_of_the_region_to_the_dossier(volet2: UseCases) -> None:
    with a_browser(create_app(volet2)) as browser:
        browser.go("/t/reg-53/").click("Fonds de solidarité")
        assert browser.path == "/t/reg-53/fds-volet-2"
        assert browser.sees("Les demandes sont ouvertes", "15 août 2020 inclus", "Entre 2 000 € et 5 000 €", "11 jours")
        begin(browser, volet2, "reg-53", VOLET2)
        assert browser.sees("Étape 1 sur 7", "Avoir reçu l'aide du volet 1")
        pass_gate(browser)
        assert browser.sees("Étape 2 sur 7", "C’est vérifié")
        fill_volet2(browser)
        assert browser.sees("Étape 7 sur 7", "vous pourriez recevoir", "2 000 €", "Sous réserve", "140 000,50 €")
        assert browser.sees("FR76 3000 6000 0112 3456 7890 189"), "a number is reread whole before it is sent"
        assert browser.sees("À examiner par : Conseil régional de Bretagne", "−3 500 €", "moins de 0 €")
        file_it(browser)
        assert browser.title == "Votre demande est déposée"
        assert browser.sees(
            "20 avril 2020 à 12 h 00", "24 août 2020", "tribunal administratif de Rennes", "12 mars 2020"
        )
        reference = reference_of(browser)
        work(volet2)
        browser.go(browser.path)
        pdf = browser.client.get(browser.links()["Télécharger l’accusé de réception"])
        assert pdf.content.startswith(b"%PDF")
        assert pdf.headers["content-type"] == "application/pdf"
        browser.click("Suivre mon dossier")
        assert browser.sees("En cours d’étude", "Avis de la Région", "date prévue : 25 avril 2020", reference)
        browser.click("Comment les règles")
        assert browser.sees("R311-3-1-2", "Décret n° 2020-433", "Vous l’avez déclaré sur l’honneur")
        browser.click("Toutes les règles")
        assert browser.sees(
            "À partir du 17 avril 2020",
            "« Besoin de trésorerie (solde, sans son signe) », dans la limite de 3 500 €",
            "À partir du 1er avril 2020",
        )


def test_the_haute_savoie_aid_is_generated_by_the_same_pages(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        assert browser.sees("Étape 1 sur 5", "Vous")
        fill_hs1000(browser)
        assert browser.sees("Vous remplissez les conditions", "1 000 €", "carte.pdf")
        file_it(browser)
        assert browser.sees("Pièces reçues", "rib.pdf")
        work(hs1000)
        browser.click("Suivre mon dossier")
        assert browser.sees("Instruction", "Validation", "Versement")
        file = browser.client.get(browser.links()["rib.pdf"])
        assert file.content == PDF
        assert file.headers["content-disposition"].startswith("attachment;")


def test_a_page_of_a_scheme_speaks_english_on_request(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        browser.go(f"/t/dep-74/{HS1000}?lang=en")
        assert browser.sees("Applications are open", "Start my application", "in about 11 days")
        browser.go(f"/t/dep-74/{HS1000}/regles")
        assert browser.sees("The rules in plain words", "You declare it on your honour.")


@pytest.mark.parametrize(
    ("day", "title", "text"),
    [
        (date(2020, 5, 4), "Les demandes ne sont pas encore ouvertes", "Elles ouvrent le 5 mai 2020 à 8 h 00."),
        (date(2020, 6, 21), "Les demandes sont closes", "Le dépôt était ouvert jusqu’au 20 juin 2020 inclus."),
    ],
)
def test_outside_the_calendar_the_page_says_when_and_offers_no_start(
    tmp_path: Path, day: date, title: str, text: str
) -> None:
    with (
        an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=day) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        browser.go(f"/t/dep-74/{HS1000}")
        assert browser.sees(title, text)
        assert not browser.sees("Commencer ma demande")
        sign_in_applicant(browser, cases, "dep-74", "anne@exemple.fr", then=f"/t/dep-74/{HS1000}/demande")
        assert browser.path == f"/t/dep-74/{HS1000}"


def test_a_scheme_that_is_not_published_here_is_not_there(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        sign_in_applicant(browser, hs1000, "dep-74", "anne@exemple.fr")
        for path in (f"/t/dep-74/{VOLET2}", f"/t/dep-74/{VOLET2}/demande", f"/t/dep-73/{HS1000}", "/t/dep-74/x/regles"):
            assert browser.go(path).status == 404, path


def test_a_draft_is_left_and_resumed_from_my_dossiers(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        answer(browser, {"nom": "Favre", "prenom": "Lucie"}, button="finir plus tard")
        assert browser.path == "/t/dep-74/dossiers"
        assert browser.sees("Vos réponses sont enregistrées", "À finir", "Brouillon")
        browser.click("Aide forfaitaire")
        assert browser.path.endswith("/pages/personne")
        assert dict(browser.form().values())["nom"] == "Favre"
        browser.go(f"/t/dep-74/{HS1000}/demande")
        assert browser.sees("Vous avez déjà commencé une demande", "Reprendre")


def test_the_start_button_clicked_twice_makes_one_draft(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        sign_in_applicant(browser, hs1000, "dep-74", "anne@exemple.fr", then=f"/t/dep-74/{HS1000}/demande")
        assert browser.sees("Ce qu’il faut préparer", "La demande se remplit en 5 étapes")
        form = browser.form(action="/demande")
        first = form.send().path
        assert browser.sees("Étape 1 sur 5")
        assert form.send().path == first


def test_someone_elses_dossier_answers_like_an_absent_one(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as owner, a_browser(create_app(hs1000)) as other:
        sign_in_applicant(other, hs1000, "dep-74", "other@exemple.fr")
        begin(owner, hs1000, "dep-74", HS1000)
        fill_hs1000(owner)
        file_it(owner)
        reference = reference_of(owner)
        for part in ("", "/accuse", "/explication", "/completer", "/se-desister", "/relire", "/pages/personne"):
            shown = other.go(f"/t/dep-74/dossiers/{reference}{part}")
            absent = other.go(f"/t/dep-74/dossiers/ZZZZZZZZZZ{part}")
            assert (shown.status, absent.status) == (404, 404), part


def test_the_applicant_writes_and_reads_what_the_service_answers(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        fill_hs1000(browser)
        file_it(browser)
        browser.click("Suivre mon dossier")
        browser.form(action="/messages").fill({"message": " "}).send()
        assert browser.errors() == {"message": "Erreur : Écrivez votre message."}
        browser.form(action="/messages").fill({"message": "<b>Bonjour</b>\nQuand ?"}).send()
        assert browser.sees("Votre message est envoyé.", "<b>Bonjour</b>")
        work(hs1000)
        write_as_agent(hs1000, an_instructor(hs1000), the_dossier_of(hs1000, reference_of(browser)).id, "Bientôt.")
        browser.go(browser.path)
        assert browser.sees("Haute-Savoie", "Bientôt.", "Vous")


def test_what_is_missing_is_asked_and_answered(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        fill_hs1000(browser)
        file_it(browser)
        work(hs1000)
        dossier = the_dossier_of(hs1000, reference_of(browser))
        wanted = ("releve_identite_bancaire", "iban")
        ask_missing(hs1000, an_instructor(hs1000), dossier.id, wanted, "Votre RIB est illisible.")
        browser.go(f"/t/dep-74/dossiers/{dossier.reference}")
        assert browser.sees(
            "Il nous manque quelque chose", "Le délai de réponse est arrêté", "Nous attendons votre réponse"
        )
        browser.click("Compléter mon dossier")
        assert browser.sees("Votre RIB est illisible.")
        form = browser.form()
        form.upload("releve_identite_bancaire", "rib.pdf", b"not a file").send()
        assert list(browser.errors()) == ["releve_identite_bancaire"]
        form = browser.form()
        form.upload("releve_identite_bancaire", "rib2.pdf", PDF + b"%").fill({"message": "Voici."}).send()
        assert browser.sees("Merci, vos réponses sont parties", "rib.pdf", "rib2.pdf", "Voici.")
        assert not the_dossier_of(hs1000, dossier.reference).to_complete


def test_a_withdrawal_is_asked_again_before_it_is_done(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        fill_hs1000(browser)
        file_it(browser)
        browser.click("Suivre mon dossier").click("Retirer ma demande")
        assert browser.sees("Vous ne pourrez pas revenir en arrière")
        browser.fill(reason="Reprise d'activité").send()
        assert browser.sees("Votre demande est retirée.", "Retirée par vous", "Vous avez retiré votre demande")
        assert not browser.sees("Retirer ma demande")
        here = browser.path
        assert browser.go(f"{here}/se-desister").path == here


def test_who_loses_the_session_while_sending_is_told_and_led_back(hs1000: UseCases) -> None:
    with a_browser(create_app(hs1000)) as browser:
        begin(browser, hs1000, "dep-74", HS1000)
        reference, page = reference_of(browser), browser.form()
        browser.post(browser.path, {"_csrf_token": "of another page"})
        assert browser.status == 403
        assert browser.links()["Reprendre mon dossier"] == f"/t/dep-74/dossiers/{reference}"
        browser.client.cookies.clear()
        page.send()
        assert browser.path == "/t/dep-74/connexion"
        assert browser.sees("ce que vous veniez d’envoyer n’est pas arrivé", "Ce qui était déjà enregistré est gardé")
        assert dict(browser.form().values())["suite"] == f"/t/dep-74/dossiers/{reference}"
