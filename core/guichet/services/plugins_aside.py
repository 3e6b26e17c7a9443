"""Plugins set aside by the watchdog, told in the journal of the instance."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.services.cases import UseCases
from guichet.storage import Tx
from guichet.storage.journal import INSTANCE

__all__ = ["note_set_aside"]


def note_set_aside(cases: UseCases, reasons: Mapping[str, str]) -> None:
    """Journal each plugin set aside, with what it did; nothing for none."""
    if not reasons:
        return

    def act(tx: Tx) -> None:
        for plugin, reason in reasons.items():
            tx.journal(INSTANCE, "plugin_set_aside", data={"plugin": plugin, "reason": reason})

    cases.store.act(act)
