"""A story that calls plugins of every kind, from import to export, each of whose steps can be done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from databases import SteppedClock
from drafting import HONOUR, VOLET2_PAGES, a_draft, an_account, let_in
from guichet.model.records import Dossier
from guichet.plugin import Plugins
from guichet.services import drafts, filing, payment_orders
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK
from guichet.services.exporting import export_table
from guichet.services.list_imports import import_list, published_list
from guichet.services.payments import run_payments
from guichet.services.work_tables import TableQuery
from guichet.storage import Tx, dossiers, outbox
from guichet.storage.tables import account, decision, document, dossier, notice
from guichet.storage.tables.outbox import outbox as duties
from guichet.worker.loop import drain
from instructing import the_people
from worked import DAY, SCHEME, decided, opened_cases
from worked_books import faults_of_payment, paid_orders

ON = date(2020, 4, 20)
APPLICANTS = ("anne@exemple.fr", "louis@exemple.fr")
LIST = "siren;reference;amount;month\n732829320;DGFIP-2020-0001;1500,00;2020-03\n"


PARTS = {
    "rule_functions": "siren",
    "field_types": "money",
    "list_sources": "csv",
    "payment_writers": "chorus_pivot",
    "deliveries": "folder",
    "notification_channels": "email",
    "document_renderers": "typst_letter",
    "exporters": "csv",
}
"""Hook → the shipped object that the story cannot do without."""


@dataclass
class Story:
    """How far each step came, and what stopped it."""

    folder: Path
    stopped: Counter[str] = field(default_factory=Counter)

    def play(self, cases: UseCases) -> None:
        """Do every step that can be done now."""
        self._attempt(lambda: self._import(cases))
        for email in APPLICANTS:
            self._attempt(lambda email=email: self._apply(cases, email))
        drain(cases)
        for email in APPLICANTS:
            self._attempt(lambda email=email: self._decide(cases, email))
        drain(cases)
        self._attempt(lambda: run_payments(cases, ON))
        drain(cases)
        self._attempt(lambda: self._export(cases))

    def _attempt(self, step: Callable[[], Any]) -> None:
        try:
            step()
        except Exception as error:
            self.stopped[type(error).__name__] += 1

    def _import(self, cases: UseCases) -> None:
        path = self.folder / "volet1.csv"
        path.write_text(LIST, encoding="utf-8")
        import_list(cases, SCHEME, "volet1", published_list(cases, SCHEME, "volet1"), path)

    def _apply(self, cases: UseCases, email: str) -> None:
        who = an_account(cases, email)
        found = cases.store.read(lambda tx: _dossier_of(tx, email)) or a_draft(cases, who)
        if found.phase != "draft":
            return
        reference = found.reference
        let_in(cases, who, reference)
        for page, values in VOLET2_PAGES.items():
            saved = drafts.save_page(cases, who, reference, page, values)
            assert not saved.refused, saved.refused
        filing.file(cases, who, reference, HONOUR, f"key-{reference}")

    def _decide(self, cases: UseCases, email: str) -> None:
        def act(tx: Tx) -> None:
            found = _dossier_of(tx, email)
            if found is None or found.phase != "instruction" or found.checks.get(GATE_MARK) != "open":
                return  # a list that is not there holds the dossier, which nobody decides meanwhile
            granted = decided(cases, tx, found)
            compiled = cases.snapshots.by_hash(found.snapshot_hash)
            payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)
            payload = {"dossier": found.id, "decision": granted.decision.id}
            outbox.put(tx, "letter", payload, key=f"letter:{granted.decision.id}")

        cases.store.act(act)

    def _export(self, cases: UseCases) -> None:
        agent = the_people(cases).decider
        export_table(cases, agent, TableQuery(SCHEME, "reg-53"), "csv").content.close()


def _dossier_of(tx: Tx, email: str) -> Dossier | None:
    mine = select(dossier.c.reference).join(account, account.c.id == dossier.c.account).where(account.c.email == email)
    found = tx.all(mine)
    return dossiers.by_reference(tx, found[0].reference) if found else None


def revive_all(cases: UseCases) -> int:
    """Queue again what was given up, as an operator does once the plugin is mended."""

    def act(tx: Tx) -> int:
        given_up = outbox.dead(tx)
        for row in given_up:
            outbox.revive(tx, row.id)
        return len(given_up)

    return cases.store.act(act)


def books(cases: UseCases) -> dict[str, Any]:
    """Everything that matters of every dossier, by applicant: nothing in it depends on ids or on when it was done."""

    def read(tx: Tx) -> dict[str, Any]:
        emails = {row.id: row.email for row in tx.all(select(account.c.id, account.c.email))}
        rows = tx.all(select(dossier))
        owner = {row.id: emails[row.account] for row in rows}
        return {
            "dossiers": sorted(
                (owner[row.id], row.phase, row.stage, row.answers, row.outcome, row.computed_cents,
                 row.provisional_cents, row.payee, row.checks, row.result, row.columns)
                for row in rows
            ),
            "decisions": Counter((owner[row.dossier], row.kind, row.amount_cents) for row in tx.all(select(decision))),
            "documents": Counter((owner[row.dossier], row.kind) for row in tx.all(select(document))),
            "notices": Counter((owner[row.dossier], row.event, row.state) for row in tx.all(select(notice))),
            "duties": Counter((row.kind, row.state) for row in tx.all(select(duties)) if row.state != "done"),
        }  # fmt: skip

    found = cases.store.read(read)
    found["payment"] = faults_of_payment(cases)
    found["paid"] = sum(paid_orders(cases.folder).values())
    found["mails"] = len(list((cases.folder / "mails").glob("*.eml")))
    return found


@contextmanager
def the_cases(url: str, folder: Path, clock: SteppedClock, plugins: Plugins) -> Iterator[UseCases]:
    """The use cases of a process with its plugins, on the day of the story whatever the real hour."""
    clock.put_business(DAY)
    cases = opened_cases(url, folder / "instance", clock=clock, plugins=plugins)
    try:
        yield cases
    finally:
        cases.store.close()
