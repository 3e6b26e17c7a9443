"""A worker killed between an effect and its note leaves a duty that another does again, and nothing is doubled."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from children import children, end, go, run_child
from databases import SteppedClock, each_address, sqlite_url
from guichet.services.cases import UseCases
from guichet.storage import Tx, journal, outbox
from guichet.worker.loop import LEASE, drain
from worked import DAY, a_filed_dossier, an_instance, decided
from worked_books import doubled, effects


def owe(cases: UseCases, number: int, *, letters: bool = True) -> None:
    """Queue what filing and deciding queue."""
    for _ in range(number):
        dossier = a_filed_dossier(cases)

        def act(tx: Tx, dossier: Any = dossier) -> None:
            outbox.put(tx, "receipt", {"dossier": dossier.id}, key=f"receipt:{dossier.id}")
            if letters:
                decision = decided(cases, tx, dossier).decision
                payload = {"dossier": dossier.id, "decision": decision.id}
                outbox.put(tx, "letter", payload, key=f"letter:{decision.id}")

        cases.store.act(act)


def later() -> SteppedClock:
    """A clock on which the leases of the dead have run out."""
    clock = SteppedClock(DAY)
    clock.move(seconds=LEASE.total_seconds() + 1)
    return clock


@pytest.mark.parametrize("point", ["rendered", "sent"])
def test_a_duty_cut_short_is_done_again_and_nothing_is_doubled(tmp_path: Path, point: str) -> None:
    url, folder = sqlite_url(tmp_path), tmp_path / "instance"
    with an_instance(tmp_path, url) as cases:
        owe(cases, 2)

    code, _ = run_child(url, folder, "drain", die_at=point)
    assert code == -signal.SIGKILL

    with an_instance(tmp_path, url, published=(), clock=later()) as cases:
        drain(cases)
        found = effects(cases)
        assert doubled(found) == []
        assert sum(found["documents"].values()) == 4
        assert sum(found["notices"].values()) == sum(found["mails"].values()) == 4
        assert not found["unsent"]


def test_without_ids_that_follow_from_what_they_are_about_a_message_leaves_twice(tmp_path: Path) -> None:
    """The sabotage: the same kill with the protection switched off is seen."""
    url, folder = sqlite_url(tmp_path), tmp_path / "instance"
    with an_instance(tmp_path, url) as cases:
        owe(cases, 1, letters=False)

    code, _ = run_child(url, folder, "doubling", die_at="sent")
    assert code == -signal.SIGKILL

    with an_instance(tmp_path, url, published=(), clock=later()) as cases:
        drain(cases)
        assert doubled(effects(cases)) != []


@each_address
def test_several_workers_killed_anywhere_lose_nothing_and_double_nothing(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        with an_instance(tmp_path, url) as cases:
            owe(cases, 15)
        works = ("drain", "drain")
        for pause in (0.2, 0.5):
            with children(url, tmp_path / "instance", works) as workers:
                for child in workers:
                    go(child)
                time.sleep(pause)
        clock = later()
        clock.move(minutes=10)
        with an_instance(tmp_path, url, published=(), clock=clock) as cases:
            drain(cases)
            found = effects(cases)
            assert doubled(found) == []
            assert sum(found["documents"].values()) == 30
            assert sum(found["notices"].values()) == sum(found["mails"].values()) == 30
            assert cases.store.read(lambda tx: journal.verify(tx, "reg-53").faults) == []
            assert {state for _, state in cases.store.read(outbox.counts)} == {"done"}


@each_address
def test_workers_side_by_side_share_the_duties(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        with an_instance(tmp_path, url) as cases:
            owe(cases, 20, letters=False)
        with children(url, tmp_path / "instance", ("drain", "drain")) as workers:
            for child in workers:
                go(child)
            ended = [end(child) for child in workers]
        assert [code for code, _ in ended] == [0, 0], ended
        with an_instance(tmp_path, url, published=()) as cases:
            drain(cases)
            found = effects(cases)
            assert doubled(found) == []
            assert sum(found["mails"].values()) == 20
