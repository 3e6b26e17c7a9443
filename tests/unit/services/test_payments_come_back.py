"""A transfer that comes back after it was paid: rejected once, mended by another account, never paid twice."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from children import run_child
from databases import SteppedClock, each_address, sqlite_url
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.later_forms import file_later
from guichet.services.payment_orders import order_payment
from guichet.services.payment_returns import Imported, import_returns
from guichet.services.payments import run_payments
from guichet.services.refusals import NotFound
from guichet.storage import Tx, decisions, dossiers, envelopes, journal, later_filings, payment_runs
from guichet.storage import payments as orders
from guichet.storage.tables import outbox
from paying import HS, ON, local_order
from worked import DAY, an_instance

HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"
GOOD = {"titulaire": "LUCIE FAVRE", "iban": "FR14 2004 1010 0505 0001 3M02 606"}
PAID, BACK = "payé;20/04/2020;1000,00;;;", "rejeté;24/04/2020;1000,00;;;Compte clos (AC04)"
OLDER, SAME_DAY = "rejeté;19/04/2020;1000,00;;;", "rejeté;20/04/2020;1000,00;;;Compte clos (AC04)"


def an_instance_of_may(tmp_path: Path, url: str | None = None, *, fresh: bool = True) -> Any:
    clock = SteppedClock(DAY)
    clock.move(days=10)
    return an_instance(tmp_path, url, scheme=HS, published=("dep-74",) if fresh else (), clock=clock)


def read(cases: UseCases, folder: Path, order: PaymentOrder, *said: str) -> Imported:
    folder.mkdir(exist_ok=True)
    file = folder / "retour.csv"
    rows = "".join(f"{order.reference};{one}\r\n" for one in said)
    file.write_text(HEAD + rows, encoding="utf-8", newline="")
    return import_returns(cases, HS, "dep-74", file)


def sent(cases: UseCases) -> PaymentOrder:
    """An order that left, with what its decision took of the envelope."""
    order = local_order(cases)
    run_payments(cases, ON)

    def commit(tx: Tx) -> None:
        opened = envelopes.open_envelope(tx, scheme=HS, territory="dep-74", ceiling_cents=5_000_000)
        envelopes.commit(tx, opened.id, cents=order.cents, dossier=order.dossier)

    cases.store.act(commit)
    return order


def owed(cases: UseCases) -> list[Any]:
    """What is to be looked at of undone decisions."""
    rows = cases.store.read(lambda tx: tx.all(select(outbox.c.payload).where(outbox.c.kind == "money_came_back")))
    return [row.payload for row in rows]


def answer(cases: UseCases, order: PaymentOrder) -> bool:
    """Give another account, if it is asked."""
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
    try:
        return file_later(cases, dossier.account or "", dossier.reference, "new_iban", GOOD) == {}
    except NotFound:
        return False


def states(cases: UseCases, order: PaymentOrder) -> list[str]:
    return [one.state for one in cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))]


def sendings(cases: UseCases, order: PaymentOrder) -> int:
    """In how many lines of the files that left an order stands."""
    return sum(path.read_text().count(order.reference) for path in (cases.folder / "payments").glob("*.csv"))


@each_address
def test_money_that_came_back_is_asked_a_new_account_and_paid_again_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance_of_may(tmp_path, url) as cases:
        order = sent(cases)
        assert read(cases, tmp_path, order, PAID).ledger.applied == 1
        assert read(cases, tmp_path, order, PAID, BACK).ledger.applied == 1
        assert states(cases, order) == ["rejected"]
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.of_subject(tx, order.dossier))]
        assert kinds.count("payment_came_back") == 1
        assert owed(cases) == [{"dossier": order.dossier}]
        (asked,) = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert (asked.form, asked.state) == ("new_iban", "asked")
        assert answer(cases, order)
        assert not answer(cases, order)
        assert [run_payments(cases, ON).lines for _ in range(2)] == [1, 0]
        assert read(cases, tmp_path, order, PAID, BACK).ledger.applied == 0
        assert states(cases, order) == ["rejected", "transmitted"]
        held = cases.store.read(lambda tx: envelopes.find(tx, HS, "dep-74"))
        assert held is not None
        assert held.committed_cents == order.cents


REFUSED, PAID_SINCE = "rejeté;22/04/2020;1000,00;;;Compte clos (AC04)", "payé;23/04/2020;1000,00;;;"


@each_address
@pytest.mark.parametrize("answered", [False, True])
def test_an_account_mended_by_the_accountant_pays_the_first_order_and_no_other(
    address: Any, tmp_path: Path, answered: bool
) -> None:
    with address(tmp_path) as url, an_instance_of_may(tmp_path, url) as cases:
        order = sent(cases)
        assert read(cases, tmp_path, order, REFUSED).ledger.applied == 1
        assert not answered or answer(cases, order)
        assert read(cases, tmp_path, order, PAID_SINCE).ledger.applied == 1
        assert run_payments(cases, ON).lines == 0
        assert states(cases, order) == ["paid", "rejected"][: 1 + answered]
        assert not answer(cases, order)
        assert read(cases, tmp_path, order, REFUSED, PAID_SINCE).ledger.unchanged == 2
        assert read(cases, tmp_path, order, BACK).ledger.applied == 1
        assert answer(cases, order)
        assert run_payments(cases, ON).lines == 1


def test_a_payment_told_once_the_second_order_has_left_is_shown_as_paid_twice(tmp_path: Path) -> None:
    with an_instance_of_may(tmp_path) as cases:
        order = sent(cases)
        read(cases, tmp_path, order, REFUSED)
        assert answer(cases, order)
        run_payments(cases, ON)
        (line,) = read(cases, tmp_path, order, PAID_SINCE).rejected
        assert "risque d'être payée deux fois" in line.reason.fr
        assert states(cases, order) == ["rejected", "transmitted"]


@pytest.mark.parametrize("line", [OLDER, SAME_DAY])
def test_a_rejection_that_the_payment_followed_changes_nothing(tmp_path: Path, line: str) -> None:
    with an_instance_of_may(tmp_path) as cases:
        order = sent(cases)
        read(cases, tmp_path, order, PAID)
        (left,) = read(cases, tmp_path, order, line).rejected
        assert "postérieur au paiement" in left.reason.fr or "antérieur au dernier fichier" in left.reason.fr
        assert states(cases, order) == ["paid"]
        assert not answer(cases, order)


def test_in_whatever_order_the_lines_come_nothing_is_paid_twice(tmp_path: Path) -> None:
    """Each order of the lines, an answer after each: a second sending only after the money is known to be back."""
    with an_instance_of_may(tmp_path) as cases:
        for number, lines in enumerate(sorted(set(permutations((PAID, BACK, PAID, OLDER))))):
            order = sent(cases)
            for line in lines:
                read(cases, tmp_path, order, line)
                answer(cases, order)
                run_payments(cases, ON)
            made = cases.store.read(lambda tx, id_=order.dossier: orders.of_dossier(tx, id_))
            assert [one.state for one in made] == ["rejected", "transmitted"], (number, lines)
            assert [sendings(cases, one) for one in made] == [1, 1]


@each_address
def test_returns_and_answers_at_once_make_one_other_order(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance_of_may(tmp_path, url) as cases:
        order = sent(cases)
        read(cases, tmp_path, order, PAID)

        def one(number: int) -> int:
            if number % 2:
                return int(answer(cases, order))
            read(cases, tmp_path / str(number), order, BACK, PAID)
            return 0

        with ThreadPoolExecutor(8) as people:
            taken = sum(people.map(one, range(8)))
        assert taken + answer(cases, order) == 1
        assert states(cases, order) == ["rejected", "ordered"]
        assert cases.store.read(lambda tx: payment_runs.set_aside(tx, HS)) == []


@pytest.mark.parametrize("point", ["before-delivery", "after-delivery"])
def test_the_second_payment_cut_short_is_made_once(tmp_path: Path, point: str) -> None:
    url, folder = sqlite_url(tmp_path), tmp_path / "instance"
    with an_instance_of_may(tmp_path, url) as cases:
        order = sent(cases)
        read(cases, tmp_path, order, PAID, BACK)
        assert answer(cases, order)
    assert run_child(url, folder, "pay", die_at=point)[0] == -signal.SIGKILL
    assert run_child(url, folder, "pay")[0] == 0
    with an_instance_of_may(tmp_path, url, fresh=False) as cases:
        made = cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))
        assert [sendings(cases, one) for one in made] == [1, 1]
        assert states(cases, order) == ["rejected", "transmitted"]


def test_an_account_the_application_is_given_after_a_change_is_the_one_paid(tmp_path: Path) -> None:
    with an_instance_of_may(tmp_path) as cases:
        order = sent(cases)
        read(cases, tmp_path, order, REFUSED)
        assert answer(cases, order)
        made = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
        compiled = cases.snapshots.by_hash(made.snapshot_hash)

        def ordered(number: int) -> str:
            def act(tx: Tx) -> PaymentOrder | None:
                now = dossiers.by_id(tx, order.dossier)
                (decision,) = decisions.of_dossier(tx, order.dossier)
                return order_payment(cases, tx, compiled, now, decision, instalment=number, cents=1_00)

            made = cases.store.act(act)
            assert made is not None
            return made.iban

        assert ordered(2) == GOOD["iban"].replace(" ", "")
        latest = "FR7630004000031234567890143"
        cases.store.act(
            lambda tx: dossiers.save(
                tx, dossiers.by_id(tx, made.id), by="applicant", answers={**made.answers, "iban": latest}
            )
        )
        assert ordered(3) == latest
