"""A worker killed between the gateway's answer and our note of it: the text message leaves again, as the same one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

import texting
from databases import SteppedClock
from guichet.services import notices as sending
from guichet.storage import notices
from guichet.worker.loop import LEASE, drain
from texting import a_gateway, a_texting_instance, a_told_dossier, opened
from worked import DAY


def kill_in_the_middle(folder: Path) -> tuple[list[str], dict[str, int]]:
    """Play the event with a worker that dies while the gateway answers, then another; gives the ids and the tries."""
    workers: list[subprocess.Popen[str]] = []

    def die(_name: str) -> None:
        if len(workers) == 1 and workers[0].poll() is None:
            workers[0].kill()
            workers[0].wait()

    with a_gateway(die) as gateway:
        with a_texting_instance(folder, gateway.served.url) as cases:
            dossier = a_told_dossier(cases)
        folders = os.pathsep.join(path for path in sys.path if path)
        workers.append(
            subprocess.Popen(
                [sys.executable, texting.__file__, str(folder), gateway.served.url],
                text=True, env=os.environ | {"PYTHONPATH": folders}, stdout=subprocess.DEVNULL,
            )
        )  # fmt: skip
        assert workers[0].wait(timeout=60) == -signal.SIGKILL
        clock = SteppedClock(DAY)
        clock.move(seconds=LEASE.total_seconds() + 1)
        cases = opened(folder, gateway.served.url, clock=clock)
        try:
            drain(cases)
            rows = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        finally:
            cases.store.close()
        return [name for name, _ in gateway.taken], {f"{row.channel} {row.state}": row.attempts for row in rows}


def test_it_leaves_at_least_once_always_as_the_same_message(tmp_path: Path) -> None:
    names, rows = kill_in_the_middle(tmp_path)
    assert len(names) == 2
    assert len(set(names)) == 1
    assert rows == {"email sent": 1, "sms sent": 1}


def test_without_an_id_that_follows_from_the_mail_s_the_second_is_another_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotage: the same kill with the protection switched off is seen."""
    monkeypatch.setattr(sending, "id_for", lambda *_parts: str(uuid4()))
    names, _rows = kill_in_the_middle(tmp_path)
    assert len(set(names)) == 2
