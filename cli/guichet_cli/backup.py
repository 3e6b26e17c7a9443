"""`guichet backup`: one file with all an installation holds, made while it works."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.errors import ProblemsFound
from guichet.locale import Text, format_number
from guichet.services.backups.making import make_backup
from guichet.storage.errors import StorageError
from guichet_cli import bilingual
from guichet_cli.declarations import instance_here
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Sauvegarde l'installation dans un fichier, pendant qu'elle travaille : base, pièces jointes et courriers,"
    " déclarations. Les secrets n'y sont pas. Le fichier contient des données personnelles : gardez-le sous clé.",
    en="Back the instance up into one file, while it works: database, attachments and letters, declarations. Secrets"
    " are left out. The file holds personal data: keep it under lock.",
)
_FILE = Text(fr="Fichier à écrire ; il ne doit pas exister.", en="File to write; it must not exist.")
_DONE = Text(
    fr="Sauvegarde écrite dans {file} : base, déclarations, {files} pièces et courriers, {size} Mo.",
    en="Backup written to {file}: database, declarations, {files} attachments and letters, {size} MB.",
    fr_one="Sauvegarde écrite dans {file} : base, déclarations, {files} pièce ou courrier, {size} Mo.",
    en_one="Backup written to {file}: database, declarations, {files} attachment or letter, {size} MB.",
)
_SECRETS = Text(
    fr="Gardez ailleurs les secrets, qui n'y sont pas : {names}.",
    en="Keep the secrets elsewhere, they are not in it: {names}.",
)


@bilingual.command("backup", text=_ABOUT)
@bilingual.argument("file", type=click.Path(path_type=Path, dir_okay=False), text=_FILE)
@pass_terminal
def command(terminal: Terminal, file: Path) -> None:
    """Writes a backup."""
    settings, _ = instance_here(terminal)
    with open_instance(terminal) as cases:
        try:
            made = make_backup(cases, file.absolute(), settings.instance)
        except StorageError as error:
            raise ProblemsFound([error.problem]) from error
    size = format_number(-(-made.size // 1_000_000), 0, terminal.language)
    terminal.say(_DONE, count=made.files, file=file, files=format_number(made.files, 0, terminal.language), size=size)
    if made.secrets:
        terminal.note(_SECRETS, names=", ".join(made.secrets))
