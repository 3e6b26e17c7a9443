"""The ledger of handed-over files: one that is noted as laid is never laid again."""

from __future__ import annotations

import csv
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from databases import each_address
from guichet.model.records import Batch
from guichet.services.batch_answers import Answered, settle_batch
from guichet.services.cases import UseCases
from guichet.services.deliveries import deliver_batch, finish_batch
from guichet.services.payments import run_duty, run_payments
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, batch_answers, batch_files, batches, journal
from guichet.storage import payments as orders
from guichet.storage.batch_answers import Answer
from guichet.storage.errors import OrderMovedError
from guichet.storage.tables import batch_answer, batch_file, batch_line
from paying import HS, ON, local_order
from worked import an_instance


def files_of(cases: UseCases) -> list[Path]:
    return sorted((cases.folder / "payments").glob("*"))


def sent_lines(cases: UseCases) -> Counter[str]:
    """Give order reference → in how many delivered lines of the Département it stands."""
    found: Counter[str] = Counter()
    for path in files_of(cases):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as stream:
                found.update(row["reference_mandat"] for row in csv.DictReader(stream, delimiter=";"))
    return found


def test_every_file_of_a_batch_is_sealed_and_the_counted_one_leaves_last(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        local_order(cases)
        (done,) = run_payments(cases, ON).delivered
        ledger = cases.store.read(lambda tx: batch_files.of_batch(tx, done.batch.id))
        assert [(Path(one.name).suffix, one.state, one.attempts) for one in ledger] == [
            (".pdf", "laid", 1),
            (".csv", "laid", 1),
        ]
        assert done.reference == ledger[-1].reference == done.batch.file_name
        assert [path.name for path in files_of(cases)] == sorted(one.name for one in ledger)


def test_a_file_that_the_receiver_took_is_not_laid_again(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        local_order(cases)
        (done,) = run_payments(cases, ON).delivered
        for path in files_of(cases):
            path.unlink()
        assert finish_batch(cases, done.batch).reference == done.reference
        assert files_of(cases) == []


def test_sabotage_with_a_ledger_that_forgot_the_files_are_laid_again(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        local_order(cases)
        (done,) = run_payments(cases, ON).delivered
        for path in files_of(cases):
            path.unlink()
        cases.store.act(lambda tx: tx.run(update(batch_file).values(state="sealed")))
        finish_batch(cases, done.batch)
        assert len(files_of(cases)) == 2


def test_a_receiver_that_is_silent_leaves_no_doubt_behind(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        local_order(cases)
        cases.folder.mkdir(parents=True, exist_ok=True)
        (cases.folder / "payments").write_text("a file where the folder should be", encoding="utf-8")
        (failed,) = run_payments(cases, ON).failed
        assert failed.territory == "dep-74"
        (batch,) = cases.store.read(lambda tx: batches.of_day(tx, HS, "dep-74", ON))
        states = [one.state for one in cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))]
        assert states == ["sealed", "sealed"]
        (cases.folder / "payments").unlink()
        assert run_payments(cases, ON).lines == 1
        kinds = cases.store.read(lambda tx: [line.kind for line in journal.page(tx, "dep-74")])
        assert "batch_file_laid_again" not in kinds


def test_other_bytes_than_those_sealed_never_leave(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        local_order(cases)
        (done,) = run_payments(cases, ON).delivered
        with pytest.raises(OrderMovedError):
            cases.store.act(lambda tx: batch_files.seal(tx, done.batch.id, [("autre.pdf", "0" * 64, 1)]))


def a_batch_of_an_older_version(cases: UseCases) -> Batch:
    """Give a batch sealed, and not handed over, whose statement another version wrote with other bytes."""
    local_order(cases)
    cases.folder.mkdir(parents=True, exist_ok=True)
    (cases.folder / "payments").write_text("a file where the folder should be", encoding="utf-8")
    assert run_payments(cases, ON).failed
    (cases.folder / "payments").unlink()
    (batch,) = cases.store.read(lambda tx: batches.of_day(tx, HS, "dep-74", ON))
    other = update(batch_file).where(batch_file.c.position == 0).values(sha256="0" * 64)
    cases.store.act(lambda tx: tx.run(other))
    return batch


@each_address
def test_a_batch_of_which_nothing_was_handed_over_is_sealed_again(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        assert run_payments(cases, ON).lines == 1
        ledger = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))
        assert [(one.state, one.sha256) for one in ledger] == [
            ("laid", sha256((cases.folder / "payments" / one.name).read_bytes()).hexdigest()) for one in ledger
        ]
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.page(tx, "dep-74"))]
        assert kinds.count("batch_sealed_again") == 1


