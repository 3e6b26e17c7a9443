"""The item about examples: they hold, and a person compared each with the text of law."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound
from guichet.loader.declaration import place
from guichet.locale import LANGUAGES, Texts
from guichet.services.examples import run_examples
from guichet.services.readiness.launches import Finding, Launch, problem_at

__all__ = ["examples"]

_MARKS = tuple(Texts(language)("suggest.mark").casefold() for language in LANGUAGES)


def examples(launch: Launch) -> Finding:
    """Every example of the scheme gives what it says, none still waits for its author, and there is one."""
    scheme = launch.scheme.id
    try:
        runs = run_examples(launch.library, scheme)
    except ProblemsFound as error:
        return Finding("examples", error.problems)
    if not runs:
        where = launch.in_scheme("rules")
        return Finding("examples", (problem_at("ready.no_example", where, scheme=scheme),))
    failing = [Problem("example_fails", {"scheme": scheme, "example": run.id}) for run in runs if not run.passed]
    return Finding("examples", (*failing, *_unconfirmed(launch)), (str(len(runs)),))


def _unconfirmed(launch: Launch) -> list[Problem]:
    """One problem, at the first example whose title or comment still asks to be confirmed, that counts them all."""
    source = launch.library.source(launch.scheme.id)
    declared = launch.library.examples(launch.scheme.id)
    if declared is None or source.examples is None:
        return []
    tree = source.examples
    lines = (source.folder / "examples.yaml").read_text("utf-8").splitlines()
    places = {name: place(tree, ("examples", name), of_key=True) for name in declared.examples}
    waiting = [
        name
        for name, one in declared.examples.items()
        if _asks(one.title) or _asks(lines[places[name].line - 2].lstrip(" #"))
    ]
    if not waiting:
        return []
    data = {"count": len(waiting), "of": len(declared.examples), "examples": tuple(waiting)}
    return [Problem("ready.examples_unconfirmed", data, places[waiting[0]], ("examples", waiting[0]))]


def _asks(text: str) -> bool:
    return text.casefold().startswith(_MARKS)
