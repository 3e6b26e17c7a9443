"""A process that calls a plugin that hangs, eats memory or kills, under the watchdog of real commands.

It plays the story, or makes the one call of a hook that the story does without.

`python hostile_child.py URL FOLDER FAMILY KEY FAULT [unmarked]`; it says each end the watchdog saw, then how it ended.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from databases import SteppedClock
from guichet.plugin import PluginFailed, Plugins, PluginSetAside, answers_needed
from guichet.services.plugins_aside import note_set_aside
from guichet.worker.watchdog import Ended, Limits, Watched, watch
from hostile_calls import CALLS
from hostile_plugins import FATAL, plugins_with
from hostile_story import PARTS, Story
from worked import DAY, opened_cases

LIMITS = Limits(seconds=4, memory_mb=1500)


def main(url: str, folder: str, family: str, key: str, fault: str, *unmarked: str) -> int:
    """Split in two, play, give an exit code."""

    def note(ended: Ended) -> None:
        print("ended", ended.how, *ended.blamed, flush=True)

    watched = watch(LIMITS if family in PARTS else replace(LIMITS, seconds=2), note)
    if isinstance(watched, int):
        print("code", watched, flush=True)
        return watched
    plugins = plugins_with(family, key, FATAL[fault])
    (Watched(None, watched.aside) if unmarked else watched).tell(plugins.health)
    cases = opened_cases(url, Path(folder) / "instance", clock=SteppedClock(DAY), plugins=plugins)
    note_set_aside(cases, watched.news)
    if family in PARTS:
        Story(Path(folder)).play(cases)
    else:
        call_once(plugins, family)
    cases.store.close()
    print("failed", *(one.name for one in plugins.describe() if one.health.failures), flush=True)
    return 0


def call_once(plugins: Plugins, family: str) -> None:
    """Call a hook that the story does without; a plugin set aside answers nothing."""
    key, method, arguments = CALLS[family]
    with answers_needed(), suppress(PluginFailed, PluginSetAside):
        given = getattr(getattr(plugins, family)[key], method)(*arguments())
        given = list(given) if hasattr(given, "__next__") else given
        print("answered", given, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
