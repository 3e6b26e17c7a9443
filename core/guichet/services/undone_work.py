"""What was owed for one dossier and given up: a letter that never left, a payment file that was not written."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.model.records import Dossier, OutboxRow, PaymentOrder
from guichet.storage import Tx, outbox, recoveries

__all__ = ["undone_of"]

_OF_DOSSIER = ("pre_instruct", "receipt", "enrich", "letter")
_KINDS = (*_OF_DOSSIER, "claim_papers", "deliver_batch", "pay")
"""In the order in which they are owed. A message, files and what other software is told are told by the journal."""


def undone_of(tx: Tx, dossier: Dossier, orders: Sequence[PaymentOrder] = ()) -> tuple[str, ...]:
    """The kinds of duty that were given up and that this dossier waits for, each once."""
    claims = [one.id for one in recoveries.of_dossier(tx, dossier.id)] if orders else []
    files = [one.batch for one in orders if one.batch is not None]
    owed = any(one.state == "ordered" and one.batch is None for one in orders)
    places = (dossier.scheme,) if owed else ()
    found = outbox.dead_about(tx, (dossier.id, *claims, *files, *places), _KINDS)
    told = {one.kind for one in found if _is_about(one, dossier, claims, files, owed=owed)}
    return tuple(kind for kind in _KINDS if kind in told)


def _is_about(duty: OutboxRow, dossier: Dossier, claims: Sequence[str], files: Sequence[str], *, owed: bool) -> bool:
    at = duty.payload.get
    if duty.kind == "claim_papers":
        return at("recovery") in claims
    if duty.kind == "deliver_batch":
        return at("batch") in files
    if duty.kind == "pay":
        return owed and (at("scheme"), at("territory")) == (dossier.scheme, dossier.territory)
    return at("dossier") == dossier.id
