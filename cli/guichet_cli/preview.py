"""`guichet preview`: a scheme as people will see it, shown anew at each save."""

from __future__ import annotations

import os
import socket
from datetime import date
from pathlib import Path
from threading import Event

import click

from guichet.demo.preview.opening import a_preview
from guichet.demo.preview.pages import RULES, SCRIPT, handlers_of
from guichet.locale import Text, format_day
from guichet.web.app import create_app
from guichet.web.serving import serve
from guichet.worker.loop import run as work
from guichet_cli import bilingual
from guichet_cli.declarations import library_of, settings_here
from guichet_cli.ports import listening
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["command"]

_ABOUT = Text(
    fr="Montre un dispositif comme le verront demandeurs et agents, ses exemples en dossiers, et se remet à jour à"
    " chaque enregistrement. Tout disparaît à l'arrêt.",
    en="Show a scheme as applicants and agents will see it, its examples as dossiers, anew at each save. All of it goes"
    " when it stops.",
)
_SCHEME = Text(fr="Dispositif à montrer.", en="Scheme to show.")
_TERRITORY = Text(
    fr="Territoire, comme reg-53 (le premier du dispositif sinon).", en="Territory, such as reg-53 (else the first)."
)
_ON = Text(
    fr="Jour où l'on est (aujourd'hui si le dispositif est ouvert, celui de ses exemples sinon).",
    en="The day it is (today while the scheme is open, else that of its examples).",
)
_PORT = Text(
    fr="Port d'écoute (8000 s'il est libre, un autre sinon).", en="Port to listen on (8000 when free, else another)."
)
_GREETING = Text(
    fr="Aperçu de « {scheme} » en {territory}, au {day} : {url}/apercu\nEnregistrez un fichier : les pages se remettent"
    " à jour, ou disent ce qui ne va pas. Ctrl-C arrête tout.",
    en="Preview of “{scheme}” in {territory}, on {day}: {url}/apercu\nSave a file: the pages show themselves anew, or"
    " say what is wrong. Ctrl-C stops all.",
)


@bilingual.command("preview", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", default=None, text=_TERRITORY)
@bilingual.option("--on", type=DAY, default=None, text=_ON)
@bilingual.option("--port", type=click.IntRange(0, 65535), default=None, text=_PORT)
@pass_terminal
def command(terminal: Terminal, scheme: str, territory: str | None, on: date | None, port: int | None) -> int:
    """Serves a preview on this machine alone until Ctrl-C."""
    if scheme not in library_of(terminal, only=[scheme]).sources:
        library_of(terminal).source(scheme)  # refuses, with the names there are
    bound = _bound(port)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    settings = settings_here(terminal)
    with bound, a_preview(settings, scheme, territory=territory, on=on, base_url=url, shown_from=Path.cwd()) as preview:
        workshop = preview.workshop
        day = format_day(workshop.day, terminal.language)
        terminal.say(_GREETING, scheme=scheme, territory=workshop.territory, day=day, url=url)

        def working(stop: Event) -> None:
            work(workshop.cases, stop, worker_name=f"{socket.gethostname()}-{os.getpid()}")

        app = create_app(workshop.cases, handlers=handlers_of(preview.desk), rules=RULES, script=SCRIPT)
        serve(app, bound, beside=[workshop.watch, working])
    return 0


def _bound(port: int | None) -> socket.socket:
    return listening("127.0.0.1", 8000, otherwise=0) if port is None else listening("127.0.0.1", port)
