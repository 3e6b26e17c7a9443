"""Pages for agents that watch the installation: calls to other services, and the work behind the pages."""

from __future__ import annotations

from typing import Any

from guichet import Screen, hookimpl
from guichet_plugins.screens.background_work import BackgroundWork
from guichet_plugins.screens.outside_calls import DossierCalls, OutsideCalls


@hookimpl
def register_screens() -> list[Screen[Any]]:
    """Give the pages."""
    return [OutsideCalls(), DossierCalls(), BackgroundWork()]
