"""A story that calls plugins of every kind, from import to export, each of whose steps can be done again."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from databases import SteppedClock, sqlite_url
from drafting import HONOUR, SIRET, VOLET2_PAGES, a_draft, an_account, let_in
from guichet.catalogue import write_snapshot
from guichet.catalogue.snapshot import SnapshotBody
from guichet.loader.library import load_library
from guichet.model.records import Agent, Dossier
from guichet.plugin import Plugins
from guichet.services import drafts, filing, payment_orders
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK
from guichet.services.exporting import export_table
from guichet.services.list_imports import import_list, published_list
from guichet.services.payment_returns import import_returns
from guichet.services.payments import run_payments
from guichet.services.screens.asking import ask_screen
from guichet.services.screens.finding import find_screen
from guichet.services.work_tables import TableQuery
from guichet.services.write_backs import owe_write_back
from guichet.settings import shipped_folder
from guichet.storage import Tx, agents, dossiers, outbox
from guichet.storage.tables import account, decision, document, dossier, event, notice, payment_order
from guichet.storage.tables.outbox import outbox as duties
from guichet.worker.loop import drain
from guichet_plugins.connect.demarches.stand_in import Demarche, StandIn
from instructing import the_people
from sandboxes import a_door, sandbox
from worked import DAY, SCHEME, decided, opened_cases, publish_snapshot, the_plugins
from worked_books import faults_of_payment, paid_orders

ON = date(2020, 4, 20)
APPLICANTS = {"anne@exemple.fr": "2", "louis@exemple.fr": "3"}
"""Who applies, with how many employees: also the number of their dossier in the other software."""
LIST = "siren;reference;amount;month\n732829320;DGFIP-2020-0001;1500,00;2020-03\n"
RETURN = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"
ADDED = {
    "scheme.yaml": "\nwrite_back:\n  plugin: demarches_simplifiees\n  number: effectif\n  options: {demarche: 7}\n",
    "payment.yaml": "\nreturns: {use: retour_logiciel_financier}\n",
}
CRITERION = """\
  criteria:
    sous_le_plafond:
      label: Plafond de minimis
      when: de_minimis_ceiling("general", filed_on) > 100 000 €
      otherwise: Le plafond est trop bas.
