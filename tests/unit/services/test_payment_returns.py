"""What comes back after a payment file: applied once, known already, or rejected with its line and reason."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from databases import SteppedClock, each_address
from guichet.model.records import PaymentOrder
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.services.cases import UseCases
from guichet.services.payment_returns import Imported, import_returns
from guichet.services.payments import run_payments
from guichet.services.refusals import Refused
from guichet.services.suspensions import resume_payments, suspend_payments
from guichet.storage import dossiers, journal, later_filings, returns
from guichet.storage import payments as orders
from guichet.storage.tables import outbox, return_line
from paying import HS, ON, local_order, run_later
from worked import DAY, an_instance

HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"


def read(cases: UseCases, folder: Path, *rows: str) -> Imported:
    file = folder / "retour.csv"
    file.write_text(HEAD + "".join(f"{row}\r\n" for row in rows), encoding="utf-8", newline="")
    return import_returns(cases, HS, "dep-74", file)


def counted(imported: Imported) -> tuple[int, int, int, int]:
    ledger = imported.ledger
    assert ledger.read == ledger.applied + ledger.unchanged + ledger.rejected
    return ledger.read, ledger.applied, ledger.unchanged, ledger.rejected


def state_of(cases: UseCases, order: PaymentOrder) -> str:
    return cases.store.read(lambda tx: orders.by_id(tx, order.id)).state


def told(cases: UseCases) -> Counter[str]:
    rows = cases.store.read(lambda tx: tx.all(select(outbox.c.payload).where(outbox.c.kind == "notice")))
    return Counter(row.payload["event"] for row in rows)


@each_address
def test_a_return_moves_each_order_once_and_its_ledger_adds_up(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        paid, sent_back, stopped = (local_order(cases) for _ in range(3))
        run_payments(cases, ON)
        rows = (
            f"{paid.reference};pris en charge;18/04/2020;1000,00;4211;18/04/2020;",
            f"{paid.reference};payé;20/04/2020;1000,00;4211;18/04/2020;",
            f"{sent_back.reference};rejeté;20/04/2020;1000,00;;;Pièce manquante",
            f"{stopped.reference};suspendu;20/04/2020;1000,00;;;11 incompétence",
            "0000000000;payé;20/04/2020;1000,00;;;",
            f"{paid.reference};égaré;20/04/2020;;;;",
        )
        first = read(cases, tmp_path, *rows)
        assert counted(first) == (6, 4, 0, 2)
        assert [(one.line, one.column) for one in first.rejected] == [(6, ""), (7, "etat")]
        assert "Aucune mise en paiement" in first.rejected[0].reason.fr
        assert counted(read(cases, tmp_path, *rows)) == (6, 0, 4, 2)
        assert [state_of(cases, one) for one in (paid, sent_back, stopped)] == ["paid", "rejected", "suspended"]
        events = told(cases)
        assert [events[name] for name in ("paid", "payment_rejected", "payment_suspended", "new_iban")] == [1, 1, 1, 0]
        facts = cases.store.read(lambda tx: returns.facts_of(tx, paid.id))
        assert [(fact.outcome, fact.mandate) for fact in facts] == [("accepted", "4211"), ("paid", "4211")]
        of_import = select(return_line.c.result).where(return_line.c.return_import == first.ledger.id)
        kept = cases.store.read(lambda tx: tx.all(of_import.order_by(return_line.c.line)))
        assert [row.result for row in kept] == [*["applied"] * 4, *["rejected"] * 2]
        kinds = Counter(line.kind for line in cases.store.read(lambda tx: journal.page(tx, "dep-74")))
        assert kinds["return_imported"] == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{order};payé;20/04/2020;900,00;;;", "Montant"),
        ("{order};payé;21/04/2020;1000,00;;;", "La date, 21/04/2020, est dans l'avenir (nous sommes le 20/04/2020)."),
        ("{other};payé;20/04/2020;1000,00;;;", "à transmettre"),
        ("{other};pris en charge;20/04/2020;1000,00;;;", "à transmettre"),
    ],
)
def test_a_line_that_cannot_be_is_rejected_and_changes_nothing(tmp_path: Path, row: str, why: str) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        other = local_order(cases)
        imported = read(cases, tmp_path, row.format(order=order.reference, other=other.reference))
        assert counted(imported) == (1, 0, 0, 1)
        assert why in imported.rejected[0].reason.fr
        assert [state_of(cases, one) for one in (order, other)] == ["transmitted", "ordered"]
        assert cases.store.read(lambda tx: returns.facts_of(tx, order.id)) == []


def test_a_rejected_line_is_shown_until_its_order_is_told_or_its_file_is_read_again(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        one, other, last = (local_order(cases) for _ in range(3))
        run_payments(cases, ON)

        def shown() -> list[int]:
            return [line.line for line in cases.store.read(lambda tx: returns.rejected_lines(tx, HS))]

        good = f"{one.reference};payé;20/04/2020;;1;;"
        read(cases, tmp_path, good, "X;payé;20/04/2020;;2;;", f"{other.reference};payé;20/04/2020;1,00;3;;")
        assert shown() == [3, 4]
        read(cases, tmp_path, f"{other.reference};payé;20/04/2020;;3;;")  # not the same file again: `good` is not there
        assert shown() == [3]
        read(cases, tmp_path, good, f"{other.reference};payé;20/04/2020;;3;;", f"{last.reference};payé;20/04/2020;;2;;")
        assert shown() == []


def test_a_dossier_is_found_by_its_order_and_by_the_number_of_its_mandate(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        one, other = (local_order(cases) for _ in range(2))
        run_payments(cases, ON)
        read(cases, tmp_path, f"{one.reference};pris en charge;18/04/2020;1000,00;M-4211;18/04/2020;")
        for text in ("M-4211", " m-4211 ", one.reference.lower()):
            found = cases.store.read(lambda tx, text=text: dossiers.find(tx, text, places=[("dep-74", None)]))
            assert [hit.id for hit in found] == [one.dossier], text
        found = cases.store.read(lambda tx: dossiers.find(tx, other.reference, places=[("dep-74", None)]))
        assert [hit.id for hit in found] == [other.dossier]
        assert cases.store.read(lambda tx: dossiers.find(tx, "M-4211", places=[("reg-53", None)])) == []


def test_an_old_return_read_again_suspends_nothing_that_was_resumed_since(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, scheme=HS, published=("dep-74",), clock=clock) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        row = f"{order.reference};suspendu;20/04/2020;1000,00;;;Contrôle"
        read(cases, tmp_path, row)
        resume_payments(cases, HS, "dep-74")
        assert counted(read(cases, tmp_path, row)) == (1, 0, 1, 0)
        assert state_of(cases, order) == "resumed"
        clock.move(days=3)
        later = row.replace("20/04", "22/04")
        assert counted(read(cases, tmp_path, later)) == (1, 1, 0, 0)
        assert state_of(cases, order) == "suspended"


def test_a_suspended_order_that_the_accountant_pays_is_paid_and_sent_no_more(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        suspend_payments(cases, HS, "dep-74", "Contrôle.")
        assert counted(read(cases, tmp_path, f"{order.reference};payé;20/04/2020;1000,00;77;;"))[1] == 1
        assert resume_payments(cases, HS, "dep-74").orders == 0
        assert run_later(cases).lines == 0
        late = read(cases, tmp_path, f"{order.reference};suspendu;19/04/2020;1000,00;;;")
        assert "payée" in late.rejected[0].reason.fr


def test_a_rejection_for_the_account_asks_another_once_and_sends_no_other_message(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        row = f"{order.reference};rejeté;20/04/2020;1000,00;;;Compte clos (AC04)"
        read(cases, tmp_path, row)
        read(cases, tmp_path, row)
        (asked,) = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert (asked.form, asked.state, asked.about) == ("new_iban", "asked", order.id)
        assert (told(cases)["new_iban"], told(cases)["payment_rejected"]) == (1, 0)


@each_address
def test_the_same_return_read_by_four_at_once_is_applied_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        made = [local_order(cases) for _ in range(10)]
        run_payments(cases, ON)
        rows = [f"{one.reference};payé;20/04/2020;1000,00;;;" for one in made]
        folders = [tmp_path / str(number) for number in range(4)]
        for folder in folders:
            folder.mkdir()
        with ThreadPoolExecutor(4) as people:
            found = list(people.map(lambda folder: read(cases, folder, *rows), folders))
        assert sum(one.ledger.applied for one in found) == 10
        assert all(counted(one)[3] == 0 for one in found), [one.rejected for one in found]
        assert told(cases)["paid"] == 10


PAID = "{0};payé;20/04/2020;1 000,00;;;"
BROKEN_FILES = {
    "empty": (b"", "Titres lus : aucun"),
    "other headings": (b"a;b;c\r\n1;2;3\r\n", "Colonnes absentes du fichier : reference_mandat, etat, date_etat"),
    "other separator": (HEAD.replace(";", ",").encode() + PAID.replace(";", ",").encode(), "Colonnes absentes"),
    "utf-16": ((HEAD + PAID).encode("utf-16"), "utf-16"),
    "windows-1252": ((HEAD + PAID).encode("cp1252"), "La ligne 2 n'est pas en utf-8"),
    "half a file, inside a quoted cell": (f'{HEAD}{PAID}\r\n{{0}};payé;20/04/2020;;;;"jamais'.encode(), "ligne 3"),
}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_file_that_cannot_be_read_to_its_end_applies_nothing_of_it(tmp_path: Path, name: str) -> None:
    content, why = BROKEN_FILES[name]
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        file = tmp_path / "retour.csv"
        file.write_bytes(content.replace(b"{0}", order.reference.encode()))
        with pytest.raises(PluginRefused) as refusal:
            import_returns(cases, HS, "dep-74", file)
        assert why in refusal.value.text("fr")
        assert state_of(cases, order) == "transmitted"
        assert not [one for one in cases.store.read(lambda tx: journal.page(tx, "dep-74")) if "return" in one.kind]


def test_a_return_as_spreadsheets_write_it_is_read_whole_and_each_odd_line_is_told(tmp_path: Path) -> None:
    """A mark at the beginning, quoted cells over two lines, spaces in amounts, a blank line, a line twice, totals."""
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        paid = f'{order.reference};payé;20/04/2020;"1\u202f000,00 €";M-1;20/04/2020;"lu\r\nsur deux lignes"'
        rows = [
            paid,
            paid,
            "",
            "XXXXXXXXXX;payé;20/04/2020;1,00;;;",
            "TOTAL;;;1 000,00;;;",
            f"{order.reference};payé;20/0",
        ]
        file = tmp_path / "retour.csv"
        file.write_bytes(b"\xef\xbb\xbf" + (HEAD + "\r\n".join(rows)).encode())
        imported = import_returns(cases, HS, "dep-74", file)
        assert counted(imported) == (5, 1, 1, 3)
        assert state_of(cases, order) == "paid"
        assert [(one.line, one.reason.fr.partition(" ")[0]) for one in imported.rejected] == [
            (7, "Aucune"),
            (8, "La"),
            (9, "3"),
        ]


def test_a_scheme_without_returns_says_so(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, pytest.raises(Refused) as refusal:
        import_returns(cases, "fds-volet-2", "reg-53", Path(__file__))
    assert refusal.value.code == "returns_not_declared"


def test_ten_thousand_lines_are_read_and_those_of_others_left_alone(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        strangers = [f"X{number:09d};payé;20/04/2020;1000,00;;;" for number in range(9_999)]
        imported = read(cases, tmp_path, *strangers, f"{order.reference};payé;20/04/2020;1000,00;;;")
        assert counted(imported) == (10_000, 1, 0, 9_999)
