"""The day's files: everything that is owed, once, counted from the bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from databases import each_address
from guichet.services.cases import UseCases
from guichet.services.deliveries import TotalsDiffer, write_file
from guichet.services.payments import PaymentReport, run_payments
from guichet.storage import batches, notices, outbox
from guichet.storage.tables import batch as batch_table
from guichet.worker.loop import drain
from paying import ON, ordered
from worked import an_instance
from worked_books import faults_of_payment


def files_of(cases: UseCases) -> list[Path]:
    return sorted((cases.folder / "payments").glob("*"))


@each_address
def test_a_run_pays_what_is_owed_territory_by_territory_and_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, published=("reg-53", "reg-11")) as cases:
        for cents in (200_000, 350_000):
            ordered(cases, cents=cents)
        ordered(cases, territory="reg-11", cents=500_000)
        report = run_payments(cases, ON)
        assert (len(report.delivered), report.lines, report.cents) == (2, 3, 1_050_000)
        assert report.failed == report.set_aside == ()
        assert [path.name for path in files_of(cases)] == [
            "BAC-A-SABLE_pivot_fds-volet-2_reg-11_2020-04-20_0001.csv",
            "BAC-A-SABLE_pivot_fds-volet-2_reg-53_2020-04-20_0001.csv",
        ]
        assert faults_of_payment(cases) == []
        assert run_payments(cases, ON) == PaymentReport(ON)
        ordered(cases)
        assert run_payments(cases, ON).delivered[0].batch.number == 2
        assert faults_of_payment(cases) == []


def test_a_file_can_be_written_again_from_the_database_alone(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        for number in range(3):
            ordered(cases, answers={"titulaire": f"Société n° {number}"})
        (done,) = run_payments(cases, ON).delivered
        (path,) = files_of(cases)
        before = path.read_bytes()
        path.unlink()
        elsewhere = replace(cases, folder=tmp_path / "elsewhere")
        batch = cases.store.read(lambda tx: batches.by_id(tx, done.batch.id))
        assert write_file(elsewhere, batch).content == before
        assert (batch.state, batch.bytes, batch.lines, batch.cents) == ("transmitted", len(before), 3, 600_000)


def test_a_file_that_does_not_hold_the_sum_of_its_orders_does_not_leave(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        (done,) = run_payments(cases, ON).delivered
        batch = replace(done.batch, cents=done.batch.cents + 1)
        with pytest.raises(TotalsDiffer, match="200001 cents, file 1 and 200000"):
            write_file(cases, batch)


def test_a_delivery_that_fails_is_said_and_taken_up_by_the_next_run(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        cases.folder.mkdir(parents=True, exist_ok=True)
        (cases.folder / "payments").write_text("a file where a folder should be")
        (failed,) = run_payments(cases, ON).failed
        assert (failed.scheme, failed.territory) == ("fds-volet-2", "reg-53")
        (cases.folder / "payments").unlink()
        ordered(cases)
        report = run_payments(cases, ON)
        assert [one.batch.lines for one in report.delivered] == [1, 1]
        assert faults_of_payment(cases) == []


def test_a_batch_left_behind_is_finished_by_the_worker_too(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        (done,) = run_payments(cases, ON).delivered
        cases.store.act(
            lambda tx: tx.run(
                update(batch_table).where(batch_table.c.id == done.batch.id).values(state="written", sha256="")
            )
        )
        cases.store.act(lambda tx: outbox.put(tx, "deliver_batch", {"batch": done.batch.id}))
        drain(cases)
        assert cases.store.read(lambda tx: batches.by_id(tx, done.batch.id)).state == "transmitted"
        assert faults_of_payment(cases) == []


def test_delivering_tells_each_applicant_once(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = ordered(cases)
        run_payments(cases, ON)
        drain(cases)
        (notice,) = cases.store.read(lambda tx: notices.of_dossier(tx, made.dossier))
    assert notice.event == "payment_ordered"
    assert "2\u202f000\u00a0€" in notice.body


def test_a_live_instance_pays_nothing_while_references_are_left_to_complete(tmp_path: Path) -> None:
    with an_instance(tmp_path, mode="live") as cases:
        ordered(cases)
        (failed,) = run_payments(cases, ON).failed
        assert "payment_placeholders" in failed.error
        assert files_of(cases) == []


def test_only_the_scheme_asked_for_is_paid(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        assert run_payments(cases, ON, "haute-savoie-1000") == PaymentReport(ON)
        assert run_payments(cases, ON, "fds-volet-2").lines == 1
