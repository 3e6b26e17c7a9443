"""The ledger of handed-over files: one that is noted as laid is never laid again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from databases import each_address
from guichet.model.records import Batch
from guichet.services.cases import UseCases
from guichet.services.deliveries import finish_batch
from guichet.services.payments import run_duty, run_payments
from guichet.storage import batch_files, batches, journal
from guichet.storage.errors import OrderMovedError
from guichet.storage.tables import batch_file
from paying import HS, ON, local_order
from worked import an_instance


def files_of(cases: UseCases) -> list[Path]:
    return sorted((cases.folder / "payments").glob("*"))


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


@each_address
@pytest.mark.parametrize("state", ["begun", "laid"])
def test_a_batch_of_which_a_file_may_be_somewhere_is_never_sealed_again_and_stops_no_other(
    address: Any, tmp_path: Path, state: str
) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        begun = update(batch_file).where(batch_file.c.position == 1).values(state=state)
        cases.store.act(lambda tx: tx.run(begun))
        later = local_order(cases, siret="00000000000018", iban="FR1420041010050500013M02606")
        report = run_payments(cases, ON)
        assert [(one.batch.number, one.batch.lines) for one in report.delivered] == [(2, 1)]
        assert [one.territory for one in report.failed] == ["dep-74"]
        (held,) = cases.store.read(lambda tx: batches.orders(tx, report.delivered[0].batch.id))
        assert held.id == later.id
        stuck = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))
        assert [(one.state, one.sha256 == "0" * 64) for one in stuck] == [("sealed", True), (state, False)]
        assert len(files_of(cases)) == 2
        with pytest.raises(OrderMovedError):
            run_duty(cases, {"scheme": HS, "territory": "dep-74", "day": ON.isoformat()})


def test_bytes_written_before_another_version_sealed_the_batch_again_are_not_handed_over(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        batch = a_batch_of_an_older_version(cases)
        ours = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))[0]
        with pytest.raises(OrderMovedError):
            cases.store.act(lambda tx: batch_files.begin(tx, batch.id, 0, "1" * 64))
        assert cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))[0] == ours
