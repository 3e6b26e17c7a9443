"""Somebody answers the telephone: one box, where the dossier stands, a note; nothing that is not theirs to say."""

from __future__ import annotations

from pathlib import Path

from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.storage import dossiers
from instructing import an_agents_browser, dossiers_to_instruct, head_of_act, instructing, selected


def test_a_call_is_answered_from_one_box(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases, email="anne@exemple.fr")
        dossiers_to_instruct(cases, first=2, email="bob@exemple.fr")
        with an_agents_browser(cases, people.helpdesk) as browser:
            browser.go("/agents")
            assert browser.path == "/agents/accueil"
            browser.go("/agents/accueil?q=atelier")
            assert browser.sees("2 dossiers pour « atelier »")
            browser.go("/agents/accueil?q=ateleir")
            assert browser.sees("Rien à « ateleir » exactement ; 2 dossiers d’un nom proche", dossier.reference)
            browser.go("/agents/accueil?q=anne@exemple.fr")
            assert browser.path == f"/agents/accueil/{dossier.reference}"
            assert browser.sees("Avis de la Région", "prévu d’ici le 25 avril 2020", "anne@exemple.fr")
            browser.fill(note="  ").send()
            assert browser.errors() == {"note": "Erreur : Écrivez un message."}
            browser.fill(note="Demande le délai : avis d'ici le 25.").send()

            assert browser.sees("Appel noté.", "Loïc Perrot", "Demande le délai : avis d'ici le 25.")


def test_the_helpdesk_sees_neither_account_nor_amount_nor_opinion(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected([dossier]), Answers(favourable=True))
        after = cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))
        decide_all(cases, people.decider, selected([after]), Ruling("grant"), head_of_act(cases))
        with an_agents_browser(cases, people.helpdesk) as browser:
            browser.go(f"/agents/accueil/{dossier.reference}")
            assert browser.sees("Accordé", "À transmettre")
            for secret in ("FR76", "0189", "2 000", "Favorable", "Nolwenn", "BOULANGERIE"):
                assert not browser.sees(secret), secret

            for closed in (
                f"/agents/dossiers/{dossier.reference}",
                "/agents/t/reg-53/fds-volet-2",
                "/agents/t/reg-53/fds-volet-2/export/csv",
            ):
                assert browser.go(closed).status == 404, closed
