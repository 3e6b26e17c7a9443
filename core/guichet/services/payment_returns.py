"""What comes back after a payment file: each line applied once, known already, or rejected with its reason.

read = applied + unchanged + rejected, and the ledger keeps what became of each line. Read again, a return applies
nothing: the same outcome of the same order on the same day is one fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from guichet.locale import Texts, format_date, format_money
from guichet.model.payment import PluginUse
from guichet.model.records import OrderState, PaymentOrder
from guichet.plugin.contracts import Reason, RejectedRow, ReturnLine
from guichet.plugin.contracts.base import Language
from guichet.services.cases import UseCases
from guichet.services.new_accounts import ask_new_account
from guichet.services.paid_after_all import LeftAlready, is_paid_after_all, pay_after_all
from guichet.services.payment_moves import tell_move
from guichet.services.refusals import Refused
from guichet.storage import Tx, batches, dossiers, outbox, parts, returns
from guichet.storage import payments as orders
from guichet.storage.errors import OrderMovedError
from guichet.storage.returns import Fact, Result, ReturnImport

__all__ = ["Imported", "RejectedLine", "import_returns"]

_CHUNK = 200
_STATES: dict[str, OrderState] = {"paid": "paid", "rejected": "rejected", "suspended": "suspended"}
_SENT: tuple[OrderState, ...] = ("transmitted", "suspended", "resumed", "paid", "rejected")


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line of a return that changed nothing, and why."""

    line: int
    column: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Imported:
    """The ledger of an import, and the lines it rejected."""

    ledger: ReturnImport
    rejected: tuple[RejectedLine, ...]


class _Rejected(Exception):  # noqa: N818  the reason a line changes nothing; undone with its savepoint
    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.reason = Reason(fr=fr, en=en)


def import_returns(cases: UseCases, scheme: str, territory: str, file: Path, *, language: Language = "fr") -> Imported:
    """Read a return and apply what is new.

    Raises:
        Refused: The scheme is not published there, or declares no returns.
        PluginError, PluginFailed: The file cannot be read.
    """
    compiled = cases.snapshots.current(scheme, territory)
    payment = compiled.scheme.payment if compiled is not None else None
    if payment is None or payment.returns is None:
        raise Refused("returns_not_declared", scheme=scheme, territory=territory)
    digest = sha256(file.read_bytes()).hexdigest()
    lines = _read(cases, payment.returns, territory, file, language)
    import_id = cases.store.act(
        lambda tx: returns.begin(tx, scheme=scheme, territory=territory, file_name=file.name, sha256=digest)
    )
    rejected: list[RejectedLine] = []
    for start in range(0, len(lines), _CHUNK):
        some = lines[start : start + _CHUNK]
        rejected += cases.store.act(lambda tx, some=some: _apply_some(cases, tx, import_id, scheme, territory, some))
    cases.store.act(lambda tx: _journal(tx, import_id))
    return Imported(cases.store.read(lambda tx: returns.by_id(tx, import_id)), tuple(rejected))


def _read(
    cases: UseCases, use: PluginUse, territory: str, file: Path, language: Language
) -> list[ReturnLine | RejectedRow]:
    reader = cases.plugins.return_readers[use.plugin]
    options = reader.Options.model_validate(use.options)
    context = cases.context(territory, language)

    def work() -> list[ReturnLine | RejectedRow]:
        with file.open("rb") as stream:
            return list(reader.lines(stream, options, context))

    return cases.plugins.call(f"return_readers:{use.plugin}", work)


def _journal(tx: Tx, import_id: str) -> None:
    ledger = returns.by_id(tx, import_id)
    counted = {name: getattr(ledger, name) for name in ("read", "applied", "unchanged", "rejected")}
    data: dict[str, Any] = {"scheme": ledger.scheme, "file": ledger.file_name, "sha256": ledger.sha256, **counted}
    tx.journal(ledger.territory, "return_imported", subject=import_id, data=data)


def _apply_some(
    cases: UseCases,
    tx: Tx,
    import_id: str,
    scheme: str,
    territory: str,
    lines: Sequence[ReturnLine | RejectedRow],
) -> list[RejectedLine]:
    rejected: list[RejectedLine] = []
    counts: Counter[Result] = Counter()
    for line in lines:
        order: PaymentOrder | None = None
        because: Reason | None = None
        result: Result = "rejected"
        if isinstance(line, RejectedRow):
            because = line.reason
        else:
            order = orders.by_reference(tx, line.order)
            if order is not None and (order.scheme, order.territory) != (scheme, territory):
                order = None
            try:
                with tx.savepoint():
                    result = _apply(cases, tx, import_id, line, order)
            except _Rejected as error:
                because = error.reason
        if because is not None:
            column = line.column if isinstance(line, RejectedRow) else ""
            rejected.append(RejectedLine(line.line, column, because))
        counts[result] += 1
        returns.note_line(
            tx,
            import_id,
            line.line,
            result,
            payment_order=order.id if order is not None else None,
            because=because.fr if because is not None else "",
        )
    numbers = {"applied": counts["applied"], "unchanged": counts["unchanged"], "rejected": counts["rejected"]}
    returns.count(tx, import_id, **numbers)
    return rejected


