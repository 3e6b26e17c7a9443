"""`guichet sandbox`: the stand-ins of all connectors on loopback, until Ctrl-C."""

from __future__ import annotations

from wsgiref.types import WSGIApplication

import click

from guichet.errors import ProblemsFound
from guichet.locale import Text
from guichet.plugin import load_plugins
from guichet.plugin.sandboxes import FAULTS, Faults, SandboxServer, mounted, sandboxes_of
from guichet.web.serving import PortTaken
from guichet_cli import bilingual
from guichet_cli.ports import port_problem
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Sert sur cette machine les doublures des services extérieurs, une par connecteur, jusqu'à Ctrl-C. Elles parlent"
    " le vrai protocole. Une panne se commande par POST /_faults/CLÉ.",
    en="Serve stand-ins of the outside services on this machine, one per connector, until Ctrl-C. They speak the real"
    " protocol. A fault is ordered by POST /_faults/KEY.",
)
_PORT = Text(fr="Port d'écoute (8900 ; 0 : le premier libre).", en="Port to listen on (8900; 0: any free one).")
_ONE = Text(fr="{key} : {url}/{key}", en="{key}: {url}/{key}")
_NONE = Text(fr="Aucun connecteur installé n'a de doublure.", en="No installed connector has a stand-in.")
_FAULTS = Text(
    fr="Pannes : POST {url}/_faults/CLÉ, corps {body} (kind : {kinds}).",
    en="Faults: POST {url}/_faults/KEY, body {body} (kind: {kinds}).",
)
_EXAMPLE = '{"kind": "5xx", "times": 5}'


@bilingual.command("sandbox", text=_ABOUT)
@bilingual.option("--port", type=click.IntRange(0, 65535), default=8900, text=_PORT)
@pass_terminal
def command(terminal: Terminal, port: int) -> None:
    """Serves every stand-in of the installed plugins."""
    apps = sandboxes_of(load_plugins(disabled=terminal.settings.plugins_off))
    if not apps:
        terminal.note(_NONE)
    with _served(mounted({key: Faults(app) for key, app in apps.items()}), port) as server:
        for key in sorted(apps):
            terminal.say(_ONE, key=key, url=server.url)
        terminal.say(_FAULTS, url=server.url, body=_EXAMPLE, kinds=", ".join(FAULTS))
        server.serve_forever()


def _served(app: WSGIApplication, port: int) -> SandboxServer:
    try:
        return SandboxServer(app, port)
    except OSError as error:
        raise ProblemsFound([port_problem(PortTaken("127.0.0.1", port, error))]) from error
