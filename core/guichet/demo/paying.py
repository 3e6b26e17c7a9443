"""Letters, messages and payment files: what the worker owes after the decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from guichet.demo.stage import Stage
from guichet.errors import GuichetError
from guichet.services.payments import PaymentReport, run_payments
from guichet.storage import outbox
from guichet.worker.loop import drain

__all__ = ["DutyLost", "pay", "write_letters"]

_WRITTEN = ("receipt", "letter", "notice", "recheck")


class DutyLost(GuichetError):  # noqa: N818  reads as the fact it states
    """A duty failed, or a payment file did not leave: a demonstration has no excuse for it."""


def write_letters(stage: Stage) -> None:
    """Write and send everything that is due to applicants."""
    with stage.timed("letters"), _watched(stage, "letters", _WRITTEN):
        went = drain(stage.cases, kinds=_WRITTEN, worker_name="demo", threads=stage.threads)
    if went.failed or went.dead:
        raise DutyLost(f"{went.failed} duties failed, {went.dead} given up")


def pay(stage: Stage) -> PaymentReport:
    """Write and deliver the day's payment files."""
    with stage.timed("payment"):
        report = run_payments(stage.cases, stage.day, stage.scheme)
    for failed in report.failed:
        raise DutyLost(f"{failed.territory}: {failed.error}")
    stage.told("payment", report.lines, report.lines)
    return report


@contextmanager
def _watched(stage: Stage, step: str, kinds: tuple[str, ...]) -> Iterator[None]:
    """Tell now and then how many duties of some kinds are done."""
    over = Event()

    def look() -> None:
        counts = stage.cases.store.read(outbox.counts)
        done, left = (_counted(counts, kinds, state) for state in ("done", "queued"))
        stage.told(step, done, done + left)

    def watch() -> None:
        while not over.wait(0.5):
            look()

    watcher = Thread(target=watch, name="guichet-demo-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    look()


def _counted(counts: Mapping[tuple[str, str], int], kinds: Sequence[str], state: str) -> int:
    return sum(number for (kind, at), number in counts.items() if kind in kinds and at == state)
