"""Waivers: someone takes an item of the launch list upon themselves, by name and for a reason; the journal holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from guichet.errors import Problem, ProblemsFound, guess
from guichet.services.cases import UseCases
from guichet.services.readiness.launches import ITEMS, Item
from guichet.storage import Tx, journal

__all__ = ["Waiver", "unwaive", "waive", "waivers"]

_WAIVED, _UNWAIVED = "readiness_waived", "readiness_unwaived"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who took an item upon themselves, when, and why."""

    item: Item
    by: str
    because: str
    at: datetime


def waive(cases: UseCases, scheme: str, territory: str, item: str, *, because: str, by: str) -> None:
    """Take an item of a launch list upon oneself; raises ProblemsFound without a reason, a name, or such an item."""
    if item not in ITEMS:
        raise ProblemsFound([Problem("ready.unknown_item", guess(item, ITEMS))])
    if not because.strip() or not by.strip():
        raise ProblemsFound([Problem("ready.waiver_unsigned")])
    data = {"scheme": scheme, "item": item, "because": because.strip(), "by": by.strip()}
    cases.store.act(lambda tx: tx.journal(territory, _WAIVED, subject=_subject(scheme, territory), data=data))


def unwaive(cases: UseCases, scheme: str, territory: str, item: str, *, by: str) -> None:
    """Take a waiver back; raises ProblemsFound without a name, or when there is none."""
    if not by.strip():
        raise ProblemsFound([Problem("ready.unwaiver_unsigned")])

    def act(tx: Tx) -> None:
        if item not in waivers(tx, scheme, territory):
            raise ProblemsFound([Problem("ready.not_waived", {"item": item})])
        data = {"scheme": scheme, "item": item, "by": by.strip()}
        tx.journal(territory, _UNWAIVED, subject=_subject(scheme, territory), data=data)

    cases.store.act(act)


def waivers(tx: Tx, scheme: str, territory: str) -> dict[Item, Waiver]:
    """The waivers that stand, by item: what the journal says last of each."""
    found: dict[Item, Waiver] = {}
    for event in journal.of_subject(tx, _subject(scheme, territory)):
        body = cast("Mapping[str, Any]", json.loads(event.body or "{}"))
        data = cast("Mapping[str, str]", body.get("data", {}))
        item = cast("Item", data.get("item"))
        if event.kind == _WAIVED:
            found[item] = Waiver(item, data["by"], data["because"], event.at)
        elif event.kind == _UNWAIVED:
            found.pop(item, None)
    return found


def _subject(scheme: str, territory: str) -> str:
    return f"launch:{scheme}:{territory}"