def _apply(cases: UseCases, tx: Tx, import_id: str, line: ReturnLine, found: PaymentOrder | None) -> Result:
    if found is None:
        raise _Rejected(
            f"Aucune mise en paiement ne porte la référence « {line.order} » dans ce dispositif et ce territoire.",
            f'No payment order bears the reference "{line.order}" in this scheme and territory.',
        )
    if found.state == "rejected":
        dossiers.lock(tx, found.dossier)  # it comes before its orders, and what takes the place of this one waits
    order = orders.lock(tx, found.id)
    _refuse_what_cannot_be(cases, tx, order, line)
    came_back = line.outcome == "rejected" and order.state == "paid"
    fact = Fact(order.id, line.outcome, line.on, line.cents, line.mandate, line.mandate_on, line.reason, import_id)
    if not returns.add_fact(tx, fact):
        return "unchanged"
    if came_back:
        _refuse_older_than_payment(tx, order, line)
    if line.outcome == "accepted":
        if order.state not in _SENT:
            raise _moved(order, line)
        _journal_accepted(tx, order, line)
        return "applied"
    moved = _move(tx, order, line)
    _tell(cases, tx, moved, line, came_back=came_back)
    return "applied"


def _refuse_what_cannot_be(cases: UseCases, tx: Tx, order: PaymentOrder, line: ReturnLine) -> None:
    """Raise for another sum than what was ordered, a day that lies ahead, or what speaks of an earlier sending."""
    if line.cents is not None and line.cents != order.cents:
        part = next((one for one in parts.of_orders(tx, [order.id]).get(order.id, ()) if one.cents == line.cents), None)
        told, owed = format_money(line.cents, "fr"), format_money(order.cents, "fr")
        if part is not None:
            raise _Rejected(
                f"{told} est un des montants de cette mise en paiement ({part.label}) ; le retour parle de son total, "
                f"{owed}.",
                f"{told} is one amount of this payment order ({part.label}); a return speaks of its total, {owed}.",
            )
        raise _Rejected(f"Montant {told} au lieu de {owed}.", f"Amount {told} instead of {owed}.")
    if line.on > (today := cases.today(order.territory)):
        raise _Rejected(
            f"La date, {format_date(line.on)}, est dans l'avenir (nous sommes le {format_date(today)}).",
            f"The day, {line.on.isoformat()}, lies ahead (today is {today.isoformat()}).",
        )
    if line.outcome == "rejected" and order.batch is not None and line.on < batches.by_id(tx, order.batch).on_day:
        raise _Rejected(
            "Le rejet est antérieur au dernier fichier qui porte cette mise en paiement : il parle d'un autre envoi.",
            "The rejection is older than the last file that holds this payment order: it speaks of another sending.",
        )


def _move(tx: Tx, order: PaymentOrder, line: ReturnLine) -> PaymentOrder:
    try:
        if line.outcome == "paid" and is_paid_after_all(tx, order, line.on):
            return pay_after_all(tx, order)
        return orders.move(tx, order.id, _STATES[line.outcome], reason=line.reason or None)
    except OrderMovedError as error:
        raise _moved(order, line) from error
    except LeftAlready as error:
        raise _Rejected(
            f"La mise en paiement {error.order.reference}, qui a pris la place de celle-ci, est déjà dans un fichier : "
            "la même somme risque d'être payée deux fois. Voyez le comptable sans attendre.",
            f"The payment order {error.order.reference}, which took the place of this one, is in a file already: the "
            "same sum may be paid twice. See the accountant at once.",
        ) from error


def _refuse_older_than_payment(tx: Tx, order: PaymentOrder, line: ReturnLine) -> None:
    """Raise unless the money came back after the day it was paid: an older line speaks of what the payment mended."""
    paid = [fact.on_day for fact in returns.facts_of(tx, order.id) if fact.outcome == "paid"]
    if not paid or line.on <= max(paid):
        raise _Rejected(
            "Le rejet n'est pas postérieur au paiement : il parle d'un essai que le paiement a suivi.",
            "The rejection is not later than the payment: it speaks of an attempt that the payment followed.",
        )


def _moved(order: PaymentOrder, line: ReturnLine) -> _Rejected:
    fr, en = Texts("fr"), Texts("en")
    state = "leaving" if order.batch and order.state in orders.SENDABLE else order.state
    return _Rejected(
        f"La mise en paiement {order.reference} est « {fr(f'instruction.order_{state}').lower()} » : "
        f"« {fr(f'paying.return_{line.outcome}')} » ne s'y applique pas.",
        f'The payment order {order.reference} is "{en(f"instruction.order_{state}").lower()}": '
        f'"{en(f"paying.return_{line.outcome}")}" does not apply to it.',
    )


def _told(line: ReturnLine) -> dict[str, object]:
    told: dict[str, object] = {"on": line.on.isoformat(), "mandate": line.mandate, "reason": line.reason}
    return {name: value for name, value in told.items() if value}


def _journal_accepted(tx: Tx, order: PaymentOrder, line: ReturnLine) -> None:
    data = {"order": order.reference, **_told(line)}
    tx.journal(order.territory, "payment_accepted", subject=order.dossier, data=data)


def _tell(cases: UseCases, tx: Tx, order: PaymentOrder, line: ReturnLine, *, came_back: bool) -> None:
    """The journal line and the message; a rejection for the account asks for another where the scheme has the form."""
    data = {"cents": order.cents, **_told(line)}
    if line.outcome == "paid":
        tell_move(tx, order, "paid", data)
    elif line.outcome == "suspended":
        said = Texts("fr")("letters.payment_suspended_without_reason")
        tell_move(tx, order, "payment_suspended", data, message=said)
    else:
        asked = line.wrong_account and ask_new_account(cases, tx, order, by="system", reason="rejected")
        kind = "payment_came_back" if came_back else ""
        if came_back:  # an undone decision holds its commitment while its money is out
            key = f"money_came_back:{order.id}:{line.on.isoformat()}"
            outbox.put(tx, "money_came_back", {"dossier": order.dossier}, key=key)
        tell_move(tx, order, "payment_rejected", data, silent=bool(asked), kind=kind)
