"""`guichet practice`: how many practice dossiers there are, and throwing them away."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.services.practice import count_practice, purge_practice
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Dossiers d'exercice : les agents les font sur les pages du téléservice, depuis leur accueil.",
    en="Practice dossiers: agents make them on the pages of the teleservice, from their home.",
)
_SHOW = Text(
    fr="Compte les dossiers d'exercice, par dispositif et territoire.",
    en="Count practice dossiers, by scheme and territory.",
)
_PURGE = Text(
    fr="Supprime les dossiers d'exercice d'un dispositif, avec leurs pièces, courriers et messages. Aucun dossier réel"
    " n'est touché.",
    en="Delete the practice dossiers of a scheme, with their attachments, letters and messages. No real dossier is"
    " touched.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORIES = Text(
    fr="Territoire, comme reg-53 ; peut être répété (tous sinon).",
    en="Territory, such as reg-53; may be repeated (else all).",
)
_BY = Text(fr="Qui le demande, pour le journal.", en="Who asks for it, for the journal.")
_COUNTED = Text(fr="{scheme}, {territory} : {number}", en="{scheme}, {territory}: {number}")
_NONE = Text(fr="Aucun dossier d'exercice.", en="No practice dossier.")
_DONE = Text(
    fr="{territory} : dossiers d'exercice supprimés : {dossiers}, fichiers : {files}.",
    en="{territory}: practice dossiers deleted: {dossiers}, files: {files}.",
)


@bilingual.group("practice", text=_ABOUT)
def command() -> None:
    """Groups the commands about practice."""


@command.command("show", cls=bilingual.Command, text=_SHOW)
@pass_terminal
def show(terminal: Terminal) -> None:
    """Counts practice dossiers."""
    with open_instance(terminal) as cases:
        found = count_practice(cases)
    if not found:
        terminal.say(_NONE)
    for (scheme, territory), number in found.items():
        terminal.say(_COUNTED, scheme=scheme, territory=territory, number=number)


@command.command("purge", cls=bilingual.Command, text=_PURGE, options_metavar="[OPTIONS]")
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@bilingual.option("--by", default="", text=_BY)
@pass_terminal
def purge(terminal: Terminal, scheme: str, territories: tuple[str, ...], by: str) -> None:
    """Purges practice dossiers."""
    with open_instance(terminal) as cases:
        unknown = [problem for one in territories if (problem := cases.territories.problem(one)) is not None]
        if unknown:
            raise ProblemsFound(unknown)
        found = [where for name, where in count_practice(cases) if name == scheme]
        if not found and all(name != scheme for name, _ in cases.snapshots.all_current()):
            raise ProblemsFound([Problem("run.not_published", {"scheme": scheme, "territories": territories})])
        for territory in territories or found:
            done = purge_practice(cases, scheme, territory, by=by)
            terminal.say(_DONE, territory=territory, dossiers=done.dossiers, files=done.files)
    if not territories and not found:
        terminal.say(_NONE)
