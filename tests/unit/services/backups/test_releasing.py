"""What a release believes of the files it is given: money that left is not sent again, money that did not is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from guichet.errors import ProblemsFound
from guichet.model.records import Dossier
from guichet.services.backups.releasing import release
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.services.quarantine import standing
from guichet.storage import heartbeats, restorations
from worked import DAY, a_filed_dossier, an_instance

from .test_restoring import ON, granted, payment_files


@contextmanager
def held_back(tmp_path: Path) -> Iterator[tuple[UseCases, Dossier, list[Path]]]:
    """An instance whose one order left after its backup: the files are there, the database does not know it."""
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        granted(cases, dossier)
        run_payments(cases, ON)
        _forget_what_left(cases)
        yield cases, dossier, payment_files(cases)


def _forget_what_left(cases: UseCases) -> None:
    def act(tx: Any) -> None:
        tx.run(text("UPDATE payment_order SET state = 'ordered', batch = NULL"))
        tx.run(text("DELETE FROM batch_line"))
        tx.run(text("DELETE FROM batch_file"))
        tx.run(text("DELETE FROM batch"))
        restorations.enter(tx, backup="b", backup_at=DAY)

    cases.store.act(act)


def put_back(cases: UseCases, *files: Path) -> int:
    """Release on those files; gives how many orders they had taken."""
    done = release(cases, delivered=files, nothing_left=False, because="Disque perdu", by="Anne Le Goff")
    return len(done.transmitted)


def test_a_file_that_is_no_text_releases_nothing_even_where_chance_makes_references(tmp_path: Path) -> None:
    with held_back(tmp_path) as (cases, dossier, _):
        for head in (b"%PDF-1.7\n", b"PK\x03\x04", b"\x1f\x8b\x08"):
            (tmp_path / "etat").write_bytes(head + b" 0000000000 " + dossier.reference.encode() + b"\n")
            with pytest.raises(ProblemsFound) as refused:
                put_back(cases, tmp_path / "etat")
            assert refused.value.problems[0].code == "restore.not_text"
        assert standing(cases) is not None


def test_an_instalment_that_the_file_did_not_take_is_still_to_be_paid(tmp_path: Path) -> None:
    with held_back(tmp_path) as (cases, _, files):
        cases.store.act(_add_second_instalment)
        assert put_back(cases, *files) == 1
        assert run_payments(cases, ON).lines == 1


def test_a_file_that_quotes_dossiers_alone_took_every_order_that_waits(tmp_path: Path) -> None:
    with held_back(tmp_path) as (cases, dossier, _):
        cases.store.act(_add_second_instalment)
        (tmp_path / "lignes.txt").write_text(f"DUPONT;{dossier.reference};2000,00\n", "utf-8")
        assert put_back(cases, tmp_path / "lignes.txt") == 2
        assert run_payments(cases, ON).lines == 0


def _add_second_instalment(tx: Any) -> None:
    columns = "scheme, territory, dossier, decision, cents, payee, iban, bic, siret, label, state, created_at, state_at"
    tx.run(
        text(
            f"INSERT INTO payment_order (id, reference, instalment, {columns})"
            f" SELECT 'second', 'ZZZZZZZZZZ', 2, {columns} FROM payment_order"
        )
    )


def test_the_workers_of_the_lost_machine_are_not_missed(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        cases.store.act(lambda tx: heartbeats.beat(tx, heartbeats.Beat("perdu", DAY, DAY)))
        cases.store.act(lambda tx: restorations.enter(tx, backup="b", backup_at=DAY))
        assert cases.store.read(heartbeats.every_beat) == []
