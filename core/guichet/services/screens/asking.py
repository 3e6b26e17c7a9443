"""Asking a screen what it shows: told what it reads and nothing else, waited for a moment, its answer looked at."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from guichet.plugin import PluginStopped
from guichet.plugin.contracts import PluginError, Reason, ScreenContent
from guichet.plugin.contracts.base import Language
from guichet.services.cases import UseCases
from guichet.services.screens.finding import FoundScreen
from guichet.services.screens.looking import fault_of
from guichet.services.screens.telling import tell

__all__ = ["Answered", "Silence", "ask_screen"]

WAIT_S = 3.0
"""How long a page waits for a screen."""
_LOG = logging.getLogger("guichet.screens")
_TOO_SLOW = "the screen did not answer in time"


@dataclass(frozen=True, slots=True)
class Silence:
    """A screen that shows nothing: `says_no` on purpose, with its sentence; `broken` or `too_slow` without."""

    kind: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a screen gave, or why nothing; `more` when another page of what it read follows."""

    content: ScreenContent | None
    silence: Silence | None
    more: bool = False


def ask_screen(
    cases: UseCases, agent_id: str, found: FoundScreen, page: int = 1, language: Language = "fr", wait_s: float = WAIT_S
) -> Answered:
    """What a screen shows of its place; whatever it does, an answer comes and nothing else is touched."""
    told = tell(cases, agent_id, found, page, language)
    context = cases.context(found.territory, language, dossier=found.dossier.id if found.dossier else "")
    options = cases.service_options(found.screen)
    named = f"screens:{found.screen.key}"
    given: list[ScreenContent] = []
    raised: list[Exception] = []

    def ask() -> None:
        try:
            given.append(cases.plugins.call(named, _looked_at(lambda: found.screen.show(told.asked, options, context))))
        except (PluginError, PluginStopped) as error:
            raised.append(error)

    thread = Thread(target=ask, name=f"guichet-screen-{found.screen.key}", daemon=True)
    thread.start()
    thread.join(wait_s)
    if given:
        return Answered(given[0], None, more=told.more or given[0].more)
    if not raised:
        cases.plugins.failed(named, _TOO_SLOW)
        return Answered(None, Silence("too_slow"))
    if isinstance(raised[0], PluginError):
        return Answered(None, Silence("says_no", raised[0].reason))
    _LOG.warning("the screen %s is broken", found.screen.key, exc_info=raised[0])
    return Answered(None, Silence("broken"))


def _looked_at(show: Callable[[], ScreenContent]) -> Callable[[], ScreenContent]:
    """The call with what it gives looked at inside it, so that a wrong answer is the plugin's failure."""

    def ask() -> ScreenContent:
        content = show()
        fault = fault_of(content)
        if fault:
            raise ValueError(fault)
        return content

    return ask
