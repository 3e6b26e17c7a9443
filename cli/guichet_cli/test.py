"""`guichet test`: the examples of schemes, run against their rules."""

from __future__ import annotations

from guichet.locale import Text
from guichet.services.examples import ExampleRun, run_examples
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Joue les exemples d'un dispositif (de tous, sans argument) et montre ce qui diffère.",
    en="Run the examples of a scheme (of all, without argument) and show what differs.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_GOOD = Text(
    fr="{scheme} : {count} exemples justes.",
    en="{scheme}: {count} examples right.",
    fr_one="{scheme} : {count} exemple juste.",
    en_one="{scheme}: {count} example right.",
)
_BAD = Text(
    fr="{scheme} : {count} exemples faux sur {total}.",
    en="{scheme}: {count} examples wrong of {total}.",
    fr_one="{scheme} : {count} exemple faux sur {total}.",
    en_one="{scheme}: {count} example wrong of {total}.",
)
_CASE = Text(fr="  {id} ({on}) – {title}", en="  {id} ({on}) – {title}")
_DIFFERENCE = Text(
    fr="      {what} : attendu {expected}, trouvé {found}", en="      {what}: expected {expected}, found {found}"
)
_NONE = Text(fr="{scheme} : aucun exemple.", en="{scheme}: no example.")


@bilingual.command("test", text=_ABOUT)
@bilingual.argument("scheme", required=False, text=_SCHEME)
@pass_terminal
def command(terminal: Terminal, scheme: str | None) -> int:
    """Runs examples; exits with 2 when one differs."""
    library = library_of(terminal)
    names = [library.source(scheme).id] if scheme else sorted(library.sources)
    wrong = 0
    for name in names:
        runs = run_examples(library, name)
        failed = [run for run in runs if not run.passed]
        wrong += len(failed)
        _report(terminal, name, runs, failed)
    return 2 if wrong else 0


def _report(terminal: Terminal, scheme: str, runs: tuple[ExampleRun, ...], failed: list[ExampleRun]) -> None:
    if not runs:
        terminal.say(_NONE, scheme=scheme)
    elif not failed:
        terminal.say(_GOOD, scheme=scheme, count=len(runs))
    else:
        terminal.say(_BAD, scheme=scheme, count=len(failed), total=len(runs))
    for run in failed:
        terminal.say(_CASE, id=run.id, on=run.on, title=run.title)
        for difference in run.differences:
            terminal.say(
                _DIFFERENCE, what=difference.what, expected=difference.shown_expected, found=difference.shown_found
            )
