"""Forgetting what is no longer needed: ended sessions, expired sign-ins, counted tries, old keys, duties done,
calls of long ago, files that no dossier names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from guichet.services.api.uploads import KEPT
from guichet.services.attachments import files_folder
from guichet.services.cases import UseCases
from guichet.services.second_factors import seal_all
from guichet.services.sessions import IDLE
from guichet.storage import (
    Tx,
    accounts,
    api_tokens,
    blobs,
    files,
    heartbeats,
    idempotency,
    identities,
    outbox,
    outside_calls,
    prefills,
    probes,
    sessions,
)

__all__ = ["Swept", "sweep", "sweep_files"]

_TRIES_KEPT = timedelta(days=1)
_KEYS_KEPT = timedelta(days=7)
_DUTIES_KEPT = timedelta(days=30)  # none is put twice so far apart; some quote what an agent wrote to an applicant
_CALLS_KEPT = timedelta(days=365)
_SIGNS_KEPT = timedelta(days=1)
_FILES_KEPT = timedelta(days=2)  # a page shown again with its mistakes may still send the file it came with


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows were forgotten."""

    sessions: int
    sign_ins: int
    tries: int
    keys: int
    duties: int = 0
    calls: int = 0
    identities: int = 0
    uploads: int = 0
    workers: int = 0


def sweep(cases: UseCases) -> Swept:
    """Forget what is over; safe to do at any time, by several processes; open secrets are sealed by the way."""
    seal_all(cases)

    def act(tx: Tx) -> Swept:
        return Swept(
            sessions=sessions.sweep(tx, idle_since=tx.real_now - max(IDLE.values())),
            sign_ins=accounts.sweep_sign_ins(tx),
            tries=probes.sweep(tx, before=tx.real_now - _TRIES_KEPT),
            keys=idempotency.sweep(tx, before=tx.real_now - _KEYS_KEPT),
            duties=outbox.sweep(tx, before=tx.real_now - _DUTIES_KEPT),
            calls=outside_calls.sweep(tx, before=tx.real_now - _CALLS_KEPT),
            identities=identities.sweep_attempts(tx),
            uploads=api_tokens.sweep_uploads(tx, before=tx.real_now - KEPT),
            workers=heartbeats.sweep(tx, before=tx.real_now - _SIGNS_KEPT),
        )

    return cases.store.act(act)


def sweep_files(cases: UseCases) -> int:
    """Remove the files that came with a page and that no dossier names two days later, and give how many."""
    given = cases.store.read(prefills.files)

    def unnamed(names: Collection[str]) -> set[str]:
        return cases.store.read(lambda tx: files.unnamed(tx, names)) - given

    return blobs.sweep(files_folder(cases), unnamed, before=cases.clock.now() - _FILES_KEPT)
