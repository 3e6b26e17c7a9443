"""Reads back what a worker or a payment run left: documents, mails, files, and says what is doubled or missing."""

from __future__ import annotations

import csv
import email
import email.policy
import json
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from guichet.services.cases import UseCases
from guichet.storage import Tx
from guichet.storage.tables import batch, batch_line, document, event, notice, payment_order


def paid_orders(folder: Path) -> Counter[str]:
    """Order reference → in how many delivered lines it stands, from the bytes of the files."""
    found: Counter[str] = Counter()
    for path in sorted((folder / "payments").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found.update(row["numero_dp"] for row in csv.DictReader(stream, delimiter=";"))
    return found


def ordered(cases: UseCases) -> set[str]:
    """The references of every order in the database."""
    return {row.reference for row in cases.store.read(lambda tx: tx.all(select(payment_order.c.reference)))}


def faults_of_payment(cases: UseCases) -> list[str]:
    """What is wrong with the files against the database; empty when each order is in one file and no other."""
    paid, wanted = paid_orders(cases.folder), ordered(cases)
    faults = [f"{reference} is in {count} files" for reference, count in paid.items() if count > 1]
    faults += [f"{reference} is in no file" for reference in wanted - paid.keys()]
    faults += [f"{reference} was never ordered" for reference in paid.keys() - wanted]
    lines = cases.store.read(lambda tx: tx.all(select(batch_line.c.payment_order)))
    if len(lines) != len(wanted):
        faults.append(f"{len(lines)} lines for {len(wanted)} orders")
    states = {row.state for row in cases.store.read(lambda tx: tx.all(select(batch.c.state)))}
    if states - {"transmitted"}:
        faults.append("a batch was not transmitted")
    return faults


def effects(cases: UseCases) -> dict[str, Counter[str]]:
    """What was made, by dossier: documents, messages, journal lines; and the mails on disk by message id."""

    def read(tx: Tx) -> dict[str, Counter[str]]:
        return {
            "documents": Counter(f"{row.dossier} {row.kind}" for row in tx.all(select(document))),
            "notices": Counter(f"{row.dossier} {row.event}" for row in tx.all(select(notice))),
            "unsent": Counter(row.event for row in tx.all(select(notice).where(notice.c.state != "sent"))),
            "journal": Counter(
                f"{row.subject} {row.kind} {json.loads(row.body)['data'].get('event')}" for row in tx.all(select(event))
            ),
        }

    found = cases.store.read(read)
    mails = [path.read_bytes() for path in (cases.folder / "mails").glob("*.eml")]
    found["mails"] = Counter(_subject(mail) for mail in mails)
    return found


def _subject(mail: bytes) -> str:
    parsed = email.message_from_bytes(mail, policy=email.policy.default)
    return f"{parsed['Subject']}"


def doubled(found: dict[str, Counter[str]]) -> list[str]:
    """Whatever was made more than once."""
    return [
        f"{what}: {name} {count} times"
        for what, counter in found.items()
        if what != "unsent"
        for name, count in counter.items()
        if count > 1
    ]
