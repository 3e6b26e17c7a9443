"""Agents at work, over HTTP: the table, opinions and decisions in mass, a dossier, what others may not see."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from browsing import Browser
from guichet.services.cases import UseCases
from guichet.services.documents import files_folder
from guichet.services.opinions import Answers, give_opinions
from guichet.storage import blobs, decisions, dossiers, files
from instructing import a_siret, an_agents_browser, dossiers_to_instruct, instructing, selected

TABLE = "/agents/t/reg-53/fds-volet-2"
OPINION = f"{TABLE}?phase=instruction&etape=opinion&a_completer=non"
DECISION = f"{TABLE}?phase=instruction&etape=decision&a_completer=non"


def first_signatory(browser: Browser) -> str:
    return browser.document.xpath("//select[@name='signataire']/option[@value!='']/@value")[0]


def figures(browser: Browser) -> set[tuple[str, str]]:
    """The figures of the page: label and value."""
    pairs = browser.document.xpath("//dl[@class='g-stats']/div")
    return {(pair.findtext("dt").strip(), pair.xpath("string(dd/span)").strip()) for pair in pairs}


def now(cases: UseCases, dossier: Any) -> Any:
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def test_the_region_judges_a_page_and_the_prefecture_decides_it(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 12)
        with an_agents_browser(cases, people.instructor, people.decider) as (region, prefecture):
            region.go("/agents")
            assert region.sees("Avis de la Région 12", "À vous d’agir")
            region.go(f"{OPINION}&selection=page").press("Donner un avis")
            assert region.title == "Avis sur 12 dossiers"
            apart = f"d.{made[3].reference}."
            answers = {f"{apart}pret_raisonnable": "non.sans_rapport_besoin", f"d.{made[4].reference}.avis": "aside"}
            region.form().fill({"avis": "favourable", **answers}).send()
            assert region.title == "11 avis donnés."

            prefecture.go(f"{DECISION}&selection=tout").press("Décider")
            assert figures(prefecture) >= {("Avis favorables", "10"), ("Avis défavorables", "1")}
            prefecture.fill(choix_decision="grant", numero="2020-53-018", signataire=first_signatory(prefecture)).send()
            assert prefecture.title == "Vérifier avant de décider"
            assert ("Total accordé", "20\u202f000\u00a0€") in figures(prefecture)
            assert prefecture.sees("n° 2020-53-018 du 20 avril 2020")
            assert prefecture.sees("1 dossier sera laissé", "Montant du prêt demandé raisonnable")
            assert now(cases, made[0]).phase == "instruction"
            prefecture.press("Accorder 10 dossiers")

            assert prefecture.title == "10 décidés, 1 laissé."
            assert prefecture.sees(made[3].reference, "Dossier non éligible, rien ne peut être accordé.")
            prefecture.go(prefecture.url)
            assert prefecture.title == "10 décidés, 1 laissé."
            prefecture.click("Retour au tableau")
            assert prefecture.url.endswith("etape=decision&a_completer=non")
        assert [now(cases, one).end for one in made[:5]] == ["granted", "granted", "granted", None, None]
        assert now(cases, made[4]).stage == "opinion"


def test_a_dossier_answered_apart_on_one_criterion_follows_the_whole_on_the_others(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 2)
        whole = {"avis": "unfavourable", "critere.risque_cessation": "non.echeances_couvertes"}
        apart = {f"d.{made[0].reference}.pret_raisonnable": "non.sans_rapport_besoin"}
        with an_agents_browser(cases, people.instructor) as region:
            region.go(f"{OPINION}&selection=page").press("Donner un avis")
            region.form().fill({**whole, **apart}).send()
            assert region.title == "2 avis donnés."
        given = [cases.store.read(lambda tx, id_=one.id: decisions.opinions(tx, id_))[0].checks for one in made]
        assert given[0]["answers"] == {"pret_raisonnable": False, "risque_cessation": False}
        assert given[1]["answers"] == {"risque_cessation": False}


def test_who_refuses_reads_first_what_the_letters_will_give_as_reasons(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 2)
        against = Answers(
            False, checks={"risque_cessation": False}, reasons={"risque_cessation": "echeances_couvertes"}
        )
        give_opinions(cases, people.instructor, selected(made), against)
        with an_agents_browser(cases, people.decider) as browser:
            browser.go(f"{DECISION}&selection=page").press("Décider")
            browser.fill(choix_decision="refuse", numero="8", signataire=first_signatory(browser)).send()
            said = "l'entreprise peut payer ses prochaines échéances ("
            assert browser.sees("Conditions non remplies que les lettres donneront comme motifs", said)
            rows = browser.document.xpath("//tbody/tr")
            assert [row.xpath("string(*[last()])").strip() for row in rows] == ["2"]


def test_a_double_click_is_one_act_and_the_same_result(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 3)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        with an_agents_browser(cases, people.decider) as browser:
            browser.go(f"{DECISION}&selection=page").press("Décider")
            browser.fill(choix_decision="grant", numero="7", signataire=first_signatory(browser)).send()
            confirm = browser.form(button="Accorder")
            pages = [confirm.send().title for _ in range(2)]

        assert pages == ["3 décidés."] * 2
        for one in made:
            assert len(cases.store.read(lambda tx, one=one: decisions.of_dossier(tx, one.id))) == 1


def test_the_second_of_two_agents_is_told_who_decided_and_when(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 2)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        with an_agents_browser(cases, people.decider, people.other_decider) as (one, other):
            for browser in (one, other):
                browser.go(f"{DECISION}&selection=page").press("Décider")
                browser.fill(choix_decision="grant", numero="7", signataire=first_signatory(browser)).send()
            one.press("Accorder")
            other.press("Accorder")

            assert one.title == "2 décidés."
            assert other.title == "0 décidé, 2 laissés."
            assert other.sees("Déjà décidé par Yann Le Bihan, le 20 avril 2020 à 10 h 00.")


def test_everything_the_table_shows_is_in_its_address_and_so_is_its_export(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        dossiers_to_instruct(cases, 11)
        with an_agents_browser(cases, people.instructor) as browser:
            browser.go(f"{TABLE}?q=atelier&tri=-title&par_page=25")
            shown = [row.text_content().strip() for row in browser.document.xpath("//tbody/tr/td[2]")]
            assert shown[0] == "Atelier 9"
            assert browser.sees("11 dossiers")
            export = next(href for label, href in browser.links().items() if label.startswith("CSV"))
            browser.go(export)

            assert browser.response.headers["content-disposition"].startswith("attachment;")
            _, *rows = csv.reader(io.StringIO(browser.response.content.decode("utf-8-sig")), delimiter=";")
            assert [row[1] for row in rows] == shown


def test_unticking_one_of_all_leaves_it_out_over_every_page(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 30)
        with an_agents_browser(cases, people.instructor) as browser:
            browser.go(f"{OPINION}&par_page=25&selection=tout")
            form = browser.form(button="Donner un avis")
            ticked = [f"{one.reference}.{one.revision}" for one in made[1:25]]
            form.fill({"dossier": ticked}).send(button="Donner un avis")

            assert browser.title == "Avis sur 29 dossiers"


def test_a_forged_selection_reaches_nothing_elsewhere(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (theirs,) = dossiers_to_instruct(cases, territory="reg-28")
        (mine,) = dossiers_to_instruct(cases, first=2)
        with an_agents_browser(cases, people.instructor) as browser:
            browser.go(OPINION)
            data = {"_csrf_token": browser.token(), "choix": f"{theirs.reference}.1 {mine.reference}.{mine.revision}"}
            browser.post(f"{TABLE}/avis", data)
            assert browser.sees("Avis sur 1 dossier", "1 dossier de la sélection n’est plus accessible.")
            assert not browser.sees(theirs.reference)
            browser.post("/agents/t/reg-28/fds-volet-2/avis", data)
            assert browser.status == 404


def test_an_agent_of_another_region_cannot_tell_that_a_dossier_exists(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        with an_agents_browser(cases, people.stranger) as browser:
            answers = []
            for reference in (dossier.reference, "0000000000"):
                browser.go(f"/agents/dossiers/{reference}")
                answers.append((browser.status, browser.body.replace(reference, "")))

            assert answers[0] == answers[1]
            assert answers[0][0] == 404
            assert browser.go(f"/agents/recherche?q={dossier.reference}").sees("0 dossier")


def test_the_same_company_elsewhere_is_said_but_not_whose_it_is(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (theirs,) = dossiers_to_instruct(cases, territory="reg-28", answers={"raison_sociale": "Atelier du Havre"})
        (mine,) = dossiers_to_instruct(cases)
        (twin,) = dossiers_to_instruct(cases, answers={"raison_sociale": "Atelier jumeau"})
        with an_agents_browser(cases, people.instructor) as browser:
            browser.go(f"/agents/dossiers/{mine.reference}")

            assert browser.sees("Le même SIREN a aussi un dossier ailleurs.")
            assert browser.sees(twin.reference, "Atelier jumeau")
            assert not browser.sees(theirs.reference)
            assert not browser.sees("Atelier du Havre")


def test_a_dossier_is_judged_from_its_own_page_by_the_same_forms(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        dossier, following = dossiers_to_instruct(cases, 2)
        with an_agents_browser(cases, people.instructor, people.decider) as (region, prefecture):
            prefecture.go(f"/agents/dossiers/{dossier.reference}")
            assert prefecture.sees("En attente d’un acte de : Région.")
            region.go(f"/agents/dossiers/{dossier.reference}")
            assert region.sees("Sous réserve d’avis", "Trésorerie insuffisante à trente jours", "−3 500 €", "FR76 … ")
            region.form(action="/avis").send(button="Avis défavorable")
            assert region.title == "Avis sur 1 dossier"
            region.form().send()
            assert region.status == 422
            assert "motif" in region.errors()
            region.fill(motif="Activité non établie.").send()
            assert region.title == "1 avis donné."
            region.click("Dossier suivant (le dernier)")
            assert region.path == f"/agents/dossiers/{following.reference}"

            prefecture.go(f"/agents/dossiers/{dossier.reference}")
            assert prefecture.sees("Défavorable", "Activité non établie.", "Nolwenn Tanguy")
            prefecture.form(action="/decision").send(button="Refuser")
            prefecture.fill(choix_decision="refuse", numero="9", signataire=first_signatory(prefecture)).send()
            assert prefecture.errors() == {}
            assert prefecture.sees("Un motif est obligatoire pour cette décision.")
            prefecture.press("Modifier")
            prefecture.fill(motif="Activité non établie.").send()
            prefecture.press("Refuser 1 dossier")
            assert prefecture.title == "1 décidé."
            assert not [label for label in prefecture.links() if label.startswith("Dossier suivant")]
            prefecture.go(f"/agents/dossiers/{dossier.reference}")
            assert prefecture.sees("Refusé", "n° 9 du 20 avril 2020", "Décision prise")


def test_what_is_wrong_in_a_decision_is_said_beside_it(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        with an_agents_browser(cases, people.decider) as browser:
            browser.go(f"{DECISION}&selection=page").press("Décider")
            browser.fill(choix_decision="grant_in_part", montant="mille", date="32/13/2020").send()

            assert set(browser.errors()) == {"motif", "montant", "numero", "date"}
            assert browser.status == 422


def test_an_agent_reads_what_they_may_do_and_where(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people), an_agents_browser(cases, people.instructor) as browser:
        browser.go("/agents/profil")
        assert browser.sees(
            "instructor@exemple.fr", "Vos habilitations", "Instruction", "Bretagne, tous les dispositifs"
        )


def test_what_the_rules_refuse_is_offered_as_a_refusal_first(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = [*dossiers_to_instruct(cases), *dossiers_to_instruct(cases, first=2, answers={"effectif": 0})]
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True, reason="Vu."))
        with an_agents_browser(cases, people.decider) as browser:
            firsts: list[str] = []
            for dossier in made:
                browser.go(f"/agents/dossiers/{dossier.reference}")
                buttons = browser.document.xpath("//button[@name='choix_decision']")
                assert {one.get("value") for one in buttons} >= {"grant", "refuse"}
                assert [one.get("data-variant") == "primary" for one in buttons] == [True] + [False] * (
                    len(buttons) - 1
                )
                firsts.append(buttons[0].get("value"))
            assert firsts == ["grant", "refuse"]


def test_missing_pieces_are_asked_and_the_exchange_is_kept(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        with an_agents_browser(cases, people.instructor) as browser:
            page = f"/agents/dossiers/{dossier.reference}"
            browser.go(page)
            browser.form(action="/message").fill({"message": "Bonjour, une précision ?"}).send()
            assert browser.sees("Message envoyé.", "Bonjour, une précision ?")
            asking = browser.form(action="/pieces-manquantes")
            parts = browser.document.xpath("//form[contains(@action, '/pieces-manquantes')]//fieldset/fieldset/legend")
            titles = [legend.text_content().strip() for legend in parts]
            assert [one for one in titles if "trésorerie" in one or "bancaire" in one] == [
                "Votre trésorerie à trente jours",
                "Votre compte bancaire",
            ]
            assert not browser.document.xpath("//input[@name='champ'][@value='siret']")
            asking.fill({"demande": "RIB illisible.", "champ": ["iban"], "revision": "²"}).send()

            assert browser.sees("La demande est envoyée. Le délai est suspendu.", "Demandé au demandeur")
            assert now(cases, dossier).to_complete
            assert not browser.document.xpath("//form[contains(@action, '/pieces-manquantes')]")
            browser.go(f"{TABLE}?phase=instruction&a_completer=oui")
            assert browser.sees(dossier.reference)


def test_a_file_comes_as_a_download_to_who_may_see_its_dossier(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        blob = blobs.keep(files_folder(cases), b"<script>alert(1)</script>")
        kept = cases.store.act(
            lambda tx: files.add_attachment(
                tx,
                dossier=dossier.id,
                field="rib",
                file_name="rib é.html",
                media_type="text/html",
                size=blob.size,
                sha256=blob.sha256,
                stored_as=blob.stored_as,
            )
        )
        with an_agents_browser(cases, people.instructor, people.stranger, people.helpdesk) as (
            agent,
            stranger,
            helpdesk,
        ):
            address = f"/agents/dossiers/{dossier.reference}/pieces/{kept.id}"
            agent.go(address)
            assert agent.response.content == b"<script>alert(1)</script>"
            assert agent.response.headers["content-disposition"].startswith("attachment;")
            assert agent.response.headers["x-content-type-options"] == "nosniff"
            for other in (stranger, helpdesk):
                assert other.go(address).status == 404
            assert agent.go(f"/agents/dossiers/{dossier.reference}/documents/{kept.id}").status == 404


def test_finance_reads_the_whole_account_and_decides_nothing(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
        with an_agents_browser(cases, people.finance, people.decider) as (finance, decider):
            decider.go(f"{DECISION}&selection=page").press("Décider")
            decider.fill(choix_decision="grant", numero="7", signataire=first_signatory(decider)).send()
            decider.press("Accorder")
            page = f"/agents/dossiers/{made[0].reference}"

            assert finance.go(page).sees("FR76 3000 6000 0112 3456 7890 189")
            assert decider.go(page).sees("FR76 … 0189")
            assert not decider.sees("3000 6000")
            assert not finance.go(TABLE).document.xpath("//main//button[contains(., 'Décider')]")


def test_an_ended_assignment_opens_nothing_more(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        with an_agents_browser(cases, people.instructor) as browser:
            assert browser.go(TABLE).status == 200
            cases.store.act(lambda tx: _unassign(tx, people.instructor))

            assert browser.go(TABLE).status == 404
            assert browser.go(f"/agents/dossiers/{dossier.reference}").status == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_an_agent_speaks_both_languages(tmp_path: Path, language: str) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 2, iban_hash="same")
        give_opinions(cases, people.instructor, selected(made[:1]), Answers(favourable=True))
        with an_agents_browser(cases, people.double) as browser:
            pages = (
                "/agents",
                TABLE,
                f"{TABLE}?phase=decided",
                f"/agents/dossiers/{made[0].reference}",
                "/agents/recherche?q=at",
            )
            for page in pages:
                browser.go(f"{page}{'&' if '?' in page else '?'}lang={language}")
                assert browser.status == 200, page
                assert browser.document.get("lang") == language


def test_bad_addresses_of_the_table_are_harmless(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        dossiers_to_instruct(cases, answers={"siret": a_siret(1)})
        with an_agents_browser(cases, people.instructor) as browser:
            for query in (
                "page=0",
                "page=99999999999",
                "page=x",
                "tri=drop+table",
                "col.x=1",
                "phase=draft",
                "du=hier",
                "etape='",
                "q=%25_",
            ):
                assert browser.go(f"{TABLE}?{query}").status == 200, query


def _unassign(tx: Any, agent: str) -> None:
    from datetime import date

    from guichet.storage import agents

    for one in agents.assignments(tx, agent, on=date.min):
        agents.unassign(tx, one.id)
