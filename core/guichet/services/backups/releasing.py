"""Releasing a restored installation: what had left since the backup is told once, and never leaves a second time.

The database knows nothing of what happened after the backup; the payment files that left do. Each names dossiers by
their public references, ten characters with a check character, whatever its format. So:

- an order that waits, of a dossier named by such a file, is transmitted: it enters no other file;
- a dossier named without an order that waits was decided after the backup: it may be decided again, never paid again;
- the files of those days had numbers: the next ones begin beyond;
- a duty for the outside queued at the backup may have been done since: it is set aside, shown, done again on demand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.model.reference import parse_reference
from guichet.services.cases import UseCases
from guichet.services.quarantine import HARMLESS
from guichet.storage import Tx, journal, restorations

__all__ = ["Released", "release"]

_WORD = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{10}(?![0-9A-Za-z])")
_WHY = "restored from a backup: may have been done since"


@dataclass(frozen=True, slots=True)
class Released:
    """What a release settled."""

    transmitted: tuple[str, ...]
    """References of orders that a file had taken since the backup."""
    paid: tuple[str, ...]
    """References of dossiers paid by a decision that is lost."""
    unknown: tuple[str, ...]
    """References that only the files know: dossiers filed after the backup."""
    aside: Mapping[str, int]
    """Kind of duty → how many were set aside."""
    again: Mapping[str, int]
    """Kind of duty → how many will be done, on demand."""


def release(
    cases: UseCases, *, delivered: Sequence[Path], nothing_left: bool, because: str, by: str, redo: Sequence[str] = ()
) -> Released:
    """Let a restored installation send and pay again.

    Args:
        delivered: Every payment file that left since the backup, as the accountant has them.
        nothing_left: No payment file left since the backup; said instead of `delivered`.
        redo: Kinds of duties queued at the backup that are to be done, because they were not.

    Raises:
        ProblemsFound: Nothing is held back, nobody signs, or what left is not said.
    """
    if not because.strip() or not by.strip():
        raise ProblemsFound([Problem("restore.release_unsigned")])
    if bool(delivered) == nothing_left:
        raise ProblemsFound([Problem("restore.what_left")])
    # A file that the backup knows to have left says nothing new: an order suspended after it stays suspended.
    known = cases.store.read(restorations.files_known)
    named = _named_in([path for path in delivered if path.name not in known])

    def act(tx: Tx) -> Released:
        held = restorations.standing(tx)
        if held is None:
            raise ProblemsFound([Problem("restore.not_held")])
        transmitted, paid, unknown = _settle_payments(tx, held.id, named)
        duties = restorations.held_duties(tx, held.restored_at, HARMLESS)
        aside = [row for row in duties if row.kind not in redo]
        restorations.bury(tx, aside, _WHY)
        restorations.release(tx, held.id, by=by.strip(), on=tx.now.date(), files=len(delivered))
        again = _counted(row.kind for row in duties if row.kind in redo)
        done = Released(transmitted, paid, unknown, _counted(row.kind for row in aside), again)
        _note(tx, held.id, done, delivered, because=because.strip(), by=by.strip())
        return done

    return cases.store.act(act)


def _settle_payments(
    tx: Tx, restoration: str, named: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    known = restorations.by_references(tx, named)
    references = {dossier: reference for reference, dossier in known.items()}
    waiting = restorations.waiting_orders(tx)
    left = {
        order.id: named.get(order.reference) or named[references[order.dossier]]
        for order in waiting
        if order.reference in named or order.dossier in references
    }
    restorations.note_transmitted(tx, left)
    orders = restorations.orders_of(tx, named)
    told = {order.dossier for order in waiting} | set(orders.values())
    paid = {dossier: named[reference] for reference, dossier in known.items() if dossier not in told}
    restorations.note_paid(tx, restoration, paid)
    unknown = sorted(reference for reference in named if reference not in known and reference not in orders)
    taken = sorted(order.reference for order in waiting if order.id in left)
    return tuple(taken), tuple(sorted(references[dossier] for dossier in paid)), tuple(unknown)


def _named_in(files: Sequence[Path]) -> dict[str, str]:
    """Reference → the name of the file that quotes it."""
    named: dict[str, str] = {}
    for path in files:
        try:
            text = path.read_bytes().decode("latin-1")
        except OSError as error:
            raise ProblemsFound([Problem("cli.unreadable", {"path": path})]) from error
        found = [reference for word in _WORD.findall(text) if (reference := parse_reference(word)) is not None]
        if not found:
            raise ProblemsFound([Problem("restore.no_reference", {"file": path})])
        for reference in found:
            named.setdefault(reference, path.name)
    return named


def _note(tx: Tx, restoration: str, done: Released, files: Sequence[Path], *, because: str, by: str) -> None:
    data = {
        "by": by,
        "because": because,
        "files": {path.name: sha256(path.read_bytes()).hexdigest() for path in files},
        "transmitted": list(done.transmitted),
        "paid": list(done.paid),
        "unknown": list(done.unknown),
        "aside": dict(done.aside),
        "again": dict(done.again),
    }
    tx.journal(journal.INSTANCE, "restoration_released", subject=restoration, data=data)


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return found