"""

PARTS = {
    "rule_functions": "siren",
    "field_types": "money",
    "data": "state_aid",
    "list_sources": "csv",
    "payment_writers": "chorus_pivot",
    "return_readers": "finance_return",
    "deliveries": "folder",
    "write_backs": "demarches_simplifiees",
    "notification_channels": "email",
    "document_renderers": "typst_letter",
    "exporters": "csv",
    "screens": "background_work",
}
"""Hook → the shipped object that the story cannot do without."""


@cache
def the_scheme() -> SnapshotBody:
    """Volet 2, whose rules look up a table, whose payments have returns, whose decisions are told elsewhere."""
    with TemporaryDirectory() as folder:
        own = Path(folder)
        shutil.copytree(shipped_folder("schemes") / SCHEME, own / SCHEME)
        for name, added in ADDED.items():
            path = own / SCHEME / name
            path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
        rules = own / SCHEME / "rules.yaml"
        text = rules.read_text(encoding="utf-8").replace("  criteria:\n", CRITERION, 1)
        rules.write_text(text, encoding="utf-8")
        library = load_library(
            (shipped_folder("schemes"), own), (shipped_folder("regions"),), the_plugins(), only=[SCHEME]
        )
        return write_snapshot(library.effective(SCHEME, "reg-53").scheme, "reg-53", {})


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
        self._attempt(lambda: self._read_return(cases))
        drain(cases)
        self._attempt(lambda: self._export(cases))
        self._attempt(lambda: self._look(cases))

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
            own = {"effectif": APPLICANTS[email]} if "effectif" in values else {}
            saved = drafts.save_page(cases, who, reference, page, {**values, **own})
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
            owe_write_back(tx, compiled, granted.dossier, granted.decision)
            payload = {"dossier": found.id, "decision": granted.decision.id}
            outbox.put(tx, "letter", payload, key=f"letter:{granted.decision.id}")

        cases.store.act(act)

    def _read_return(self, cases: UseCases) -> None:
        """What the accountant answers once the file is there: every order is paid."""
        orders = cases.store.read(lambda tx: tx.all(select(payment_order).where(payment_order.c.state != "ordered")))
        if not orders:
            return
        path = self.folder / "retour.csv"
        rows = [f"{one.reference};payé;20/04/2020;{one.cents / 100:.2f};;;\r\n".replace(".", ",") for one in orders]
        path.write_text(RETURN + "".join(rows), encoding="utf-8", newline="")
        import_returns(cases, SCHEME, "reg-53", path)

    def _export(self, cases: UseCases) -> None:
        agent = the_people(cases).decider
        export_table(cases, agent, TableQuery(SCHEME, "reg-53"), "csv").content.close()

    def _look(self, cases: UseCases) -> None:
        agent = cases.store.act(_an_admin).id
        ask_screen(cases, agent, find_screen(cases, agent, PARTS["screens"], territory="reg-53"))


def _an_admin(tx: Tx) -> Agent:
    agent = agents.ensure(tx, email="admin@exemple.fr", name="Anne Le Roux")
    place = agents.ensure_organisation(tx, territory="reg-53", body="region", name="Région Bretagne")
    agents.assign(tx, agent_id=agent.id, role="admin", organisation_id=place.id, territory="reg-53", scheme=None)
    return agent


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


def filed_digests(cases: UseCases) -> dict[str, str]:
    """What each filed dossier holds that nothing may change any more: its reference → the hash of its row."""

    def read(tx: Tx) -> dict[str, str]:
        fixed = [dossier.c[name] for name in ("id", "account", "answers", "payee", "filed_at", "territory", "scheme")]
        rows = tx.all(select(dossier.c.reference, *fixed).where(dossier.c.phase != "draft"))
        return {row.reference: sha256(repr(tuple(row)).encode()).hexdigest() for row in rows}

    return cases.store.read(read)


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
            "orders": Counter((owner[row.dossier], row.state, row.cents) for row in tx.all(select(payment_order))),
            "told elsewhere": Counter(
                owner[row.subject] for row in tx.all(select(event).where(event.c.kind == "decision_written_back"))
            ),
            "duties": Counter((row.kind, row.state) for row in tx.all(select(duties)) if row.state != "done"),
        }  # fmt: skip

    found = cases.store.read(read)
    found["payment"] = faults_of_payment(cases)
    found["paid"] = sum(paid_orders(cases.folder).values())
    found["mails"] = len(list((cases.folder / "mails").glob("*.eml")))
    return found


def the_url(folder: Path) -> str:
    """The address of the database in a folder, made the first time."""
    found = next(folder.glob("*.sqlite3"), None)
    return f"sqlite:///{found}" if found else sqlite_url(folder)


@contextmanager
def the_cases(url: str, folder: Path, clock: SteppedClock, plugins: Plugins) -> Iterator[UseCases]:
    """The use cases of a process with its plugins, on the day of the story whatever the real hour.

    The other software is a stand-in over a real socket.
    """
    clock.put_business(DAY)
    plain = opened_cases(url, folder / "instance", clock=clock, plugins=plugins)
    with sandbox(StandIn(_a_demarche())) as served:
        there = {"base_url": served.url, "token": "secret:ds", "instructor": "Instructeur-1"}
        try:
            plain.store.act(lambda tx: publish_snapshot(tx, the_scheme()))
            yield replace(plain, outside=a_door(), services={PARTS["write_backs"]: there}, secrets={"ds": "any"})
        finally:
            plain.store.close()


def _a_demarche() -> Demarche:
    whose = {
        "demandeur": {"__typename": "PersonneMorale", "siret": "".join(SIRET.split())},
        "email": "autre@exemple.fr",
    }
    demarche = Demarche(7, (), 0, lambda _: whose)
    demarche._numbers = [int(number) for number in APPLICANTS.values()]
    demarche._state = lambda _: "en_instruction"
    return demarche
