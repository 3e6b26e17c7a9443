"""`guichet lsp`: the language server that editors start."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from guichet.editor.workspace import Workspace
from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import find_instance
from guichet.locale import Text
from guichet.plugin import load_plugins
from guichet_cli import bilingual
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Sert un éditeur de texte (protocole LSP, entrée et sortie standard) : les erreurs de guichet check pendant"
    " qu'on écrit, complétion, explications, définitions, renommage, mise en forme. C'est l'éditeur qui le lance.",
    en="Serve a text editor (LSP, standard input and output): the mistakes of guichet check while one writes,"
    " completion, explanations, definitions, renaming, layout. The editor starts it.",
)
_STDIO = Text(
    fr="Accepté pour les éditeurs qui l'ajoutent ; c'est toujours le cas.",
    en="Accepted for editors that add it; it is always so.",
)


@bilingual.command("lsp", text=_ABOUT)
@bilingual.option("--stdio", is_flag=True, expose_value=False, text=_STDIO)
@pass_terminal
def command(terminal: Terminal) -> None:
    """Answers one editor until it says to stop."""
    if find_spec("pygls") is None:
        raise ProblemsFound([Problem("editor.needs_extra", {})])
    # Here, since the library of the protocol is an extra that no other command needs.
    from guichet.editor.server.serving import serve

    plugins = load_plugins(disabled=terminal.settings.plugins_off)

    def make(folder: Path) -> Workspace:
        own = terminal.settings.instance or find_instance(folder)
        if own is None and any((folder / name).is_dir() for name in ("schemes", "regions")):
            own = folder
        return Workspace(replace(terminal.settings, instance=own), plugins, own or folder, terminal.language)

    serve(make, Path.cwd(), version("guichet-aides"))
