"""A claim has its papers: a letter for whom it is claimed from, a request and its lines for the accountant."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from guichet.catalogue import write_snapshot
from guichet.engine import parts as sharing
from guichet.services.act_heads import ActHead
from guichet.services.claim_papers import write_claim_papers
from guichet.services.documents import content_of
from guichet.services.payments import run_payments
from guichet.services.recoveries import claim_back, drop_claim, note_reimbursement
from guichet.services.refusals import Refused
from guichet.services.rulings import Ruling
from guichet.storage import erasure, files, journal, parts
from guichet.storage import payments as orders
from guichet.storage.recoveries import Recovery
from guichet.storage.tables import outbox
from guichet.worker.loop import drain
from instructing import an_applicants_browser
from pdfs import text_of
from settling import PLACE, SCHEME, Life, a_life
from worked import publish_snapshot

BOTH: dict[str, Any] = {"demandes": ["tresorerie", "loyer"], "devis": None, "besoin_tresorerie": 1_200_000}
COLUMNS = {
    "titre": "{claim}",
    "tiers": "{payee}",
    "nature": "{nature}",
    "montant": "{amount}",
    "objet": "{part}",
    "motif": "{reason}",
}


@contextmanager
def paid(tmp_path: Path, columns: dict[str, str] | None = None) -> Iterator[Life]:
    """6 900 € of two amounts, paid."""
    with a_life(tmp_path, **BOTH) as life:
        if columns:
            _ask_for_lines(life, columns)
        life.decide(Ruling("grant"))
        run_payments(life.cases, life.cases.today(PLACE))
        (order,) = life.orders()
        life.cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))
        yield life


def _ask_for_lines(life: Life, columns: dict[str, str], **options: str) -> None:
    compiled = life.cases.snapshots.current(SCHEME, PLACE)
    assert compiled is not None
    payment = compiled.scheme.payment
    assert payment is not None
    writer = payment.writer.model_copy(
        update={"options": {**payment.writer.options, "claim_columns": columns, **options}}
    )
    scheme = compiled.scheme.model_copy(update={"payment": payment.model_copy(update={"writer": writer})})
    life.cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(scheme, PLACE, {})))
    life.cases.snapshots.refresh()


def claim(
    life: Life, cents: int, number: str = "TR-1", reason: str = "Factures jamais produites.", amount: str = ""
) -> Recovery:
    today = life.cases.today(PLACE)
    signatory = next(iter(life.cases.territory(PLACE).signatories_for("president", today)))
    head = ActHead(signatory, number, today)
    return claim_back(life.cases, life.decider, life.dossier.reference, cents, reason, head, amount=amount)


def laid(life: Life) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (life.cases.folder / "payments").glob("*titre_*")}


def test_a_claim_of_two_amounts_asks_the_accountant_by_a_page_and_a_line_for_each(tmp_path: Path) -> None:
    with paid(tmp_path, COLUMNS) as life:
        made = claim(life, 345_001)
        drain(life.cases, kinds=("claim_papers",), worker_name="test")
        written = laid(life)
        (page,) = [text_of(one) for name, one in written.items() if name.endswith(".pdf")]
        (table,) = [one for name, one in written.items() if name.endswith(".csv")]
        told = " ".join(page.split())
        for part in (
            "Demande de titre de recettes n° TR-1",
            "Hôtel du Canal",
            "Factures jamais produites.",
            "Fondement",
        ):
            assert part in told, part
        for part in ("nature 2764", "nature 65742", "trois mille quatre cent cinquante euros et un centime"):
            assert part in told, part
        rows = list(csv.DictReader(io.StringIO(table.decode("utf-8")), delimiter=";"))
        assert [(row["titre"], row["nature"], row["montant"]) for row in rows] == [
            ("TR-1", "2764", "3000,01"),
            ("TR-1", "65742", "450,00"),
        ]
        kept = life.cases.store.read(lambda tx: parts.of_recoveries(tx, [made.id]))[made.id]
        assert sum(part.cents for part in kept) == 345_001
        assert "BAC-A-SABLE" in next(iter(written))


def test_the_letter_says_why_how_much_and_how_to_contest_and_the_applicant_reads_no_paper_of_the_accountant(
    tmp_path: Path,
) -> None:
    with paid(tmp_path) as life:
        claim(life, 100_000)
        drain(life.cases, kinds=("claim_papers",), worker_name="test")
        made = {one.kind: one for one in life.cases.store.read(lambda tx: files.documents(tx, life.dossier.id))}
        letter = " ".join(text_of(content_of(life.cases, made["claim_letter"])).split())
        for part in ("1 000 €", "TR-1", "Factures jamais produites.", "tribunal administratif", "telerecours"):
            assert part in letter.replace("\u202f", " ").replace("\u00a0", " "), part
        messages = life.cases.store.read(lambda tx: tx.all(select(outbox.c.payload).where(outbox.c.kind == "notice")))
        assert sum("TR-1" in str(row.payload.get("message")) for row in messages) == 1
        with an_applicants_browser(life.cases, life.dossier) as browser:
            assert browser.go(life.page).sees("Courrier du")
            assert not browser.sees("titre_occitanie")
            assert browser.go(f"{life.page}/documents/{made['claim_letter'].id}").status == 200
            assert browser.go(f"{life.page}/documents/{made['claim_request'].id}").status == 404


def test_done_again_the_papers_are_the_same_and_nobody_is_told_twice(tmp_path: Path) -> None:
    with paid(tmp_path, COLUMNS) as life:
        made = claim(life, 690_000)
        write_claim_papers(life.cases, {"recovery": made.id})
        before = laid(life)
        write_claim_papers(life.cases, {"recovery": made.id})
        kinds = [one.kind for one in life.cases.store.read(lambda tx: journal.of_subject(tx, life.dossier.id))]
        assert laid(life) == before
        assert (kinds.count("recovery_notified"), kinds.count("recovery_requested")) == (1, 1)


def test_a_claim_whose_line_the_software_could_not_read_is_refused_before_it_is_made(tmp_path: Path) -> None:
    with paid(tmp_path, COLUMNS) as life:
        with pytest.raises(Refused, match="claim_cannot_be_written"):
            claim(life, 100, reason="=1+1")
        with pytest.raises(Refused, match="claim_cannot_be_written"):
            claim(life, 100, reason="Raison \u202e inversée")
        assert claim(life, 100).cents == 100


def test_claims_and_what_comes_back_share_each_amount_to_the_cent(tmp_path: Path) -> None:
    with paid(tmp_path) as life:
        first = claim(life, 100_001)
        note_reimbursement(
            life.cases, life.decider, life.dossier.reference, first.id, 33_333, life.cases.today(PLACE), "P503-1"
        )
        drop_claim(life.cases, life.decider, life.dossier.reference, first.id, "Remise gracieuse.")
        second = claim(life, 690_000 - 33_333, number="TR-2")
        kept = life.cases.store.read(lambda tx: parts.of_recoveries(tx, [first.id, second.id]))
        came = {part.amount: part.cents for part in sharing.share_out(33_333, kept[first.id])}
        total = {part.amount: part.cents + came[part.amount] for part in kept[second.id]}
        assert total == {"avance": 600_000, "aide_loyer": 90_000}


def test_a_claim_may_be_of_one_amount_and_never_of_more_than_was_paid_of_it(tmp_path: Path) -> None:
    with paid(tmp_path, COLUMNS) as life:
        with pytest.raises(Refused, match="recovery_too_much"):
            claim(life, 90_001, amount="aide_loyer")
        with pytest.raises(Refused, match="not_recoverable"):
            claim(life, 1, amount="inconnu")
        made = claim(life, 90_000, amount="aide_loyer")
        drain(life.cases, kinds=("claim_papers",), worker_name="test")
        (table,) = [one for name, one in laid(life).items() if name.endswith(".csv")]
        (row,) = csv.DictReader(io.StringIO(table.decode("utf-8")), delimiter=";")
        assert (row["nature"], row["montant"], row["titre"]) == ("65742", "900,00", made.act_number)
        with pytest.raises(Refused, match="recovery_too_much"):
            claim(life, 1, number="TR-2", amount="aide_loyer")
        assert claim(life, 600_000, number="TR-3").cents == 600_000


def test_forgetting_a_dossier_takes_the_accountants_files_away(tmp_path: Path) -> None:
    with paid(tmp_path, COLUMNS) as life:
        _ask_for_lines(life, COLUMNS, extension="txt")
        claim(life, 100)
        drain(life.cases, kinds=("claim_papers",), worker_name="test")
        names = set(laid(life))
        assert {name.rpartition(".")[2] for name in names} == {"pdf", "txt"}
        erased = life.cases.store.act(lambda tx: erasure.erase(tx, [life.dossier.id]))
        assert names <= set(erased.payment_files)


def test_the_journal_says_what_each_amount_of_a_claim_is(tmp_path: Path) -> None:
    with paid(tmp_path) as life:
        claim(life, 690_000)
        lines = life.cases.store.read(lambda tx: journal.of_subject(tx, life.dossier.id))
        (made,) = [one for one in lines if one.kind == "recovery_claimed"]
        assert json.loads(made.body or "{}")["data"]["parts"] == {"avance": 600_000, "aide_loyer": 90_000}
