"""Award without request: each row of a list becomes a dossier that nobody filed; an account is given afterwards.

What follows is as for any dossier: the rules judge, agents decide in mass, the letter goes out. Run again, only the
rows that have no dossier yet make one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.keys import grant_key_of, iban_hash_of, payee_of, siren_of, title_of
from guichet.model.records import Dossier, ListRow
from guichet.plugin.contracts.base import Language
from guichet.services.answers import dump_answers, load_answers
from guichet.services.cases import UseCases
from guichet.services.payment_orders import ACCOUNT, order_payment
from guichet.services.refusals import Refused
from guichet.storage import Tx, accounts, decisions, dossiers, granted, idempotency, lists, outbox
from guichet.storage import payments as orders
from guichet.storage.later_filings import LaterFiling

__all__ = ["ACCOUNT", "Awarded", "award", "may_give_account", "pay_to_account", "why_no_account"]


@dataclass(frozen=True, slots=True)
class Awarded:
    """What became of the rows of a list."""

    made: tuple[str, ...]
    """The references of the dossiers made now."""
    there: int
    """Rows that had a dossier already."""
    left: tuple[tuple[str, str], ...]
    """Key of a row that makes none, and the column at fault."""


def award(cases: UseCases, scheme: str, territory: str) -> Awarded:
    """Make a dossier of each row of the scheme's list that has none, each in an act of its own.

    Raises:
        Refused: The scheme is not published there, awards nothing without a request, or its list was never imported.
    """
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None or compiled.scheme.award is None:
        raise Refused("nothing_to_award", scheme=scheme, territory=territory)
    declared = compiled.scheme.award
    if not cases.store.read(lambda tx: lists.is_settled(tx, scheme, declared.list, territory=territory)):
        raise Refused("list_not_imported", list=declared.list)
    rows = cases.store.read(lambda tx: list(granted.rows_of(tx, scheme, declared.list, territory)))
    made: list[str] = []
    left: list[tuple[str, str]] = []
    there = 0
    for row in rows:
        values = _answers(compiled, row)
        email = str(row.columns.get(declared.email) or "").strip()
        key = grant_key_of(compiled, values)
        if "@" not in email or key is None:
            left.append((row.key, declared.email if key is not None else next(iter(declared.answers.values()))))
            continue
        reference = cases.store.act(lambda tx, v=values, e=email, k=key: _make(tx, compiled, v, e, k))
        if reference is None:
            there += 1
        else:
            made.append(reference)
    return Awarded(tuple(made), there, tuple(left))


def _answers(compiled: CompiledScheme, row: ListRow) -> dict[str, Any]:
    """The answers a row gives: its columns are kept as the fields keep theirs."""
    assert compiled.scheme.award is not None  # noqa: S101  award() has looked
    declared = compiled.scheme.award
    cells = {compiled.scheme.lists[declared.list].key: row.key, **row.columns}  # a file's key is no column of its rows
    given = {name: cells.get(column) for name, column in declared.answers.items()}
    return load_answers(compiled, {name: value for name, value in given.items() if value not in (None, "")})


def _make(tx: Tx, compiled: CompiledScheme, values: Mapping[str, Any], email: str, key: str) -> str | None:
    """Make the dossier of a row and give its reference; None when there is one, or another process makes it now."""
    made: list[str] = []
    scheme, territory = compiled.scheme.id, compiled.territory

    def work() -> str:
        if not granted.has_dossier(tx, scheme, territory, key):
            made.append(_made(tx, compiled, values, email, key))
        return made[0] if made else ""

    idempotency.once(tx, f"award:{scheme}:{territory}", sha256(key.encode()).hexdigest(), work)
    return made[0] if made else None


def _made(tx: Tx, compiled: CompiledScheme, values: Mapping[str, Any], email: str, key: str) -> str:
    made = dossiers.start(
        tx,
        scheme=compiled.scheme.id,
        territory=compiled.territory,
        snapshot_hash=compiled.hash,
        by="award",
        account=accounts.ensure(tx, email).id,
        phase="filed",
        filed_at=tx.now,
        stage_at=tx.now,
        answers=dump_answers(compiled, values),
        title=title_of(compiled, values) or key,
        grant_key=key,
        siren=siren_of(compiled, values),
        iban_hash=iban_hash_of(compiled, values),
        payee=payee_of(compiled, values),
    )
    data = {"scheme": made.scheme, "snapshot": made.snapshot_hash, "key": key}
    tx.journal(made.territory, "made_from_list", subject=made.id, data=data)
    outbox.put(tx, "pre_instruct", {"dossier": made.id}, key=f"pre_instruct:{made.id}")
    return made.reference


def may_give_account(cases: UseCases, tx: Tx, dossier: Dossier) -> bool:
    """Whether a grant waits for an account to be paid to."""
    del cases
    if dossier.phase != "decided" or not dossier.granted_cents or dossier.practice:
        return False
    return not orders.of_dossier(tx, dossier.id)


def why_no_account(
    cases: UseCases, tx: Tx, filing: LaterFiling, values: Mapping[str, Any], language: Language
) -> dict[str, str]:
    """An account that its field takes is taken."""
    del cases, tx, filing, values, language
    return {}


def pay_to_account(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, values: Mapping[str, Any]) -> None:
    """Order what was granted to the account given.

    Raises:
        Refused: It is ordered already, or nothing is granted any more.
    """
    if not may_give_account(cases, tx, dossier):
        raise Refused("nothing_due")
    compiled = cases.snapshots.by_hash(filing.snapshot_hash)
    decision = [one for one in decisions.of_dossier(tx, dossier.id) if one.amount_cents is not None][-1]
    answers = {**dossier.answers, **dump_answers(compiled.later[ACCOUNT], values)}
    kept = dossiers.save(
        tx,
        dossier,
        by="applicant",
        answers=answers,
        payee=payee_of(compiled, values),
        iban_hash=iban_hash_of(compiled, values),
    )
    order_payment(cases, tx, compiled, kept, decision)
