"""A process that calls plugins that hang, eat memory or kill, under the watchdog of real commands.

`python hostile_child.py work FOLDER FAULT [unmarked] FAMILY…` plays the story hook after hook, each in an instance of
its own under FOLDER, whatever became of the one before; a hook that the story does without is called once.
`python hostile_child.py start FAULT [unmarked]` loads a plugin that does its harm while it is imported.
It says each end the watchdog saw, which plugins failed, then how it ended.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from databases import SteppedClock
from guichet import hookimpl
from guichet.errors import ProblemsFound, render
from guichet.plugin import PluginFailed, Plugins, PluginSetAside, answers_needed, load_plugins
from guichet.services.plugins_aside import note_set_aside
from guichet.worker.watchdog import Ended, Limits, Watched, watch
from hostile_calls import CALLS
from hostile_plugins import FATAL, plugins_with
from hostile_story import PARTS, Story, the_cases, the_url
from worked import DAY

LIMITS = Limits(seconds=2, memory_mb=1500)


def main(task: str, *arguments: str) -> int:
    """Split in two, do the task, give an exit code."""

    def note(ended: Ended) -> None:
        print("ended", ended.how, *ended.blamed, flush=True)

    watched = watch(LIMITS, note)
    if isinstance(watched, int):
        print("code", watched, flush=True)
        return watched
    marked = Watched(None, watched.aside) if "unmarked" in arguments else watched
    return {"work": work, "start": start}[task](marked, *(one for one in arguments if one != "unmarked"))


def work(watched: Watched, folder: str, fault: str, *families: str) -> int:
    """Play the story of each hook that is not yet played to its end."""
    news: Any = watched.news
    for family in families:
        place = Path(folder) / family
        if (place / "played").exists():
            continue
        place.mkdir(exist_ok=True)
        plugins = plugins_with(family, key_of(family), FATAL[fault], f"hostile_{family}")
        known = {name: why for name, why in watched.aside.items() if name == f"hostile_{family}"}
        replace(watched, aside=known).tell(plugins.health)
        with the_cases(the_url(place), place, SteppedClock(DAY), plugins) as cases:
            note_set_aside(cases, news)
            if family in PARTS:
                Story(place).play(cases)
            else:
                call_once(plugins, family)
        news = {}
        print("failed", *(one.name for one in plugins.describe() if one.health.failures), flush=True)
        (place / "played").touch()
    return 0


def key_of(family: str) -> str:
    """The shipped object of a hook that is made hostile."""
    return PARTS.get(family) or CALLS[family][0]


def call_once(plugins: Plugins, family: str) -> None:
    """Call a hook that the story does without; a plugin set aside answers nothing."""
    key, method, arguments = CALLS[family]
    with answers_needed(), suppress(PluginFailed, PluginSetAside):
        given = getattr(getattr(plugins, family)[key], method)(*arguments())
        given = list(given) if hasattr(given, "__next__") else given
        print("answered", given, flush=True)


def start(watched: Watched, fault: str) -> int:
    """Load a plugin whose hook does its harm at once, as its module would when it is imported."""
    module = ModuleType("hostile")
    vars(module)["register_exporters"] = hookimpl(lambda: FATAL[fault](list, ()))
    try:
        load_plugins(extra={"hostile": module}, installed=False, marks=watched.marks)
    except ProblemsFound as found:
        print("refused", *(render(problem, "en").splitlines()[0] for problem in found.problems), flush=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
