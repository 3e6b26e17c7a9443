"""Agents and another account: asked on the dossier's page, seen as each role may, accepted or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drafting import an_instructor
from guichet.catalogue import read_snapshot, write_snapshot
from guichet.model.later_form import LaterForm
from guichet.services.cases import UseCases
from guichet.services.later_forms import file_later
from guichet.services.payments import run_payments
from guichet.storage import dossiers, later_filings
from guichet.storage import payments as orders
from instructing import an_agents_browser
from paying import HS, ON, local_order
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
