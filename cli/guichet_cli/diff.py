"""`guichet diff`: what differs between two declarations, in words of the domain and not in lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from guichet.engine.comparison import Difference, compare_schemes, compare_versions
from guichet.locale import Text, Texts
from guichet_cli import bilingual
from guichet_cli.diff_sides import read_side
from guichet_cli.terminal import Terminal, pass_terminal, write

__all__ = ["command"]

_ABOUT = Text(
    fr="Compare deux déclarations d'un dispositif : critères, seuils, champs, textes, étapes… L'écriture ne compte"
    " pas, seulement ce qu'elle dit. Chaque côté est un identifiant, un dossier ou un fichier, une révision git"
    " (révision:chemin), ou l'un d'eux suivi de @2020-04-17 pour la seule version des règles de ce jour. Code de"
    " sortie 0 sans différence, 1 s'il y en a, 2 quand un côté ne se lit pas.",
    en="Compare two declarations of a scheme: criteria, thresholds, fields, texts, stages… Spelling does not count,"
    " only what it says. Each side is an id, a folder or file, a git revision (revision:path), or one of these"
    " followed by @2020-04-17 for the version of the rules of that day alone. Exit code 0 without a difference, 1 with"
    " some, 2 when a side cannot be read.",
)
_BEFORE = Text(fr="Le premier côté : avant.", en="The first side: before.")
_AFTER = Text(fr="Le second côté : après.", en="The second side: after.")
_TERRITORY = Text(fr="Compare ce qui vaut dans un territoire.", en="Compare what holds in a territory.")
_JSON = Text(fr="Écrit un tableau JSON.", en="Write a JSON array.")


@bilingual.command("diff", text=_ABOUT)
@bilingual.argument("before", text=_BEFORE)
@bilingual.argument("after", text=_AFTER)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(terminal: Terminal, before: str, after: str, territory: str, as_json: bool) -> int:
    """Prints the differences; exits with 1 when there are some."""
    one, other = (read_side(terminal, side, territory) for side in (before, after))
    day = one.day or other.day
    if day is None:
        found = compare_schemes(one.scheme, other.scheme, terminal.language)
    else:
        old, new = one.version(day), other.version(day)
        found = compare_versions(one.scheme, old, other.scheme, new, terminal.language)
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in found], ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()
    else:
        _show(terminal, found)
    return 1 if found else 0


def _show(terminal: Terminal, found: Sequence[Difference]) -> None:
    say = Texts(terminal.language)
    if not found:
        write(terminal.out, say("comparison.none"))
        return
    for where, group in groupby(found, key=lambda one: one.where):
        if where:
            write(terminal.out, where)
        for one in group:
            write(terminal.out, f"  {one.text}" if where else one.text)
    write(terminal.err, say("comparison.count", count=len(found)))
