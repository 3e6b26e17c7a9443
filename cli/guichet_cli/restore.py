"""`guichet restore`: lays a backup down in quarantine; `--release` lets it send and pay again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound, guess
from guichet.locale import Text, format_number
from guichet.services.backups.releasing import Released, release
from guichet.services.backups.restoring import Restored, restore
from guichet.services.clocks import SystemClock
from guichet.services.duties import DUTIES
from guichet.storage.errors import StorageError
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import FILE

__all__ = ["command"]

_ABOUT = Text(
    fr="Restaure une sauvegarde dans un dossier vide, vérifiée octet par octet, journal compris. L'installation reste"
    " en quarantaine : elle n'écrit à personne et ne paie rien, jusqu'à --release, qui dit ce qui était parti depuis la"
    " sauvegarde.",
    en="Restore a backup into an empty folder, verified byte by byte, the journal included. The instance stays in"
    " quarantine: it writes to nobody and pays nothing, until --release, which says what had left since the backup.",
)
_FILE = Text(fr="La sauvegarde.", en="The backup.")
_INTO = Text(fr="Dossier à faire.", en="Folder to make.")
_RELEASE = Text(
    fr="Libère l'installation où l'on se trouve ; avec --because, --by, et --delivered ou --nothing-left.",
    en="Release the instance one stands in; with --because, --by, and --delivered or --nothing-left.",
)
_DELIVERED = Text(
    fr="Un fichier de paiement parti depuis la sauvegarde ; donnez-les tous.",
    en="A payment file that left since the backup; give them all.",
)
_NOTHING = Text(
    fr="Dit qu'aucun fichier de paiement n'est parti depuis la sauvegarde.",
    en="Say that no payment file has left since the backup.",
)
_REDO = Text(
    fr="Tâches à faire malgré tout (letter, notice, receipt…), parce qu'elles n'ont pas été faites ; peut être répété.",
    en="Duties to do all the same (letter, notice, receipt…), because they were not done; may be repeated.",
)
_BECAUSE = Text(fr="Pourquoi on libère.", en="Why it is released.")
_BY = Text(fr="Qui le décide.", en="Who decides it.")
_RESTORED = Text(
    fr="{folder} : restauré tel qu'il était le {made_at} UTC ; fichiers {files}, lignes de journal vérifiées {lines}.",
    en="{folder}: restored as it was on {made_at} UTC; files {files}, lines of journal verified {lines}.",
)
_HELD = Text(
    fr="En quarantaine : rien n'en sort avant guichet restore --release.",
    en="In quarantine: nothing leaves it before guichet restore --release.",
)
_SECRETS = Text(fr="Secrets à remettre en place : {names}.", en="Secrets to put back: {names}.")
_FREE = Text(fr="Libéré : messages et paiements reprennent.", en="Released: messages and payments go on.")
_TRANSMITTED = Text(
    fr="Mises en paiement déjà parties depuis la sauvegarde : {count}.",
    en="Payment orders that had already left since the backup: {count}.",
)
_PAID = Text(
    fr="Payés par une décision perdue, à reprendre sans payer : {names}.",
    en="Paid by a decision that is lost, to be taken again without paying: {names}.",
)
_UNKNOWN = Text(
    fr="Cités par les fichiers et inconnus ici, sans doute déposés après la sauvegarde : {names}.",
    en="Quoted by the files and unknown here, probably filed after the backup: {names}.",
)
_ASIDE = Text(
    fr="Tâches mises de côté, peut-être faites depuis la sauvegarde : {kinds}.",
    en="Duties set aside, perhaps done since the backup: {kinds}.",
)
_AGAIN = Text(fr="Tâches qui seront faites : {kinds}.", en="Duties that will be done: {kinds}.")


@bilingual.command("restore", text=_ABOUT)
@bilingual.argument("file", required=False, type=FILE, text=_FILE)
@bilingual.option("--into", type=click.Path(path_type=Path, file_okay=False), text=_INTO)
@bilingual.option("--release", "releases", is_flag=True, text=_RELEASE)
@bilingual.option("--delivered", multiple=True, type=FILE, text=_DELIVERED)
@bilingual.option("--nothing-left", is_flag=True, text=_NOTHING)
@bilingual.option("--redo", multiple=True, text=_REDO)
@bilingual.option("--because", default="", text=_BECAUSE)
@bilingual.option("--by", default="", text=_BY)
@pass_terminal
def command(
    terminal: Terminal,
    file: Path | None,
    into: Path | None,
    releases: bool,
    delivered: tuple[Path, ...],
    nothing_left: bool,
    redo: tuple[str, ...],
    because: str,
    by: str,
) -> None:
    """Restores, or releases."""
    for kind in redo:
        if kind not in DUTIES:
            raise ProblemsFound([Problem("restore.unknown_duty", guess(kind, sorted(DUTIES)))])
    if releases and file is None and into is None:
        with open_instance(terminal) as cases:
            done = release(cases, delivered=delivered, nothing_left=nothing_left, because=because, by=by, redo=redo)
        _tell_released(terminal, done)
        return
    if file is None or into is None or releases:
        raise ProblemsFound([Problem("restore.nothing_said")])
    try:
        made = restore(file, into.absolute(), SystemClock(None), terminal.settings.database_url)
    except StorageError as error:
        raise ProblemsFound([error.problem]) from error
    _tell_restored(terminal, made)


def _tell_restored(terminal: Terminal, made: Restored) -> None:
    language = terminal.language
    terminal.say(
        _RESTORED,
        folder=made.folder,
        made_at=f"{made.made_at:%Y-%m-%d %H:%M}",
        files=format_number(made.files, 0, language),
        lines=format_number(made.journal_lines, 0, language),
    )
    terminal.say(_HELD)
    if made.secrets:
        terminal.note(_SECRETS, names=", ".join(made.secrets))


def _tell_released(terminal: Terminal, done: Released) -> None:
    terminal.say(_FREE)
    if done.transmitted:
        terminal.say(_TRANSMITTED, count=len(done.transmitted))
    for text, names in ((_PAID, done.paid), (_UNKNOWN, done.unknown)):
        if names:
            terminal.say(text, names=", ".join(names))
    for text, kinds in ((_ASIDE, done.aside), (_AGAIN, done.again)):
        if kinds:
            terminal.say(text, kinds=_counted(kinds))


def _counted(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
