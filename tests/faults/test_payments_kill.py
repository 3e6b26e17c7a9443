"""A payment run killed at any step, or run twice at once: each order is in one file and no other, none is lost."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from children import children, end, go, run_child
from databases import each_address, sqlite_url
from guichet.services import payment_orders
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.storage import Tx, journal
from guichet.storage.tables import batch, batch_file
from worked import Granted, a_filed_dossier, an_instance, decided, snapshot_of
from worked_books import faults_of_payment, ordered, paid_orders

ON = date(2020, 4, 20)
POINTS = ("check", "write", "before-delivery", "after-delivery")


def order_payments(cases: UseCases, number: int) -> None:
    for _ in range(number):
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(snapshot_of("fds-volet-2", "reg-53").hash)

        def act(tx: Tx, dossier: Any = dossier, compiled: Any = compiled) -> Granted:
            granted = decided(cases, tx, dossier)
            payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)
            return granted

        cases.store.act(act)


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_any_step_is_finished_by_the_next(tmp_path: Path, point: str) -> None:
    url, folder = sqlite_url(tmp_path), tmp_path / "instance"
    with an_instance(tmp_path, url) as cases:
        order_payments(cases, 5)

    code, said = run_child(url, folder, "pay", die_at=point)
    assert code == -signal.SIGKILL
    assert "done" not in said
    code, said = run_child(url, folder, "pay", die_at=point)

    assert (code, said[-1]) == (0, "done"), said
    with an_instance(tmp_path, url, published=()) as cases:
        assert faults_of_payment(cases) == []
        assert sum(paid_orders(folder).values()) == 5
        assert run_payments(cases, ON).delivered == ()


@pytest.mark.parametrize(("taken", "told"), [(False, 0), (True, 1)])
def test_a_file_laid_just_before_the_end_is_found_or_its_doubt_is_told(tmp_path: Path, taken: bool, told: int) -> None:
    """Killed between laying the file and noting it: found again it is one delivery, taken meanwhile nobody can tell."""
    url, folder = sqlite_url(tmp_path), tmp_path / "instance"
    with an_instance(tmp_path, url) as cases:
        order_payments(cases, 1)
    code, _ = run_child(url, folder, "pay", die_at="after-delivery")
    assert code == -signal.SIGKILL
    (file,) = (folder / "payments").glob("*.csv")
    before = file.read_bytes()
    if taken:
        file.unlink()
    with an_instance(tmp_path, url, published=()) as cases:
        run_payments(cases, ON)
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.page(tx, "reg-53"))]
        assert kinds.count("batch_file_laid_again") == told
        assert file.read_bytes() == before


@each_address
def test_two_runs_at_once_put_each_order_in_one_file(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        with an_instance(tmp_path, url) as cases:
            order_payments(cases, 40)
        with children(url, tmp_path / "instance", ("pay", "pay")) as both:
            for child in both:
                go(child)
            ended = [end(child) for child in both]

        assert [code for code, _ in ended] == [0, 0], ended
        with an_instance(tmp_path, url, published=()) as cases:
            assert faults_of_payment(cases) == []
            assert len(ordered(cases)) == 40


def seal_by_an_older_version(cases: UseCases, folder: Path) -> None:
    """A batch sealed with bytes that the version of today does not write, and handed over to nobody."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "payments").write_text("a file where the folder should be", encoding="utf-8")
    assert run_payments(cases, ON).failed
    (folder / "payments").unlink()

    def act(tx: Tx) -> None:
        assert tx.run(update(batch_file).values(sha256="0" * 64)).rowcount == 1
        tx.run(update(batch).values(sha256="0" * 64))

    cases.store.act(act)


@each_address
@pytest.mark.parametrize("point", ["write", "before-delivery"])
def test_a_run_killed_over_a_batch_of_an_older_version_is_finished_by_the_next(
    address: Any, tmp_path: Path, point: str
) -> None:
    with address(tmp_path) as url:
        folder = tmp_path / "instance"
        with an_instance(tmp_path, url) as cases:
            order_payments(cases, 3)
            seal_by_an_older_version(cases, folder)
        assert run_child(url, folder, "pay", die_at=point)[0] == -signal.SIGKILL
        with children(url, folder, ("pay", "pay")) as both:  # two versions upgraded at once, on the same batch
            for child in both:
                go(child)
            ended = [end(child)[0] for child in both]
        assert ended == [0, 0]
        with an_instance(tmp_path, url, published=()) as cases:
            run_payments(cases, ON)
            assert faults_of_payment(cases) == []
            assert sum(paid_orders(folder).values()) == 3
            kinds = [line.kind for line in cases.store.read(lambda tx: journal.page(tx, "reg-53"))]
            assert (kinds.count("batch_sealed_again"), kinds.count("batch_transmitted")) == (1, 1)


def test_the_books_go_red_when_an_order_stands_in_two_files(tmp_path: Path) -> None:
    """The sabotage: what the tests above read back does see a doubled order and a lost one."""
    with an_instance(tmp_path) as cases:
        order_payments(cases, 2)
        run_payments(cases, ON)
        (file,) = (cases.folder / "payments").glob("*.csv")
        lines = file.read_bytes().splitlines(keepends=True)
        (file.parent / "again.csv").write_bytes(b"".join(lines[:2]))
        file.write_bytes(b"".join(lines[:2]))

        assert any("is in 2 files" in fault for fault in faults_of_payment(cases))
        assert any("is in no file" in fault for fault in faults_of_payment(cases))
