"""`guichet award`: makes the dossiers of an aid that nobody asks for, from its list."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.services.awards import award
from guichet.services.refusals import Refused
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Crée les dossiers d'une aide attribuée sans demande : un par ligne de sa liste, importée avant. Une deuxième"
    " fois ne crée que ceux des lignes nouvelles. Les agents décident ensuite, comme pour tout dossier.",
    en="Make the dossiers of an aid awarded without a request: one for each row of its list, imported before. A second"
    " run only makes those of new rows. Agents then decide, as for any dossier.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORY = Text(fr="Territoire, comme dep-976.", en="Territory, such as dep-976.")
_DONE = Text(
    fr="Dossiers créés : {made}. Déjà là : {there}. Lignes laissées : {left}.",
    en="Dossiers made: {made}. There already: {there}. Rows left: {left}.",
)
_LEFT = Text(fr="{key} : rien d'utilisable dans la colonne {column}", en="{key}: nothing usable in the column {column}")


@bilingual.command("award", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@pass_terminal
def command(terminal: Terminal, scheme: str, territory: str) -> int:
    """Makes the dossiers and says how many; exits with 1 when some rows were left."""
    with open_instance(terminal) as cases:
        where = cases.territories.find(territory).id
        try:
            result = award(cases, scheme, where)
        except Refused as error:
            raise ProblemsFound([Problem(f"run.{error.code}", dict(error.data))]) from error
    terminal.say(_DONE, made=len(result.made), there=result.there, left=len(result.left))
    for key, column in result.left:
        terminal.note(_LEFT, key=key, column=column)
    return 1 if result.left else 0
