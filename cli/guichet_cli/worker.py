"""`guichet worker`: does what is owed outside the request, until told to stop."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event
from types import FrameType

from guichet.locale import Text, format_number
from guichet.services.plugins_aside import note_set_aside
from guichet.storage import Tx, outbox
from guichet.worker.loop import drain, run
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.watched import under_watch

__all__ = ["command"]

_ABOUT = Text(
    fr="Fait ce qui est dû hors des pages : accusés, courriers, messages, fichiers de paiement. Avec PostgreSQL,"
    " lancez-en autant que vous voulez ; avec SQLite, guichet serve en contient déjà un. Ctrl-C l'arrête proprement.",
    en="Do what is owed outside the pages: receipts, letters, messages, payment files. On PostgreSQL, start as many as"
    " you like; on SQLite, guichet serve already holds one. Ctrl-C stops it cleanly.",
)
_DRAIN = Text(fr="Fait tout ce qui est dû maintenant, puis s'arrête.", en="Do everything that is due now, then stop.")
_REVIVE = Text(fr="Reprend d'abord les tâches abandonnées.", en="First take up again the duties given up.")
_REVIVED = Text(fr="Tâches abandonnées reprises : {count}.", en="Duties given up, taken up again: {count}.")
_NAME = Text(fr="Nom de cet exécutant (machine et processus sinon).", en="Name of this worker (else host and process).")
_KIND = Text(fr="Ces tâches seulement ; peut être répété.", en="These duties only; may be repeated.")
_URL = Text(
    fr="Adresse publique, celle des liens des messages : https://aides.exemple.fr.",
    en="Public address, the one of links in messages: https://aides.example.com.",
)
_DONE = Text(
    fr="Tâches faites : {done}, remises à plus tard : {failed}, abandonnées : {dead}.",
    en="Duties done: {done}, put back: {failed}, given up: {dead}.",
)
_DEAD = Text(fr="{kind} {id} : {error}", en="{kind} {id}: {error}")
_STARTED = Text(fr="L'exécutant {name} est prêt. Ctrl-C l'arrête.", en="Worker {name} is ready. Ctrl-C stops it.")


@bilingual.command("worker", text=_ABOUT)
@bilingual.option("--drain", "only_now", is_flag=True, text=_DRAIN)
@bilingual.option("--revive", is_flag=True, text=_REVIVE)
@bilingual.option("--name", default=None, text=_NAME)
@bilingual.option("--kind", "kinds", multiple=True, text=_KIND)
@bilingual.option("--url", default="", text=_URL)
@pass_terminal
def command(
    terminal: Terminal, only_now: bool, revive: bool, name: str | None, kinds: tuple[str, ...], url: str
) -> int:
    """Does duties; with `--drain` exits with 1 when some were given up."""
    worker = name or f"{socket.gethostname()}:{os.getpid()}"
    watched = under_watch(terminal)
    if isinstance(watched, int):
        return watched
    with open_instance(terminal, url.rstrip("/"), watched.marks) as cases:
        watched.tell(cases.plugins.health)
        note_set_aside(cases, watched.news)
        if revive:
            terminal.note(_REVIVED, count=cases.store.act(_revive))
        if not only_now:
            with _stopped_by_signals() as stop:
                terminal.note(_STARTED, name=worker)
                run(cases, stop, worker_name=worker, kinds=kinds)
            return 0
        went = drain(cases, kinds=kinds, worker_name=worker)
        numbers = {
            name: format_number(getattr(went, name), 0, terminal.language) for name in ("done", "failed", "dead")
        }
        terminal.say(_DONE, **numbers)
        if went.dead:
            for row in cases.store.read(lambda tx: outbox.dead(tx, limit=20)):
                terminal.note(_DEAD, kind=row.kind, id=row.id, error=row.last_error or "")
    return 1 if went.dead else 0


def _revive(tx: Tx) -> int:
    return sum(outbox.revive(tx, row.id) for row in outbox.dead(tx, limit=10_000))


@contextmanager
def _stopped_by_signals() -> Generator[Event]:
    """An event set by Ctrl-C or SIGTERM: the duty under way is finished, the others are given back."""
    stop = Event()

    def told(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the signature of a signal handler
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
