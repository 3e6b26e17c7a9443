"""Agents and another account: asked on the dossier's page, seen as each role may, accepted or refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from browsing import a_browser
from drafting import an_instructor
from guichet.catalogue import read_snapshot, write_snapshot
from guichet.model.later_form import LaterForm
from guichet.services.cases import UseCases
from guichet.services.later_forms import file_later
from guichet.services.payments import run_payments
from guichet.storage import accounts, dossiers, later_filings
from guichet.storage import payments as orders
from guichet.web.app import create_app
from instructing import an_agents_browser
from paying import HS, ON, local_order
from signing_in import sign_in_applicant
from worked import an_instance, publish_snapshot, snapshot_of

ACCOUNT = {"titulaire": "LUCIE FAVRE", "iban": "FR1420041010050500013M02606"}


def checked_by_agents(cases: UseCases) -> None:
    scheme, _ = read_snapshot(snapshot_of(HS, "dep-74").body)
    changed = scheme.model_copy(update={"later_forms": {"new_iban": LaterForm(checked_by_agent=True)}})
    cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(changed, "dep-74", {})))
    cases.snapshots.refresh()


def test_finance_asks_another_account_then_refuses_and_accepts_what_comes(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        checked_by_agents(cases)
        order = local_order(cases)
        run_payments(cases, ON)
        cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
        page = f"/agents/dossiers/{dossier.reference}"
        finance, instructor = an_instructor(cases, role="finance"), an_instructor(cases)

        def answer() -> Any:
            return file_later(cases, dossier.account or "", dossier.reference, "new_iban", ACCOUNT)

        with an_agents_browser(cases, finance, instructor) as (payer, other):
            payer.go(page).form(action="/autre-compte").send("Demander un autre compte")
            assert payer.sees("Autre compte demandé au demandeur", "Compte clos")
            assert answer() == {}
            assert other.go(page).sees("Autre compte reçu, à vérifier", "FR14 … 2606")
            assert not other.sees("Accepter ce compte", "3M02")
            assert payer.go(page).sees("FR14 2004 1010 0505 0001 3M02 606")
            payer.form(action="/formulaires/").send("Refuser ce compte")
            assert payer.sees("Un motif est obligatoire")
            payer.form(action="/formulaires/").fill({"reason": "RIB illisible"}).send("Refuser ce compte")
            assert answer() == {}
            payer.go(page).form(action="/formulaires/").send("Accepter ce compte")
            assert payer.sees("Compte remplacé : LUCIE FAVRE, FR76 3000 6000 0112 3456 7890 189", "À transmettre")
            assert other.go(page).sees("FR76 … 0189")
        states = [one.state for one in cases.store.read(lambda tx: later_filings.of_dossier(tx, dossier.id))]
        assert states == ["refused", "accepted"]
        assert [one.state for one in cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))] == [
            "rejected",
            "ordered",
        ]


def test_the_link_to_another_account_opens_for_its_owner_alone_while_it_is_asked_and_once(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
        account = cases.store.read(lambda tx: accounts.by_id(tx, dossier.account or ""))
        link = f"/t/dep-74/dossiers/{dossier.reference}/formulaires/new_iban"
        app = create_app(replace(cases, base_url="http://testserver.local"))
        with a_browser(app) as owner, a_browser(app, address="192.0.2.8") as stranger, a_browser(app) as nobody:
            sign_in_applicant(owner, cases, "dep-74", account.email)
            sign_in_applicant(stranger, cases, "dep-74", "autre@exemple.fr")
            assert owner.go(link).status == 404, "nothing was asked yet"
            run_payments(cases, ON)
            cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
            with an_agents_browser(cases, an_instructor(cases, role="finance")) as payer:
                payer.go(f"/agents/dossiers/{dossier.reference}").form(action="/autre-compte").send()
            assert nobody.go(link).path == "/t/dep-74/connexion"
            assert stranger.go(link).status == 404
            token = stranger.go("/t/dep-74/dossiers").token()
            assert stranger.post(link, {"_csrf_token": token, **ACCOUNT}).status == 404
            assert owner.go(f"{link[:-4]}IBAN").status == 404
            page = owner.go(link)
            assert page.status == 200
            form = page.form().fill(ACCOUNT)
            assert form.send().status == 200
            for again in (
                lambda: owner.go(link),
                lambda: owner.post(link, {"_csrf_token": owner.go("/t/dep-74/dossiers").token(), **ACCOUNT}),
            ):
                assert again().path == f"/t/dep-74/dossiers/{dossier.reference}", "answered: nothing more to fill in"
                assert owner.sees("Ce formulaire est déjà envoyé")
            assert stranger.go(link).status == 404
        filed = cases.store.read(lambda tx: later_filings.of_dossier(tx, dossier.id))
        assert len(filed) == 1
