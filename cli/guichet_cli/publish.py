"""`guichet publish`: makes the declared scheme the one that territories serve."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound, once
from guichet.loader.library import Library
from guichet.locale import Text
from guichet.services.cases import UseCases
from guichet.services.publication import ExamplesFail, publish
from guichet.services.readiness.launch_list import NotReady
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.opening import an_open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

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
    declared = library.effective(scheme).scheme
    meant = library.territories_of(declared)
    named = dict.fromkeys(library.territories.find(text).id for text in territories)
    chosen = tuple(named) or tuple(meant)
    strangers = [territory for territory in chosen if territory not in meant]
    if strangers:
        data = {"scheme": scheme, "meant": declared.territories}
        raise ProblemsFound([Problem("territory_not_meant", {"value": stranger, **data}) for stranger in strangers])
    with an_open_instance(terminal) as cases:
        _publish(terminal, cases, library, scheme, chosen)


def _publish(terminal: Terminal, cases: UseCases, library: Library, scheme: str, chosen: tuple[str, ...]) -> None:
    try:
        for done in publish(cases, library, scheme, chosen):
            text = _DONE if done.changed else _SAME
            terminal.say(text, territory=done.territory, number=done.number, hash=done.hash[:16])
    except ExamplesFail as error:
        problems = [Problem("example_fails", {"scheme": scheme, "example": run.id}) for run in error.failed]
        raise ProblemsFound(problems) from error
    except NotReady as error:
        for held in error.lists:
            terminal.note(_NOT_READY, scheme=held.scheme, territory=held.territory, count=len(held.red))
        raise ProblemsFound(once(error.problems)) from error
