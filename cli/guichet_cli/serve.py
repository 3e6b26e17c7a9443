"""`guichet serve`: the site and the worker, side by side, until Ctrl-C."""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import replace
from pathlib import Path
from threading import Event

import click

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.services.cases import UseCases
from guichet.services.plugins_aside import note_set_aside
from guichet.services.quarantine import standing
from guichet.web.app import create_app
from guichet.web.serving import serve
from guichet.worker.loop import run as work
from guichet.worker.sweeper import sweep_until
from guichet_cli import bilingual
from guichet_cli.opening import an_open_instance
from guichet_cli.ports import handed_or_listening
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.watched import under_watch

__all__ = ["command"]


_ABOUT = Text(
    fr="Sert le site et fait le travail de fond, jusqu'à Ctrl-C.",
    en="Serve the site and do the background work, until Ctrl-C.",
)
_HOST = Text(fr="Adresse d'écoute (127.0.0.1).", en="Address to listen on (127.0.0.1).")
_PORT = Text(fr="Port d'écoute (8000 ; 0 : le premier libre).", en="Port to listen on (8000; 0: any free one).")
_FOLDER = Text(fr="Dossier de l'installation.", en="Folder of the instance.")
_URL = Text(
    fr="Adresse publique, celle des liens des messages (sinon base_url d'instance.yaml) : https://aides.exemple.fr.",
    en="Public address, the one of links in messages (else base_url of instance.yaml): https://aides.example.com.",
)
_PROXIES = Text(
    fr="Mandataires dont on croit les en-têtes X-Forwarded-* (127.0.0.1).",
    en="Proxies whose X-Forwarded-* headers are believed (127.0.0.1).",
)
_NO_WORKER = Text(fr="Sans le travail de fond : guichet worker le fait.", en="Without the background work.")
_SITE = Text(fr="Site : {url}/", en="Site: {url}/")
_AGENTS = Text(fr="Agents : {url}/agents", en="Agents: {url}/agents")
_MAILS = Text(
    fr="Messages du bac à sable : {url}/bac-a-sable/messages", en="Sandbox messages: {url}/bac-a-sable/messages"
)
_LISTENS = Text(fr="À l'écoute sur {url}/", en="Listening on {url}/")
_NOTHING = Text(
    fr="Aucun dispositif n'est publié : guichet publish DISPOSITIF.",
    en="No scheme is published: guichet publish SCHEME.",
)
_HELD = Text(
    fr="En quarantaine après une restauration : rien ne part. guichet restore --release.",
    en="In quarantine after a restoration: nothing leaves. guichet restore --release.",
)


@bilingual.command("serve", text=_ABOUT)
@bilingual.option("--host", default="127.0.0.1", text=_HOST)
@bilingual.option("--port", type=click.IntRange(0, 65535), default=8000, text=_PORT)
@bilingual.option("--folder", type=click.Path(path_type=Path, file_okay=False), text=_FOLDER)
@bilingual.option("--url", default="", text=_URL)
@bilingual.option("--proxies", default="127.0.0.1", text=_PROXIES)
@bilingual.option("--no-worker", is_flag=True, text=_NO_WORKER)
@pass_terminal
def command(
    terminal: Terminal, host: str, port: int, folder: Path | None, url: str, proxies: str, no_worker: bool
) -> int:
    """Serves an instance; a watchdog starts it again when a plugin stops it."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    bound = handed_or_listening(terminal.settings, host, port)
    here = _address_of(bound, host)
    watched = under_watch(terminal)
    if isinstance(watched, int):
        return watched
    with bound, an_open_instance(terminal, folder, url.rstrip("/"), watched.marks) as opened:
        cases = opened if opened.base_url else replace(opened, base_url=here)
        watched.tell(cases.plugins.health)
        note_set_aside(cases, watched.news)
        _check_address(cases)

        def greet() -> None:
            _greet(terminal, cases)
            if cases.base_url != here:
                terminal.say(_LISTENS, url=here)

        def sweeping(stop: Event) -> None:
            sweep_until(cases, stop)

        def working(stop: Event) -> None:
            work(cases, stop, worker_name=f"{socket.gethostname()}-{os.getpid()}")

        works = [sweeping] if no_worker else [sweeping, working]
        serve(create_app(cases), bound, beside=works, proxies=proxies, ready=greet)
    return 0


def _address_of(bound: socket.socket, host: str) -> str:
    """The address to open in a browser; one that means "every interface" is shown as loopback."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{bound.getsockname()[1]}"


def _check_address(cases: UseCases) -> None:
    """Cookies of a live site are for TLS only: without it, nobody could sign in."""
    if cases.mode == "live" and not cases.base_url.startswith("https://"):
        raise ProblemsFound([Problem("serve.live_needs_https", {"url": cases.base_url})])


def _greet(terminal: Terminal, cases: UseCases) -> None:
    terminal.say(_SITE, url=cases.base_url)
    terminal.say(_AGENTS, url=cases.base_url)
    if cases.mode == "sandbox":
        terminal.say(_MAILS, url=cases.base_url)
    if not cases.snapshots.all_current():
        terminal.note(_NOTHING)
    if standing(cases) is not None:
        terminal.note(_HELD)
