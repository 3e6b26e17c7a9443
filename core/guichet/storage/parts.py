"""The amounts that make a sum: kept with the decision, the order or the claim that bears it, read in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table, select

from guichet.model.records import AmountPart
from guichet.storage.errors import PartsDifferError
from guichet.storage.tables.parts import decision_part, order_part, recovery_part
from guichet.storage.tx import Tx

__all__ = ["keep", "of_decision", "of_orders", "of_recoveries"]

_OWNERS: Mapping[str, Table] = {"decision": decision_part, "payment_order": order_part, "recovery": recovery_part}
_AT_ONCE = 500


def keep(tx: Tx, kind: str, owner: str, parts: Sequence[AmountPart], cents: int) -> None:
    """Keep which amounts make a sum; nothing for a sum of one.

    Args:
        kind: `decision`, `payment_order` or `recovery`.

    Raises:
        PartsDifferError: They do not make it to the cent.
    """
    if not parts:
        return
    found = sum(part.cents for part in parts)
    if found != cents:
        raise PartsDifferError(owner=owner, parts=found, cents=cents)
    for position, part in enumerate(parts, start=1):
        values = {"amount": part.amount, "label": part.label, "cents": part.cents}
        tx.run(_OWNERS[kind].insert(), {kind: owner, "position": position, **values})


def of_decision(tx: Tx, decision_id: str) -> tuple[AmountPart, ...]:
    """Give the amounts of a grant; nothing for an aid that has one."""
    return _of(tx, "decision", [decision_id]).get(decision_id, ())


def of_orders(tx: Tx, order_ids: Iterable[str]) -> dict[str, tuple[AmountPart, ...]]:
    """Give the amounts of each of some orders that have any."""
    return _of(tx, "payment_order", list(order_ids))


def of_recoveries(tx: Tx, recovery_ids: Iterable[str]) -> dict[str, tuple[AmountPart, ...]]:
    """Give the amounts of each of some claims that have any."""
    return _of(tx, "recovery", list(recovery_ids))


def _of(tx: Tx, kind: str, owners: Sequence[str]) -> dict[str, tuple[AmountPart, ...]]:
    table = _OWNERS[kind]
    found: dict[str, tuple[AmountPart, ...]] = {}
    for start in range(0, len(owners), _AT_ONCE):
        here = table.c[kind].in_(owners[start : start + _AT_ONCE])
        read = select(table.c[kind], table.c.amount, table.c.label, table.c.cents)
        for owner, amount, label, cents in tx.all(read.where(here).order_by(table.c[kind], table.c.position)):
            found[owner] = (*found.get(owner, ()), AmountPart(amount, label, cents))
    return found
