"""Quarantine: after a restoration nothing leaves for the outside until someone has said what had left meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.errors import Problem, ProblemsFound
from guichet.model.records import OutboxRow
from guichet.services.cases import UseCases
from guichet.storage import Tx, outbox, restorations
from guichet.storage.restorations import Restoration

__all__ = ["HARMLESS", "Quarantined", "claim_allowed", "require_released", "standing"]

HARMLESS = ("money_came_back", "pre_instruct", "recheck", "reevaluate", "resume_waiting", "throw_away")
"""The duties that tell and pay nobody. Any other kind, one still to be invented included, waits for the release."""


class Quarantined(ProblemsFound):
    """The installation was restored and is not released: it sends and pays nothing."""

    def __init__(self, restoration: Restoration) -> None:
        data = {"backup_at": f"{restoration.backup_at:%Y-%m-%d %H:%M} UTC"}
        super().__init__([Problem("restore.quarantined", data)])


def standing(cases: UseCases) -> Restoration | None:
    """The restoration that holds this installation back, if one does."""
    return cases.store.read(restorations.standing)


def require_released(cases: UseCases) -> None:
    """Raise Quarantined before anything leaves an installation that is held back."""
    found = standing(cases)
    if found is not None:
        raise Quarantined(found)


def claim_allowed(tx: Tx, worker: str, *, kinds: Sequence[str], **claim: object) -> list[OutboxRow]:
    """Claim duties as `outbox.claim` does; in quarantine, only those that tell and pay nobody."""
    if restorations.standing(tx) is None:
        return outbox.claim(tx, worker, kinds=kinds, **claim)  # pyright: ignore[reportArgumentType]  passed on as given
    allowed = [kind for kind in HARMLESS if not kinds or kind in kinds]
    return outbox.claim(tx, worker, kinds=allowed, **claim) if allowed else []  # pyright: ignore[reportArgumentType]  passed on as given
