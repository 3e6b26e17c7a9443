"""Orders made by decisions, and the day's files: everything that is owed, once, counted from the bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from databases import each_address
from guichet.catalogue import write_snapshot
from guichet.model.records import PaymentOrder
from guichet.services import payment_orders
from guichet.services.cases import UseCases
from guichet.services.deliveries import TotalsDiffer, write_file
from guichet.services.payments import PaymentReport, run_payments
from guichet.services.refusals import Refused
from guichet.storage import Tx, batches, journal, notices, outbox, payment_runs
from guichet.storage import payments as orders
from guichet.storage.errors import AlreadyOrderedError
from guichet.storage.tables import batch as batch_table
from guichet.worker.loop import drain
from worked import a_filed_dossier, an_instance, decided, publish_snapshot
from worked_books import faults_of_payment, paid_orders

ON = date(2020, 4, 20)


def ordered(cases: UseCases, *, cents: int = 200_000, territory: str = "reg-53", **values: Any) -> PaymentOrder | None:
    """The order of a grant."""
    dossier = a_filed_dossier(cases, territory=territory, **values)
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

    def act(tx: Tx) -> PaymentOrder | None:
        granted = decided(cases, tx, dossier, cents=cents)
        return payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)

    return cases.store.act(act)


def files_of(cases: UseCases) -> list[Path]:
    return sorted((cases.folder / "payments").glob("*"))


def test_an_order_names_the_holder_of_the_account_exactly(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = ordered(cases, answers={"titulaire": "SARL L'Étoile & Fils", "bic": "AGRIFRPP"})
        assert made is not None
        reference = cases.store.read(lambda tx: payment_runs.waiting(tx, [made]))[0].dossier
    assert (made.payee, made.iban, made.bic) == ("SARL L'Étoile & Fils", "FR7630006000011234567890189", "AGRIFRPP")
    assert (made.cents, made.siret, made.state) == (200_000, "73282932000074", "ordered")
    assert made.label == f"FDS VOLET 2 {reference}"


def test_nothing_is_ordered_for_practice_or_for_no_money(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        assert ordered(cases, practice=True) is None
        assert ordered(cases, cents=0) is None


def test_a_form_that_does_not_say_whom_to_pay_refuses_the_decision(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, pytest.raises(Refused) as refusal:
        ordered(cases, answers={"iban": None})
    assert refusal.value.code == "payee_missing"


@each_address
def test_an_instalment_is_ordered_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

        def act(tx: Tx) -> None:
            granted = decided(cases, tx, dossier)
            for _ in range(2):
                payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)

        with pytest.raises(AlreadyOrderedError):
            cases.store.act(act)
        assert cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id)) == []


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


def test_a_hostile_name_sets_one_order_aside_and_is_shown(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        hostile = ordered(cases, answers={"titulaire": "=cmd|'/c calc'!A1"})
        assert hostile is not None
        report = run_payments(cases, ON)
        ((kept, reference),) = cases.store.read(payment_runs.set_aside)
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.of_subject(tx, hostile.dossier))]
        again = run_payments(cases, ON)
    assert report.lines == 1
    assert report.set_aside[0].order.id == hostile.id == kept.id
    assert report.set_aside[0].dossier == reference
    assert "tableur" in report.set_aside[0].reason == (kept.set_aside_reason or "")
    assert "payment_set_aside" in kinds
    assert again == PaymentReport(ON)


def test_once_mended_an_order_goes_into_the_next_file(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        hostile = ordered(cases, answers={"titulaire": "+33"})
        assert hostile is not None
        run_payments(cases, ON)
        cases.store.act(lambda tx: _mend(tx, hostile.id))
        assert run_payments(cases, ON).lines == 1
        assert paid_orders(cases.folder)[hostile.reference] == 1


def _mend(tx: Tx, order_id: str) -> None:
    from guichet.storage.tables import payment_order  # the payee is corrected by hand, as an agent will

    tx.run(update(payment_order).where(payment_order.c.id == order_id).values(payee="Anne Le Goff"))
    orders.take_back(tx, order_id)


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
        assert made is not None
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


def test_what_a_missing_imputation_set_aside_is_paid_once_it_is_completed(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = [ordered(cases) for _ in range(2)]
        _publish_with_a_column(cases, "{service_fait}")
        assert [one.reason for one in run_payments(cases, ON).set_aside] == [
            "L'imputation « service_fait » manque : complétez-la chez le payeur ou dans le dispositif."
        ] * 2
        _publish_with_a_column(cases, "{exercice}")

        assert run_payments(cases, ON).lines == 2
        assert run_payments(cases, ON) == PaymentReport(ON)
        assert cases.store.read(payment_runs.set_aside) == []
        kinds = [line.kind for one in made if one for line in cases.store.read(lambda tx, one=one: _events(tx, one))]
        assert kinds.count("payment_taken_back") == 2
        assert faults_of_payment(cases) == []


def _events(tx: Tx, order: PaymentOrder) -> Any:
    return journal.of_subject(tx, order.dossier)


def _publish_with_a_column(cases: UseCases, template: str) -> None:
    compiled = cases.snapshots.current("fds-volet-2", "reg-53")
    assert compiled is not None
    payment = compiled.scheme.payment
    assert payment is not None
    columns = {**payment.writer.options["columns"], "service": template}
    writer = payment.writer.model_copy(update={"options": {**payment.writer.options, "columns": columns}})
    scheme = compiled.scheme.model_copy(update={"payment": payment.model_copy(update={"writer": writer})})
    cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(scheme, "reg-53", {})))
    cases.snapshots.refresh()
