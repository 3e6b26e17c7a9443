"""The agents' pages. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from guichet.web.instruction import (
    accounts,
    decisions,
    dossier,
    files,
    helpdesk,
    home,
    opinions,
    practice,
    profile,
    recoveries,
    results,
    revocations,
    screens,
    table,
    transfers,
)

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = (
    *home.HANDLERS,
    *table.HANDLERS,
    *opinions.HANDLERS,
    *decisions.HANDLERS,
    *results.HANDLERS,
    *dossier.HANDLERS,
    *accounts.HANDLERS,
    *recoveries.HANDLERS,
    *revocations.HANDLERS,
    *transfers.HANDLERS,
    *files.HANDLERS,
    *helpdesk.HANDLERS,
    *practice.HANDLERS,
    *profile.HANDLERS,
    *screens.HANDLERS,
)
