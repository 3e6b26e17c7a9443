"""A process that plays the story with a plugin that hangs, eats memory or kills, under the watchdog of real commands.

`python hostile_child.py URL FOLDER FAMILY KEY FAULT [unmarked]`; it says each end the watchdog saw, then how it ended.
"""

from __future__ import annotations

import sys
from pathlib import Path

from databases import SteppedClock
from guichet.services.plugins_aside import note_set_aside
from guichet.worker.watchdog import Ended, Limits, Watched, watch
from hostile_plugins import FATAL, plugins_with
from hostile_story import Story
from worked import DAY, opened_cases

LIMITS = Limits(seconds=4, memory_mb=1500)


def main(url: str, folder: str, family: str, key: str, fault: str, *unmarked: str) -> int:
    """Split in two, play, give an exit code."""

    def note(ended: Ended) -> None:
        print("ended", ended.how, *ended.blamed, flush=True)

    watched = watch(LIMITS, note)
    if isinstance(watched, int):
        print("code", watched, flush=True)
        return watched
    plugins = plugins_with(family, key, FATAL[fault])
    (Watched(None, watched.aside) if unmarked else watched).tell(plugins.health)
    cases = opened_cases(url, Path(folder) / "instance", clock=SteppedClock(DAY), plugins=plugins)
    note_set_aside(cases, watched.news)
    Story(Path(folder)).play(cases)
    cases.store.close()
    print("failed", *(one.name for one in plugins.describe() if one.health.failures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
