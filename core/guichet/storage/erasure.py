"""Dossiers forgotten at the end of their time: every row that hangs on them, found by the foreign keys themselves.

Where money was promised, the books stay whole and say no name: dossier, decisions and orders are kept, empty.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Table,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from guichet.model.records import FORGOTTEN, End
from guichet.storage import journal
from guichet.storage.files import unnamed
from guichet.storage.tables import (
    METADATA,
    account,
    account_change,
    api_filing,
    attachment,
    batch_file,
    decision,
    document,
    dossier,
    gone_dossier,
    later_filing,
    ledger_line,
    list_import,
    list_row,
    notice,
    order_told,
    outbox,
    outside_call,
    payment_order,
    person_identity,
    recovery,
    reimbursement,
    return_fact,
    return_line,
    session_identity,
    sign_in,
    staged_part,
    staged_row,
    web_session,
)
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["Erased", "due", "empty_lists", "erase", "erase_accounts", "remaining"]

_KEPT = frozenset({"decision", "payment_order", "ledger_line", "recovery"})
"""What the books are made of: emptied, never deleted."""
_NOBODY = "system"
_UNSETTLED = ("ordered", "suspended", "resumed")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was forgotten: ids of the dossiers, files no row names any more, messages, names of payment files."""

    ids: tuple[str, ...]
    files: tuple[str, ...]
    notices: tuple[str, ...]
    payment_files: tuple[str, ...]


def due(
    tx: Tx,
    scheme: str,
    territory: str,
    ended_before: Mapping[End, datetime],
    drafts_before: datetime,
    *,
    practice: bool = False,
    limit: int,
) -> list[str]:
    """Give the dossiers whose time is over: by their end, counted from the last thing that happened to them or to their
    money, and drafts that nobody touched; nothing while money is on its way.
    """
    at, order = dossier.c, payment_order.c
    endings: list[Any] = [and_(at.phase == "draft", at.changed_at < drafts_before)]
    for end, before in ended_before.items():
        moved = exists().where(order.dossier == at.id, or_(order.state.in_(_UNSETTLED), order.state_at >= before))
        last = and_(at.changed_at < before, func.coalesce(at.decided_at, at.changed_at) < before)
        endings.append(and_(at.phase.in_(("decided", "closed")), at.end == end, last, ~moved))
    here = (at.scheme == scheme, at.territory == territory, at.practice.is_(practice), ~_gone(), ~_claimed())
    return [row.id for row in tx.all(select(at.id).where(*here, or_(*endings)).order_by(at.id).limit(limit))]


def remaining(tx: Tx, scheme: str) -> int:
    """Give how many real dossiers of a scheme still say something, in every territory."""
    here = (dossier.c.scheme == scheme, dossier.c.practice.is_(False), ~_gone())
    return tx.all(select(func.count().label("number")).where(*here))[0].number


def erase(tx: Tx, ids: Sequence[str]) -> Erased:
    """Forget dossiers; what the books need of them stays, without a name."""
    files = {row.stored_as for row in tx.all(_files(ids))}
    notices = tuple(row.id for row in tx.all(select(notice.c.id).where(notice.c.dossier.in_(ids))))
    paid = {row.dossier for row in tx.all(_with_money(ids))}
    _forget_duties(tx, ids)
    tx.run(delete(api_filing).where(api_filing.c.dossier.in_(ids)))
    tx.run(delete(outside_call).where(outside_call.c.dossier.in_(ids)))
    delete_rows(tx, dossier, [one for one in ids if one not in paid])
    payment_files = _empty(tx, sorted(paid)) if paid else ()
    _note_gone(tx, sorted(paid))
    journal.purge_subjects(tx, ids)
    return Erased(tuple(ids), tuple(sorted(unnamed(tx, files))), notices, payment_files)


def erase_accounts(tx: Tx, before: datetime) -> list[str]:
    """Forget applicants who have no dossier and no session, made before an instant; gives their addresses."""
    has_dossier = exists().where(dossier.c.account == account.c.id)
    has_session = exists().where(web_session.c.subject == account.c.id, web_session.c.ends_at > tx.real_now)
    alone = select(account.c.id, account.c.email).where(account.c.created_at < before, ~has_dossier, ~has_session)
    found = [(row.id, row.email) for row in tx.all(alone.limit(200))]
    ids = [one for one, _ in found]
    known = select(person_identity.c.id).where(
        person_identity.c.audience == "applicant", person_identity.c.person.in_(ids)
    )
    tx.run(delete(session_identity).where(session_identity.c.identity.in_(known)))
    tx.run(delete(person_identity).where(person_identity.c.audience == "applicant", person_identity.c.person.in_(ids)))
    tx.run(delete(web_session).where(web_session.c.subject.in_(ids)))
    tx.run(delete(sign_in).where(sign_in.c.email.in_([email for _, email in found])))
    delete_rows(tx, account, ids)
    journal.purge_subjects(tx, ids)
    return [email for _, email in found]


def empty_lists(tx: Tx, scheme: str) -> int:
    """Forget the rows of a scheme's reference lists and give how many; the ledger of imports stays."""
    imports = select(list_import.c.id).where(list_import.c.scheme == scheme)
    tx.run(delete(staged_row).where(staged_row.c.import_id.in_(imports)))
    tx.run(delete(staged_part).where(staged_part.c.import_id.in_(imports)))
    return tx.run(delete(list_row).where(list_row.c.scheme == scheme)).rowcount


