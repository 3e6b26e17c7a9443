"""Suspension by the accountant, and the resumption: once for each order, in one later file, on both databases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from databases import each_address
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.deliveries import deliver_batch, finish_batch, write_file
from guichet.services.payments import run_payments
from guichet.services.refusals import Refused
from guichet.services.suspensions import resume_payments, suspend_payments
from guichet.storage import Tx, batches, holds, journal, outbox, payment_runs
from guichet.storage import payments as orders
from guichet.storage.tables import batch_line
from guichet.storage.tables import outbox as outbox_table
from paying import ON, SCHEME, ordered, run_later, sent_lines
from worked import an_instance

WHY = "Le payeur vérifie la compétence."


def of_reference(cases: UseCases, order: PaymentOrder) -> PaymentOrder:
    return cases.store.read(lambda tx: orders.by_id(tx, order.id))


def owed(cases: UseCases, event: str) -> int:
    rows = cases.store.read(lambda tx: tx.all(select(outbox_table.c.payload)))
    return sum(row.payload.get("event") == event for row in rows)


@each_address
def test_a_place_is_suspended_whole_and_every_applicant_is_told_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, published=("reg-53", "reg-11")) as cases:
        sent, other = ordered(cases), ordered(cases, territory="reg-11")
        run_payments(cases, ON)
        waiting = ordered(cases)
        moved = suspend_payments(cases, SCHEME, "reg-53", WHY)
        assert (moved.orders, moved.cents, moved.held) == (2, 400_000, True)
        assert [of_reference(cases, one).state for one in (sent, waiting, other)] == [
            "suspended",
            "suspended",
            "transmitted",
        ]
        assert suspend_payments(cases, SCHEME, "reg-53", WHY).orders == 0
        assert owed(cases, "payment_suspended") == 2
        kinds = Counter(line.kind for line in cases.store.read(lambda tx: journal.page(tx, "reg-53")))
        assert (kinds["payments_held"], kinds["payment_suspended"]) == (1, 2)


def test_what_is_decided_while_payments_are_held_is_ordered_and_waits(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        suspend_payments(cases, SCHEME, "reg-53", WHY)
        made = ordered(cases)
        report = run_payments(cases, ON)
        assert (report.delivered, [hold.because for hold in report.held]) == ((), [WHY])
        assert of_reference(cases, made).state == "ordered"
        assert resume_payments(cases, SCHEME, "reg-53").held
        assert run_later(cases).lines == 1


@each_address
def test_a_file_that_was_about_to_leave_is_told_and_waits_for_the_resumption(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        made = ordered(cases)
        batch = cases.store.act(lambda tx: batches.write(tx, **_batch(tx, cases, made)))
        moved = suspend_payments(cases, SCHEME, "reg-53", WHY)
        assert (moved.orders, moved.left) == (0, ((made.reference, "leaving"),))
        deliver_batch(cases, {"batch": batch.id})
        assert run_payments(cases, ON).delivered == ()
        assert sent_lines(cases) == Counter()
        named = suspend_payments(cases, SCHEME, "reg-53", WHY, references=[made.reference, "0000000000"])
        assert dict(named.left) == {made.reference: "leaving", "0000000000": "unknown"}
        resume_payments(cases, SCHEME, "reg-53")
        deliver_batch(cases, {"batch": batch.id})
        assert sent_lines(cases) == {made.reference: 1}


def _batch(tx: Tx, cases: UseCases, made: PaymentOrder) -> dict[str, Any]:
    # The frozen settings of a run, taken where the run takes them.
    from guichet.services.batch_settings import frozen_settings
    from guichet.services.deliveries import freeze

    compiled = cases.snapshots.current(SCHEME, "reg-53")
    assert compiled is not None
    payment = compiled.scheme.payment
    assert payment is not None
    frozen = freeze(frozen_settings(cases, compiled, payment, ON))
    return {"scheme": SCHEME, "territory": "reg-53", "payer": "", "on_day": ON, "orders": [made], "frozen": frozen}


@each_address
def test_a_suspension_that_meets_a_file_being_laid_is_whole_once_it_is_run_again(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        made = ordered(cases)
        batch = cases.store.act(lambda tx: batches.write(tx, **_batch(tx, cases, made)))
        suspend_payments(cases, SCHEME, "reg-53", WHY)
        finish_batch(cases, batch)  # the run was past the hold: its file was in the receiver's hands
        assert of_reference(cases, made).state == "transmitted"
        again = suspend_payments(cases, SCHEME, "reg-53", WHY)
        assert (again.orders, again.left, again.held) == (1, (), False)
        assert owed(cases, "payment_suspended") == 1
        resume_payments(cases, SCHEME, "reg-53")
        assert [run_later(cases).lines for _ in range(2)] == [1, 0]
        assert sent_lines(cases) == {made.reference: 2}


@each_address
def test_a_resumed_order_goes_into_one_later_file_under_its_own_reference(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        made = [ordered(cases) for _ in range(3)]
        (first,) = run_payments(cases, ON).delivered
        before = write_file(cases, first.batch).content
        suspend_payments(cases, SCHEME, "reg-53", WHY)
        assert resume_payments(cases, SCHEME, "reg-53", "Levée.").orders == 3
        assert resume_payments(cases, SCHEME, "reg-53").orders == 0
        assert {of_reference(cases, one).state for one in made} == {"resumed"}
        assert [run_later(cases).lines for _ in range(3)] == [3, 0, 0]
        assert sent_lines(cases) == {one.reference: 2 for one in made}
        assert {of_reference(cases, one).state for one in made} == {"transmitted"}
        lines = cases.store.read(lambda tx: tx.all(select(batch_line.c.payment_order, batch_line.c.sending)))
        assert sorted((row.payment_order, row.sending) for row in lines) == sorted(
            (one.id, sending) for one in made for sending in (1, 2)
        )
        assert write_file(cases, first.batch).content == before, "the first file is written again the same"
        assert (owed(cases, "payment_suspended"), owed(cases, "payment_resumed")) == (3, 3)


def test_an_order_paid_before_its_resumption_leaves_no_second_time(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made, other = ordered(cases), ordered(cases)
        run_payments(cases, ON)
        suspend_payments(cases, SCHEME, "reg-53", WHY)
        cases.store.act(lambda tx: orders.move(tx, made.id, "paid"))
        assert resume_payments(cases, SCHEME, "reg-53").orders == 1
        cases.store.act(lambda tx: orders.move(tx, other.id, "paid"))
        assert run_later(cases).delivered == ()
        assert sent_lines(cases) == {made.reference: 1, other.reference: 1}


def test_one_order_is_suspended_and_resumed_alone(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made, other = ordered(cases), ordered(cases)
        run_payments(cases, ON)
        alone = suspend_payments(cases, SCHEME, "reg-53", WHY, references=[made.reference])
        assert (alone.orders, alone.held, alone.left) == (1, False, ())
        assert of_reference(cases, other).state == "transmitted"
        assert cases.store.read(holds.of_schemes) == []
        again = suspend_payments(cases, SCHEME, "reg-53", WHY, references=[made.reference])
        assert again.left == ((made.reference, "suspended"),)
        assert resume_payments(cases, SCHEME, "reg-53", references=[made.reference]).orders == 1
        assert run_later(cases).lines == 1


def test_a_second_suspension_is_a_message_of_its_own(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = ordered(cases)
        run_payments(cases, ON)
        for _ in range(2):
            suspend_payments(cases, SCHEME, "reg-53", WHY, references=[made.reference])
            resume_payments(cases, SCHEME, "reg-53", references=[made.reference])
        run_later(cases)
        assert (owed(cases, "payment_suspended"), sent_lines(cases)[made.reference]) == (2, 2)


def test_a_suspension_says_why(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, pytest.raises(Refused) as refusal:
        suspend_payments(cases, SCHEME, "reg-53", "  ")
    assert refusal.value.code == "suspension_without_reason"


def test_an_order_set_aside_is_suspended_with_the_others_and_stays_aside(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = ordered(cases, answers={"titulaire": "=1+1"})
        run_payments(cases, ON)
        suspend_payments(cases, SCHEME, "reg-53", WHY)
        resume_payments(cases, SCHEME, "reg-53")
        assert run_later(cases).lines == 0
        ((kept, _),) = cases.store.read(payment_runs.set_aside)
        assert kept.id == made.id
        assert cases.store.read(lambda tx: outbox.counts(tx))[("notice", "queued")] == 2
