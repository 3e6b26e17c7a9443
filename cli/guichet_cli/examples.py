"""`guichet examples`: cases at the boundaries of a scheme's rules, proposed to their author."""

from __future__ import annotations

import sys
from pathlib import Path

from guichet.locale import Text, format_day
from guichet.services.suggested_text import add_to_file, whole_file
from guichet.services.suggestions import Survey, survey
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(fr="Propose des exemples à l'auteur d'un dispositif.", en="Propose examples to the author of a scheme.")
_SUGGEST = Text(
    fr="Propose un exemple de chaque côté de chaque seuil et de chaque tranche, pour chaque version des règles, avec"
    " le résultat que les règles donnent. À l'auteur de le confirmer : un exemple calculé ne prouve rien tant que"
    " personne ne l'a comparé au texte. Écrit sur la sortie, ou avec --write à la suite d'examples.yaml, dont rien"
    " n'est changé.",
    en="Propose an example on each side of each threshold and bracket, for each version of the rules, with the result"
    " that the rules give. Their author confirms it: a computed example proves nothing until someone compared it with"
    " the legal text. Written to the output, or with --write after those of examples.yaml, of which nothing changes.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORY = Text(fr="Territoire, comme reg-53.", en="Territory, such as reg-53.")
_WRITE = Text(fr="Ajoute les exemples à la suite d'examples.yaml.", en="Add the examples after those of examples.yaml.")
_ADDED = Text(
    fr="{path} : {count} exemples ajoutés, à confirmer.",
    en="{path}: {count} examples added, to be confirmed.",
    fr_one="{path} : {count} exemple ajouté, à confirmer.",
    en_one="{path}: {count} example added, to be confirmed.",
)
_NONE = Text(fr="Aucun exemple nouveau à proposer.", en="No new example to propose.")

_UNREACHED = {
    "": Text(
        fr="Règles du {day} : aucun exemple trouvé au seuil « {threshold} ». Écrivez-en un de chaque côté.",
        en='Rules of {day}: no example found at the threshold "{threshold}". Write one on each side.',
    ),
    "cap": Text(
        fr="Règles du {day} : aucun exemple trouvé au plafond « {threshold} ». Écrivez-en un de chaque côté.",
        en='Rules of {day}: no example found at the cap "{threshold}". Write one on each side.',
    ),
    "floor": Text(
        fr="Règles du {day} : aucun exemple trouvé au plancher « {threshold} ». Écrivez-en un de chaque côté.",
        en='Rules of {day}: no example found at the floor "{threshold}". Write one on each side.',
    ),
}


@bilingual.group("examples", text=_ABOUT)
def command() -> None:
    """Holds the commands about examples."""


@command.command("suggest", cls=bilingual.Command, text=_SUGGEST)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--write", "kept", is_flag=True, text=_WRITE)
@pass_terminal
def suggest_examples(terminal: Terminal, scheme: str, territory: str, kept: bool) -> int:
    """Proposes the examples that are not there yet."""
    library = library_of(terminal)
    where = library.territories.find(territory).id if territory else ""
    surveyed = survey(library, scheme, where, terminal.language)
    found = surveyed.found
    if not found:
        terminal.note(_NONE)
    elif kept:
        path = library.source(scheme).folder / "examples.yaml"
        add_to_file(path, found, terminal.language)
        terminal.say(_ADDED, path=_shown(path), count=len(found))
    else:
        sys.stdout.write(whole_file(found, terminal.language))
        sys.stdout.flush()
    _tell_unreached(terminal, surveyed)
    return 0


def _tell_unreached(terminal: Terminal, surveyed: Survey) -> None:
    for day, thresholds in surveyed.unreached.items():
        for threshold in thresholds:
            terminal.note(_UNREACHED[threshold.bound], threshold=threshold.text, day=format_day(day, terminal.language))


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
