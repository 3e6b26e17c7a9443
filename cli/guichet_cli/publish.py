"""`guichet publish`: makes the declared scheme the one that territories serve."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from guichet.errors import Problem, ProblemsFound, once
from guichet.loader.crowded_batches import crowded_batches
from guichet.loader.library import Library
from guichet.locale import Text
from guichet.services.publication import ExamplesFail, publish
from guichet.services.readiness.launch_list import NotReady
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.opening import an_open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["chosen_territories", "command", "refusals_told"]

_ABOUT = Text(
    fr="Vérifie un dispositif, joue ses exemples, et publie son instantané pour des territoires (tous ceux qu'il vise"
    " sans --territory).",
    en="Check a scheme, run its examples, and publish its snapshot for territories (all it is meant for without"
    " --territory).",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORIES = Text(fr="Territoire, comme reg-53 ; peut être répété.", en="Territory, such as reg-53; may be repeated.")
_DONE = Text(fr="{territory} : publication n° {number}, {hash}", en="{territory}: publication no. {number}, {hash}")
_SAME = Text(fr="{territory} : rien de changé, {hash}", en="{territory}: nothing changed, {hash}")
_NOT_READY = Text(
    fr="{territory} : {count} points rouges, rien n'est publié (guichet ready {scheme} --territory {territory})",
    en="{territory}: {count} red items, nothing is published (guichet ready {scheme} --territory {territory})",
    fr_one="{territory} : {count} point rouge, rien n'est publié (guichet ready {scheme} --territory {territory})",
    en_one="{territory}: {count} red item, nothing is published (guichet ready {scheme} --territory {territory})",
)


@bilingual.command("publish", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@pass_terminal
def command(terminal: Terminal, scheme: str, territories: tuple[str, ...]) -> None:
    """Publishes a scheme for territories, all or none."""
    library = library_of(terminal, only=None)
    chosen = chosen_territories(library, scheme, territories)
    with an_open_instance(terminal) as cases, refusals_told(terminal):
        for done in publish(cases, library, scheme, chosen):
            text = _DONE if done.changed else _SAME
            terminal.say(text, territory=done.territory, number=done.number, hash=done.hash[:16])
    crowded = tuple(crowded_batches(library, library.effective(scheme), chosen))
    if crowded:
        terminal.refuse(crowded)


def chosen_territories(library: Library, scheme: str, named: Sequence[str]) -> tuple[str, ...]:
    """Gives the ids of the territories named, or of all that the scheme is meant for; refuses the others by name.

    `reg-28,reg-53` is read as well as `reg-28 reg-53`: a scheme's own list is written with commas.
    """
    declared = library.effective(scheme).scheme
    meant = library.territories_of(declared)
    found: dict[str, None] = {}
    problems: list[Problem] = []
    for text in " ".join(named).replace(",", " ").split():
        try:
            found[library.territories.find(text).id] = None
        except ProblemsFound as error:
            problems += error.problems
    data = {"scheme": scheme, "meant": declared.territories}
    problems += [Problem("territory_not_meant", {"value": one, **data}) for one in found if one not in meant]
    if problems:
        raise ProblemsFound(problems)
    return tuple(found) or tuple(meant)


@contextmanager
def refusals_told(terminal: Terminal) -> Generator[None]:
    """Gives the refusals of a publication as problems."""
    try:
        yield
    except ExamplesFail as error:
        problems = [Problem("example_fails", {"scheme": error.scheme, "example": run.id}) for run in error.failed]
        raise ProblemsFound(problems) from error
    except NotReady as error:
        for held in error.lists:
            terminal.note(_NOT_READY, scheme=held.scheme, territory=held.territory, count=len(held.red))
        raise ProblemsFound(once(error.problems)) from error
