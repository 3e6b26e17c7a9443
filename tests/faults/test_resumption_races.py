"""Many people resume and send at the same instant: each order is resumed once and in one later file, never two."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text, update

from databases import each_address, postgres_url
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.services.suspensions import resume_payments, suspend_payments
from guichet.storage import Tx, batches
from guichet.storage import payments as orders
from guichet.storage.tables import payment_order
from paying import ON, SCHEME, ordered, run_later, sent_lines
from worked import an_instance, opened_cases

NUMBER = 30


def at_once(works: list[Any]) -> list[Any]:
    start = Barrier(len(works))

    def one(work: Any) -> Any:
        start.wait(30)
        try:
            return work()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(works)) as people:
        return list(people.map(one, works))


def suspended_orders(cases: UseCases) -> list[str]:
    made = [ordered(cases) for _ in range(NUMBER)]
    run_payments(cases, ON)
    suspend_payments(cases, SCHEME, "reg-53", "Vérification.")
    return [one.reference for one in made]


@each_address
def test_four_resumptions_and_four_runs_at_once_send_each_order_once_more(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        references = suspended_orders(cases)
        others = [opened_cases(url, cases.folder) for _ in range(3)] if url.startswith("postgres") else [cases] * 3
        every = [cases, *others]
        resumed = at_once([lambda one=one: resume_payments(one, SCHEME, "reg-53", "Levée.") for one in every])
        assert sum(moved.orders for moved in resumed) == NUMBER, resumed
        assert sum(moved.held for moved in resumed) == 1
        runs = at_once([lambda one=one: run_later(one) for one in every])
        run_later(cases)
        assert not any(isinstance(run, Exception) for run in runs), runs
        assert sent_lines(cases) == dict.fromkeys(references, 2)
        for one in {id(other): other for other in others if other is not cases}.values():
            one.store.close()


@each_address
def test_a_payment_read_while_the_file_is_written_never_makes_a_second_one(address: Any, tmp_path: Path) -> None:
    """The accountant pays the first mandate while we resume: an order is paid, or sent again, and never both."""
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        suspended_orders(cases)
        resume_payments(cases, SCHEME, "reg-53")
        waiting = cases.store.read(lambda tx: orders.due(tx, SCHEME, "reg-53"))

        def pay(order_id: str) -> str:
            cases.store.act(lambda tx: orders.move(tx, order_id, "paid"))
            return order_id

        works = [lambda: run_later(cases), *(lambda one=one: pay(one.id) for one in waiting[:8])]
        found = at_once(works)
        paid = {one for one in found if isinstance(one, str)}
        sent = sent_lines(cases)
        for order in waiting:
            assert (order.id in paid) != (sent[order.reference] == 2), order.reference


@pytest.mark.postgres
def test_sabotage_without_the_guards_an_order_stands_in_two_later_files() -> None:
    """The twin: the same race on a writer that neither asks for a free order nor numbers its sendings goes red."""
    import tempfile  # the fixture's folder belongs to the other tests' databases

    with tempfile.TemporaryDirectory() as folder, postgres_url() as url, an_instance(Path(folder), url) as cases:
        suspended_orders(cases)
        resume_payments(cases, SCHEME, "reg-53")
        cases.store.act(
            lambda tx: tx.run(text("ALTER TABLE batch_line DROP CONSTRAINT uq_batch_line_payment_order_sending"))
        )
        meeting = Barrier(2)

        def one(day: int) -> None:
            def act(tx: Tx) -> None:
                tx.writes = False  # looked at without being held
                found = orders.due(tx, SCHEME, "reg-53")
                tx.writes = True
                meeting.wait(30)
                tx.run(update(payment_order).values(batch=None, state="resumed"))
                batches.write(tx, scheme=SCHEME, territory="reg-53", payer="", on_day=date(2020, 6, day), orders=found)

            cases.store.act(act)

        at_once([lambda: one(1), lambda: one(2)])
        lines = cases.store.read(lambda tx: tx.all(text("SELECT payment_order FROM batch_line")))
        assert max(Counter(row.payment_order for row in lines).values()) > 2
