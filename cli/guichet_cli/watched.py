"""Commands that run for long work under a watchdog, which starts them again without the plugin that stopped them."""

from __future__ import annotations

import os

from guichet.locale import Text
from guichet.worker.watchdog import Ended, Limits, Watched, watch
from guichet_cli.terminal import Terminal

__all__ = ["under_watch"]

_HUNG = Text(
    fr="L'extension {plugins} ne rendait pas la main : elle est mise à l'écart, le travail reprend sans elle.",
    en="Plugin {plugins} did not come back: it is set aside, work goes on without it.",
)
_DIED = Text(
    fr="Le programme s'est arrêté pendant le travail de l'extension {plugins} : elle est mise à l'écart,"
    " le travail reprend sans elle.",
    en="The program ended while plugin {plugins} was at work: it is set aside, work goes on without it.",
)
_STARTED = Text(
    fr="Le programme s'est arrêté pendant le démarrage de l'extension {plugins} : corrigez-la, ou désactivez-la par"
    " GUICHET_PLUGINS_OFF={plugins}.",
    en="The program ended while plugin {plugins} was starting: mend it, or disable it by"
    " GUICHET_PLUGINS_OFF={plugins}.",
)
_SUSPECTED = Text(
    fr="Le programme s'est arrêté pendant le travail des extensions {plugins} ; il reprend.",
    en="The program ended while the plugins {plugins} were at work; it starts again.",
)
_CRASHED = Text(fr="Le programme s'est arrêté ; il reprend.", en="The program ended; it starts again.")


def under_watch(terminal: Terminal) -> Watched | int:
    """Gives what to tell the plugins' health in the process that works, an exit code in the one that watched over it.

    Nothing may be open yet but a listening socket. Where there is no watchdog, work goes on in this process.
    """
    settings = terminal.settings
    if not (settings.watchdog and terminal.own_process) or not hasattr(os, "fork"):
        return Watched()

    def note(ended: Ended) -> None:
        if ended.blamed:
            text = {"hung": _HUNG, "died": _DIED, "started": _STARTED}[ended.how]
            terminal.note(text, plugins=", ".join(ended.blamed))
        elif ended.suspected:
            terminal.note(_SUSPECTED, plugins=", ".join(ended.suspected))
        else:
            terminal.note(_CRASHED)

    return watch(Limits(settings.plugin_seconds, settings.memory_mb), note)