def after_the_first_file(cases: UseCases, batch: Batch, *, counted: str = "sealed") -> None:
    """Leave a batch as a machine does that dies once the statement is laid; `counted`: how far the counted file is."""

    def act(tx: Tx) -> None:
        laid = update(batch_file).where(batch_file.c.batch == batch.id, batch_file.c.position == 0)
        tx.run(laid.values(state="laid", reference="etat.pdf"))
        then = update(batch_file).where(batch_file.c.batch == batch.id, batch_file.c.position == 1)
        tx.run(then.values(state=counted, begun_at=tx.real_now - timedelta(hours=1)))

    cases.store.act(act)


@each_address
def test_a_batch_whose_first_file_was_laid_by_an_older_version_goes_on_with_the_second(
    address: Any, tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        after_the_first_file(cases, batch)
        assert [run_payments(cases, ON).lines for _ in range(2)] == [1, 0]
        assert [path.suffix for path in files_of(cases)] == [".csv"], "the statement is not laid a second time"
        ledger = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))
        assert [(one.state, one.sha256 == "0" * 64) for one in ledger] == [("laid", True), ("laid", False)]
        assert cases.store.read(lambda tx: batches.by_id(tx, batch.id)).state == "transmitted"
        assert sent_lines(cases).total() == 1


@each_address
def test_a_batch_whose_every_file_is_laid_is_noted_without_being_written_again(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        after_the_first_file(cases, batch, counted="laid")
        assert run_payments(cases, ON).lines == 1
        assert files_of(cases) == []
        assert cases.store.read(lambda tx: batches.by_id(tx, batch.id)).state == "transmitted"


def a_stuck_batch(cases: UseCases) -> Batch:
    """Give a batch whose counted file may be at the receiver's, and is written otherwise today."""
    batch = a_batch_of_an_older_version(cases)
    after_the_first_file(cases, batch, counted="begun")
    other = update(batch_file).where(batch_file.c.batch == batch.id, batch_file.c.position == 1)
    cases.store.act(lambda tx: tx.run(other.values(sha256="1" * 64)))
    return batch


@each_address
def test_a_batch_of_which_a_file_may_be_somewhere_is_never_sealed_again_and_stops_no_other(
    address: Any, tmp_path: Path
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_stuck_batch(cases)
        later = local_order(cases, siret="00000000000018", iban="FR1420041010050500013M02606")
        report = run_payments(cases, ON)
        assert [(one.batch.number, one.batch.lines) for one in report.delivered] == [(2, 1)]
        assert [one.territory for one in report.failed] == ["dep-74"]
        (held,) = cases.store.read(lambda tx: batches.orders(tx, report.delivered[0].batch.id))
        assert held.id == later.id
        stuck = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))
        assert [(one.state, one.sha256[:2]) for one in stuck] == [("laid", "00"), ("begun", "11")]
        assert len(files_of(cases)) == 2
        with pytest.raises(OrderMovedError):
            run_duty(cases, {"scheme": HS, "territory": "dep-74", "day": ON.isoformat()})


def settled(cases: UseCases, answer: Answer, **changed: Any) -> Answered:
    signed = {"because": "Mme Roy, paierie, au téléphone.", "by": "Luc Hery", **changed}
    return settle_batch(cases, HS, "dep-74", ON, 1, answer, **signed)


@each_address
def test_a_stuck_batch_that_its_receiver_has_is_transmitted_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_stuck_batch(cases)
        assert len(settled(cases, "received").orders) == 1
        (order,) = cases.store.read(lambda tx: batches.orders(tx, batch.id))
        assert (order.state, order.batch) == ("transmitted", batch.id)
        report = run_payments(cases, ON)
        assert (report.lines, report.failed, files_of(cases)) == (0, (), [])
        with pytest.raises(Refused) as refusal:
            settled(cases, "not_received")
        assert refusal.value.code == "batch_not_open"


