"""`guichet schema`: the JSON Schemas by which an editor completes and checks declarations."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.editor.schemas import KINDS, schema_of
from guichet.editor.schemas.files import schema_text
from guichet.errors import Problem, ProblemsFound, guess
from guichet.locale import Text
from guichet_cli import bilingual
from guichet_cli.declarations import settings_here
from guichet_cli.editor_files import choices_of, write_schemas
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Écrit le schéma JSON (2020-12) d'un genre de fichier, ou ceux de tous dans un dossier : clés, valeurs et"
    " options des extensions installées, avec ce que chacune veut dire. Sans rien, liste les genres.",
    en="Write the JSON Schema (2020-12) of one kind of file, or those of all in a folder: keys, values and options of"
    " the plugins installed, with what each means. Alone, list the kinds.",
)
_KIND = Text(fr="Genre de fichier : scheme, rules…", en="Kind of file: scheme, rules…")
_OUT = Text(fr="Dossier où écrire tous les schémas.", en="Folder in which to write every schema.")
_LINE = Text(fr="{name}  {pattern}  {title}", en="{name}  {pattern}  {title}")
_WRITTEN = Text(fr="{count} schémas dans {folder}", en="{count} schemas in {folder}")


@bilingual.command("schema", text=_ABOUT)
@bilingual.argument("kind", required=False, text=_KIND)
@bilingual.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, text=_OUT)
@pass_terminal
def command(terminal: Terminal, kind: str | None, out: Path | None) -> None:
    """Writes one schema to the output, or all of them in a folder."""
    if out is not None:
        written = write_schemas(settings_here(terminal), out)
        terminal.say(_WRITTEN, count=len(written), folder=out)
    elif kind is None:
        for one in KINDS.values():
            title = one.title.form(terminal.language, None)
            terminal.say(_LINE, name=one.name.ljust(10), pattern=one.pattern.ljust(24), title=title)
    elif kind not in KINDS:
        raise ProblemsFound([Problem("editor.unknown_kind", guess(kind, list(KINDS)))])
    else:
        schema = schema_of(KINDS[kind], choices_of(settings_here(terminal)), terminal.language)
        terminal.out.file.write(schema_text(schema))
