"""Releasing a restored installation: what had left since the backup is told once, and never leaves a second time.

The database knows nothing of what happened after the backup; the payment files that left do. Each names dossiers by
their public references, ten characters with a check character, whatever its format. So:

- an order that waits and is named by such a file is transmitted: it enters no other file; so is one whose dossier alone
  is named, by a file that names none of its orders;
- a dossier named without an order that waits was decided after the backup: it may be decided again, never paid again;
- the files of those days had numbers: the next ones begin beyond;
- a duty for the outside queued at the backup may have been done since: it is set aside, shown, done again on demand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.model.records import PaymentOrder
from guichet.model.reference import parse_reference
from guichet.services.cases import UseCases
from guichet.services.quarantine import HARMLESS
from guichet.storage import Tx, journal, restorations

__all__ = ["Released", "release"]

_WORD = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{10}(?![0-9A-Za-z])")
_NOT_TEXT = re.compile(rb"\A%PDF|[\x00-\x08\x0e-\x1f]")
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
    quoted = {path.name: _quoted_in(path) for path in delivered if path.name not in known}

    def act(tx: Tx) -> Released:
        held = restorations.standing(tx)
        if held is None:
            raise ProblemsFound([Problem("restore.not_held")])
        transmitted, paid, unknown = _settle_payments(tx, held.id, quoted)
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
    tx: Tx, restoration: str, quoted: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    named: dict[str, str] = {}
    for file, quotes in quoted.items():
        named = dict.fromkeys(quotes, file) | named
    known = restorations.by_references(tx, named)
    references = {dossier: reference for reference, dossier in known.items()}
    orders = restorations.orders_of(tx, named)
    of_dossier: dict[str, set[str]] = {}
    for order, dossier in orders.items():
        of_dossier.setdefault(dossier, set()).add(order)
    waiting = restorations.waiting_orders(tx)
    left = {
        order.id: file
        for order in waiting
        if (
            file := _file_that_took(order, references.get(order.dossier, ""), of_dossier.get(order.dossier, ()), quoted)
        )
    }
    restorations.note_transmitted(tx, left)
    told = {order.dossier for order in waiting} | set(orders.values())
    paid = {dossier: named[reference] for reference, dossier in known.items() if dossier not in told}
    restorations.note_paid(tx, restoration, paid)
    unknown = sorted(reference for reference in named if reference not in known and reference not in orders)
    taken = sorted(order.reference for order in waiting if order.id in left)
    return tuple(taken), tuple(sorted(references[dossier] for dossier in paid)), tuple(unknown)


def _file_that_took(
    order: PaymentOrder, dossier: str, siblings: Collection[str], quoted: Mapping[str, frozenset[str]]
) -> str:
    """The file that took an order: it quotes the order, or its dossier and none of the dossier's own orders."""
    for file, references in quoted.items():
        if order.reference in references or (dossier in references and references.isdisjoint(siblings)):
            return file
    return ""


def _quoted_in(path: Path) -> frozenset[str]:
    """The references that a payment file quotes; of what is no text, chance alone would make some."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProblemsFound([Problem("cli.unreadable", {"path": path})]) from error
    if _NOT_TEXT.search(content):
        raise ProblemsFound([Problem("restore.not_text", {"file": path})])
    words = _WORD.findall(content.decode("latin-1"))
    found = frozenset(reference for word in words if (reference := parse_reference(word)) is not None)
    if not found:
        raise ProblemsFound([Problem("restore.no_reference", {"file": path})])
    return found


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
