"""The batch of a run: an order that the writer cannot write waits alone, and leaves once it is mended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from guichet.catalogue import write_snapshot
from guichet.errors import ProblemsFound
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.payments import PaymentReport, run_payments
from guichet.storage import Tx, journal, payment_runs
from guichet.storage import payments as orders
from paying import ON, ordered
from worked import an_instance, publish_snapshot
from worked_books import faults_of_payment, paid_orders


def test_a_hostile_name_sets_one_order_aside_and_is_shown(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        hostile = ordered(cases, answers={"titulaire": "=cmd|'/c calc'!A1"})
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
        run_payments(cases, ON)
        cases.store.act(lambda tx: _mend(tx, hostile.id))
        assert run_payments(cases, ON).lines == 1
        assert paid_orders(cases.folder)[hostile.reference] == 1


def _mend(tx: Tx, order_id: str) -> None:
    from guichet.storage.tables import payment_order  # the payee is corrected by hand, as an agent will

    tx.run(update(payment_order).where(payment_order.c.id == order_id).values(payee="Anne Le Goff"))
    orders.take_back(tx, order_id)


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
        kinds = [line.kind for one in made for line in cases.store.read(lambda tx, one=one: _events(tx, one))]
        assert kinds.count("payment_taken_back") == 2
        assert faults_of_payment(cases) == []


def _events(tx: Tx, order: PaymentOrder) -> Any:
    return journal.of_subject(tx, order.dossier)


def test_what_the_batch_makes_too_long_for_one_order_keeps_no_other_from_leaving(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        long = ordered(cases, answers={"titulaire": "Anne-Marie Le Goff de Kersauson"})
        _publish_with_a_column(cases, "{statement} {payee}", at_most=len("EL-fds-volet-2-reg-53-20200525-0001") + 25)
        report = run_payments(cases, ON)
        assert report.lines == 1
        assert [one.order.id for one in report.set_aside] == [long.id]
        assert "{statement}" in report.set_aside[0].reason

        _publish_with_a_column(cases, "{statement} {payee}", at_most=80)
        assert run_payments(cases, ON).lines == 1
        assert faults_of_payment(cases) == []


def test_a_column_too_narrow_for_what_every_batch_is_called_sets_all_aside_and_says_it(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = [ordered(cases) for _ in range(2)]
        _publish_with_a_column(cases, "{statement}", at_most=30)
        assert [one.order.id for one in run_payments(cases, ON).set_aside] == [one.id for one in made]
        _publish_with_a_column(cases, "{statement}", at_most=40)
        assert run_payments(cases, ON).lines == 2


def _publish_with_a_column(cases: UseCases, template: str, at_most: int | None = None) -> None:
    compiled = cases.snapshots.current("fds-volet-2", "reg-53")
    assert compiled is not None
    payment = compiled.scheme.payment
    assert payment is not None
    columns = {**payment.writer.options["columns"], "service": template}
    limits = {**payment.writer.options.get("max_lengths", {})} | ({"service": at_most} if at_most else {})
    options = {**payment.writer.options, "columns": columns, "max_lengths": limits}
    writer = payment.writer.model_copy(update={"options": options})
    scheme = compiled.scheme.model_copy(update={"payment": payment.model_copy(update={"writer": writer})})
    cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(scheme, "reg-53", {})))
    cases.snapshots.refresh()


def test_a_day_that_has_not_come_is_refused_whoever_asks(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        ordered(cases)
        with pytest.raises(ProblemsFound) as found:
            run_payments(cases, ON + timedelta(days=1))
        assert [problem.code for problem in found.value.problems] == ["run.payment_ahead"]
        assert run_payments(cases, ON).lines == 1