def delete_rows(tx: Tx, table: Table, ids: Collection[str], kept: frozenset[str] = frozenset()) -> None:
    """Delete rows by their one key, those that point to them first; none of the tables that are kept."""
    if not ids:
        return
    key = next(iter(table.primary_key.columns))
    for other, column in _pointing(table):
        if other.name in kept:
            continue
        if len(other.primary_key.columns) == 1:
            own = next(iter(other.primary_key.columns))
            below = [row[0] for row in tx.all(select(own).where(other.c[column].in_(ids)))]
            delete_rows(tx, other, below, kept)
        else:
            tx.run(delete(other).where(other.c[column].in_(ids)))
    if table.name != "dossier" or not kept:
        tx.run(delete(table).where(key.in_(ids)))


def _claimed() -> Any:
    """Whether money of a dossier is claimed back and is not all there."""
    back = select(func.coalesce(func.sum(reimbursement.c.cents), 0)).where(reimbursement.c.recovery == recovery.c.id)
    open_ = (recovery.c.ended_at.is_(None), recovery.c.cents > back.scalar_subquery())
    return exists().where(recovery.c.dossier == dossier.c.id, *open_)


def _empty(tx: Tx, ids: Sequence[str]) -> tuple[str, ...]:
    """Take every name out of dossiers whose money stays in the books, and give the payment files nobody needs now."""
    orders = [row.id for row in tx.all(select(payment_order.c.id).where(payment_order.c.dossier.in_(ids)))]
    tx.run(delete(account_change).where(account_change.c.dossier.in_(ids)))
    tx.run(delete(later_filing).where(later_filing.c.dossier.in_(ids)))
    tx.run(delete(order_told).where(order_told.c.payment_order.in_(orders)))
    requests = _claim_files(tx, ids)
    delete_rows(tx, dossier, ids, _KEPT)
    nameless = {
        "payee": "",
        "iban": "",
        "bic": None,
        "siret": None,
        "label": "",
        "set_aside_reason": None,
        "state_reason": None,
    }
    tx.run(update(payment_order).where(payment_order.c.id.in_(orders)).values(nameless))
    tx.run(update(return_fact).where(return_fact.c.payment_order.in_(orders)).values(reason=""))
    tx.run(update(return_line).where(return_line.c.payment_order.in_(orders)).values(because=""))
    tx.run(update(decision).where(decision.c.dossier.in_(ids)).values(reasons=[]))
    tx.run(update(recovery).where(recovery.c.dossier.in_(ids)).values(reason="", ended_reason=""))
    blank: dict[str, Any] = {
        **dict.fromkeys(("account", "result", "siren", "iban_hash", "payee", "grant_key")),
        **{name: {} for name in ("answers", "indicators", "columns")},
        "checks": {FORGOTTEN: True},
        "title": "",
        "search": "",
        "phase": "closed",
        "changed_by": _NOBODY,
    }
    tx.run(update(dossier).where(dossier.c.id.in_(ids)).values(blank))
    batches = select(payment_order.c.batch).where(payment_order.c.id.in_(orders), payment_order.c.batch.is_not(None))
    still = exists().where(payment_order.c.batch == batch_file.c.batch, payment_order.c.iban != "")
    files = select(batch_file.c.name).where(batch_file.c.batch.in_(batches), ~still)
    return tuple(sorted([*(row.name for row in tx.all(files)), *requests]))


def _claim_files(tx: Tx, ids: Sequence[str]) -> list[str]:
    """The files by which the accountant was asked to collect, as the journal says them before it forgets."""
    asked = (line for one in ids for line in journal.of_subject(tx, one) if line.kind == "recovery_requested")
    return [name for line in asked if line.body is not None for name in json.loads(line.body)["data"]["files"]]


def _note_gone(tx: Tx, ids: Sequence[str]) -> None:
    """Tell other software that emptied dossiers are gone, as deleted ones are by the database itself."""
    for row in tx.all(select(dossier).where(dossier.c.id.in_(ids))):
        insert_unless_there(
            tx, gone_dossier, reference=row.reference, scheme=row.scheme, territory=row.territory, gone_at=tx.real_now
        )


def _forget_duties(tx: Tx, ids: Sequence[str]) -> None:
    payload: ColumnElement[Any] = type_coerce(outbox.c.payload, Text)
    about = cast(payload, JSONB)["dossier"].astext if tx.on_postgres else func.json_extract(payload, "$.dossier")
    tx.run(delete(outbox).where(about.in_(ids)))


def _with_money(ids: Sequence[str]) -> CompoundSelect[Any]:
    return union(
        select(payment_order.c.dossier).where(payment_order.c.dossier.in_(ids)),
        select(ledger_line.c.dossier).where(ledger_line.c.dossier.in_(ids)),
    )


def _files(ids: Sequence[str]) -> CompoundSelect[Any]:
    return union(
        select(attachment.c.stored_as).where(attachment.c.dossier.in_(ids)),
        select(document.c.stored_as).where(document.c.dossier.in_(ids)),
    )


def _gone() -> Any:
    """Whether a dossier was emptied before."""
    return exists().where(gone_dossier.c.reference == dossier.c.reference)


def _pointing(table: Table) -> Iterator[tuple[Table, str]]:
    for other in METADATA.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other is not table:
                yield other, key.parent.name