@each_address
def test_a_stuck_batch_that_nobody_received_frees_its_orders_for_one_other_file(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_stuck_batch(cases)
        (reference,) = settled(cases, "not_received").orders
        reports = [run_payments(cases, ON) for _ in range(2)]
        assert [[(one.batch.number, one.batch.lines) for one in report.delivered] for report in reports] == [
            [(2, 1)],
            [],
        ]
        assert [report.failed for report in reports] == [(), ()]
        assert sent_lines(cases) == {reference: 1}
        deliver_batch(cases, {"batch": batch.id})
        with pytest.raises(OrderMovedError):
            cases.store.act(lambda tx: batch_files.begin(tx, batch.id, 1, "1" * 64))
        with pytest.raises(OrderMovedError):
            cases.store.act(lambda tx: batches.transmit(tx, batch.id))
        (line,) = [
            one for one in cases.store.read(lambda tx: journal.page(tx, "dep-74")) if one.kind == "batch_answered"
        ]
        assert reference in (line.body or "")
        assert "Luc Hery" in (line.body or "")


def test_sabotage_an_answer_that_is_not_noted_lets_the_order_into_two_files(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        settled(cases, "not_received")

        def forget(tx: Tx) -> None:
            tx.run(delete(batch_answer))
            (order,) = orders.due(tx, HS, "dep-74")
            values = {"batch": batch.id, "line": 1, "payment_order": order.id, "sending": 9}
            tx.run(insert(batch_line), values)

        cases.store.act(forget)
        run_payments(cases, ON)
        assert sent_lines(cases).most_common(1)[0][1] == 2


def test_an_answer_is_signed_and_is_not_taken_while_a_worker_hands_the_file_over(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        batch = a_stuck_batch(cases)
        for missing in ({"because": " "}, {"by": ""}):
            with pytest.raises(Refused) as refusal:
                settled(cases, "received", **missing)
            assert refusal.value.code == "batch_answer_unsigned"
        now = update(batch_file).where(batch_file.c.batch == batch.id, batch_file.c.position == 1)
        cases.store.act(lambda tx: tx.run(now.values(begun_at=tx.real_now)))
        with pytest.raises(Refused) as refusal:
            settled(cases, "not_received")
        assert (refusal.value.code, refusal.value.data) == ("batch_not_open", {"state": "leaving"})
        with pytest.raises(NotFound):
            settle_batch(cases, HS, "dep-74", ON, 2, "received", because="Rien.", by="Luc Hery")


def test_a_batch_whose_file_was_laid_a_moment_ago_is_not_said_to_be_unreceived(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        batch = a_stuck_batch(cases)
        # A worker has just handed it over, and is about to note that the batch has left.
        laid = update(batch_file).where(batch_file.c.batch == batch.id)
        cases.store.act(lambda tx: tx.run(laid.values(state="laid", begun_at=tx.real_now, laid_at=tx.real_now)))
        with pytest.raises(Refused) as refusal:
            settled(cases, "not_received")
        assert (refusal.value.code, refusal.value.data) == ("batch_not_open", {"state": "leaving"})
        assert len(settled(cases, "received").orders) == 1


@each_address
def test_a_batch_answered_for_while_it_is_being_noted_does_not_leave(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch, answered = a_stuck_batch(cases), Event()

        def answer(tx: Tx) -> None:
            batch_answers.answer_batch(tx, batch.id, "not_received", because="Rien.", by="Luc Hery")
            answered.set()
            sleep(0.3)  # on a server the note comes meanwhile, and waits

        def note() -> None:
            answered.wait(10)
            cases.store.act(lambda tx: batches.transmit(tx, batch.id))

        with ThreadPoolExecutor(1) as worker:
            noted = worker.submit(note)
            cases.store.act(answer)
            with pytest.raises(OrderMovedError):
                noted.result()
        assert cases.store.read(lambda tx: batches.by_id(tx, batch.id)).state == "written"


def test_bytes_written_before_another_version_sealed_the_batch_again_are_not_handed_over(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        ours = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))[0]
        with pytest.raises(OrderMovedError):
            cases.store.act(lambda tx: batch_files.begin(tx, batch.id, 0, "1" * 64))
        assert cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))[0] == ours
