"""A process killed in the middle of its acts loses none that it acknowledged and leaves none half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

import acting_child
from databases import each_address, opened
from guichet.storage import Store, journal
from guichet.storage.tables import outbox

ACTS = 300


def kill_in_the_middle(url: str, honesty: str) -> set[str]:
    """Give the numbers a child acknowledged before it was killed."""
    folders = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        [sys.executable, acting_child.__file__, url, honesty],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": folders},
    )
    with child:
        assert child.stdout is not None
        said = {child.stdout.readline().strip() for _ in range(ACTS)}
        child.send_signal(signal.SIGKILL)
        said.update(line.strip() for line in child.stdout if line.endswith("\n"))
    assert "" not in said, "the child ended by itself"
    return said


def kept(store: Store) -> dict[str, set[str]]:
    """Give the duties found of each act."""
    found: dict[str, set[str]] = {}
    for row in store.read(lambda tx: tx.all(select(outbox.c.key))):
        number, half = row.key.split("-")
        found.setdefault(number, set()).add(half)
    return found


@each_address
def test_no_acknowledged_act_is_lost_and_none_is_half_done(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        said = kill_in_the_middle(url, "honest")
        store = opened(url)
        found = kept(store)

        assert said <= found.keys()
        assert all(halves == {"first", "second"} for halves in found.values())
        assert {line.subject for line in store.read(lambda tx: journal.page(tx, "reg-53"))} == found.keys()
        assert store.read(lambda tx: journal.verify(tx, "reg-53").faults) == []
        store.close()


@each_address
def test_sabotage_acts_acknowledged_before_their_commit_are_lost(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        said = kill_in_the_middle(url, "faked")
        store = opened(url)

        assert said - kept(store).keys()
        store.close()
