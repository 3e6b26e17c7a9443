"""The books: the same totals found by three ways, in the decisions, in the ledger and in the files as delivered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.model.records import Batch
from guichet.services.cases import UseCases
from guichet.services.deliveries import FOLDER, thaw
from guichet.services.payment_requests import FORM
from guichet.storage import batch_files, counts, envelopes, journal, payment_runs

__all__ = ["Books", "FilesRead", "disagreements", "read_books", "read_files"]


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What the payment files hold, counted from their bytes, and what is wrong with them."""

    files: int
    lines: int
    cents: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Books:
    """A scheme's totals by each way."""

    decided: counts.Totals
    ledger_cents: int | None
    """None where the scheme has no envelope."""
    files: FilesRead | None
    """None where nothing is paid."""
    lines: int
    """How many lines the files should have: one for each order, or for each of its amounts charged apart."""
    proofs_cents: int | None
    """What was granted and waits for proofs; None where all is paid with the decision."""
    journal_events: int
    journal_valid: bool


def read_books(cases: UseCases, compiled: CompiledScheme) -> Books:
    """Count everything anew, from the database and from the delivered files."""
    scheme = compiled.scheme.id
    decided = cases.store.read(lambda tx: counts.totals(tx, scheme))
    ledger: int | None = None
    if compiled.scheme.envelope is not None:
        ledger = cases.store.read(
            lambda tx: sum(envelopes.ledger_cents(tx, one.id) for one in envelopes.all_envelopes(tx, scheme))
        )
    files = read_files(cases, scheme) if compiled.scheme.payment is not None else None
    request = compiled.scheme.later_forms.get(FORM) if FORM in compiled.later else None
    proofs = (
        cases.store.read(lambda tx: counts.left_on_proofs(tx, scheme, request.pays)) if request is not None else None
    )
    return Books(decided, ledger, files, _lines(cases, scheme), proofs, *_journal(cases))


def _lines(cases: UseCases, scheme: str) -> int:
    found = 0
    for batch in cases.store.read(lambda tx: payment_runs.of_days(tx, scheme=scheme)):
        frozen = thaw(batch.frozen)
        apart = cases.plugins.payment_writers[frozen["writer"]["plugin"]].by_part and frozen.get("imputations")
        orders = cases.store.read(lambda tx, batch=batch: payment_runs.lines(tx, batch.id))
        found += sum((len(order.parts) or 1) if apart else 1 for order in orders)
    return found


def read_files(cases: UseCases, scheme: str) -> FilesRead:
    """Read back every file of the folder of payments by the writer that wrote it."""
    batches = {one.file_name: one for one in cases.store.read(lambda tx: payment_runs.of_days(tx, scheme=scheme))}
    sealed = {
        file.name: file.sha256
        for batch in batches.values()
        for file in cases.store.read(lambda tx, batch=batch: batch_files.of_batch(tx, batch.id))
    }
    found = {path.name: path for path in sorted((cases.folder / FOLDER).rglob("*")) if path.is_file()}
    faults = [f"{name}: missing" for name in sorted(sealed.keys() - found.keys())]
    faults += [f"{name}: of no batch" for name in sorted(found.keys() - sealed.keys())]
    lines = cents = 0
    for name in sorted(sealed.keys() & found.keys()):
        content = found[name].read_bytes()
        if sha256(content).hexdigest() != sealed[name]:
            faults.append(f"{name}: not the bytes that were sealed")
        if name not in batches:
            continue  # what leaves beside the counted file: a statement of sums due
        try:
            totals = _read_back(cases, batches[name], content)
        except Exception as error:  # noqa: BLE001  whatever a file that was tampered with makes its reader say
            faults.append(f"{name}: {error}")
            continue
        lines, cents = lines + totals[0], cents + totals[1]
    return FilesRead(len(found), lines, cents, tuple(faults))


def disagreements(books: Books) -> Iterator[str]:
    """Every pair of totals that should be the same and is not."""
    decided, files, ledger = books.decided, books.files, books.ledger_cents
    same = {
        "filed / granted + refused + open": (decided.filed, decided.granted + decided.refused + decided.open),
        "granted_cents / decided_cents": (decided.granted_cents, decided.decided_cents),
    }
    if ledger is not None:
        same["granted_cents / committed_cents"] = (decided.granted_cents, decided.committed_cents)
        same["committed_cents / ledger_cents"] = (decided.committed_cents, ledger)
    if files is not None:
        yield from files.faults
        ordered = decided.ordered_cents + (books.proofs_cents or 0)
        same["granted_cents / ordered_cents, and what waits for proofs"] = (decided.granted_cents, ordered)
        same["ordered_cents / cents in the files"] = (decided.ordered_cents, files.cents)
        same["lines of the orders / lines in the files"] = (books.lines, files.lines)
        if books.proofs_cents is None:
            same["granted / orders in the files"] = (decided.granted, decided.payment_lines)
    for name, (one, other) in same.items():
        if one != other:
            yield f"{name}: {one} and {other}"
    if not books.journal_valid:
        yield "the journal is not whole"


def _read_back(cases: UseCases, batch: Batch, content: bytes) -> tuple[int, int]:
    chosen: Mapping[str, Any] = thaw(batch.frozen)["writer"]
    writer = cases.plugins.payment_writers[chosen["plugin"]]
    totals = writer.read_back(content, writer.Options.model_validate(chosen["options"]))
    return totals.lines, totals.cents


def _journal(cases: UseCases) -> tuple[int, bool]:
    chains = [
        cases.store.read(lambda tx, where=head.territory: journal.verify(tx, where))
        for head in cases.store.read(journal.heads)
    ]
    return sum(chain.number for chain in chains), all(not chain.faults for chain in chains)
