"""`guichet new plugin`: a package of one's own that works at once, to be changed into what is missing."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.locale import Text
from guichet.testing.skeleton import plan_plugin, write_plugin
from guichet_cli import bilingual
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["plugin"]

_ABOUT = Text(
    fr="Écrit une extension qui marche : un paquet, son point d'entrée, ses réglages, ses tests de contrat.",
    en="Write a plugin that works: a package, its entry point, its options, its contract tests.",
)
_NAME = Text(fr="Nom, en minuscules, mots joints par -.", en="Name, in lower case, words joined by -.")
_HOOK = Text(
    fr="Ce qu'elle apporte : field_types, list_sources, fetched_lists (demandées à un service)… ; peut être répété"
    " (list_sources sinon).",
    en="What it gives: field_types, list_sources, fetched_lists (asked of a service)…; may be repeated"
    " (else list_sources).",
)
_INTO = Text(fr="Dossier où la créer (le dossier courant).", en="Folder to create it in (the current one).")
_NEXT = Text(
    fr="Ensuite, dans {folder} :\n  python -m pip install --editable .\n  python -m pytest\n  guichet plugins",
    en="Next, in {folder}:\n  python -m pip install --editable .\n  python -m pytest\n  guichet plugins",
)


@bilingual.command("plugin", text=_ABOUT)
@bilingual.argument("name", text=_NAME)
@bilingual.option("--hook", "hooks", multiple=True, default=("list_sources",), text=_HOOK)
@bilingual.option("--into", type=click.Path(path_type=Path, file_okay=False), default=Path(), text=_INTO)
@pass_terminal
def plugin(terminal: Terminal, name: str, hooks: tuple[str, ...], into: Path) -> None:
    """Writes the package and says what to do next."""
    planned = plan_plugin(name, hooks, into)
    for path in write_plugin(planned):
        terminal.say(Text(fr="{path}", en="{path}"), path=path)
    terminal.note(_NEXT, folder=planned.folder)
