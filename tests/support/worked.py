"""Whole instances for tests of what happens around a dossier: real store, real plugins, volet 2 published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from databases import SteppedClock, sqlite_url
from guichet.catalogue import write_snapshot
from guichet.catalogue.snapshot import SnapshotBody
from guichet.loader.library import load_library
from guichet.model.identifiers import Ids
from guichet.model.records import Decision, Dossier
from guichet.plugin import Plugins
from guichet.services.cases import UseCases
from guichet.services.snapshots import Snapshots
from guichet.settings import shipped_folder
from guichet.storage import Tx, accounts, agents, decisions, dossiers, open_store, snapshots
from instances import the_plugins, the_territories

SCHEME = "fds-volet-2"
DAY = datetime(2020, 4, 20, 8, 0, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "siret": "73282932000074",
    "raison_sociale": "Boulangerie Le Goff",
    "effectif": 2,
    "exercice_clos": True,
    "chiffre_affaires": 14_000_000,
    "actif_disponible": 100_000,
    "dettes_30j": 300_000,
    "charges_fixes": 150_000,
    "pret": "refuse",
    "date_demande_pret": "2020-04-02",
    "titulaire": "BOULANGERIE LE GOFF",
    "iban": "FR7630006000011234567890189",
}
CHECKS = {
    "pret_raisonnable": True,
    "risque_cessation": True,
    "lien_pret_risque": True,
    "sincerite": True,
    "@gate": "open",
}


@cache
def snapshot_of(scheme: str, territory: str) -> SnapshotBody:
    """The snapshot of a shipped scheme for a territory."""
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), the_plugins(), only=[scheme])
    return write_snapshot(library.effective(scheme, territory).scheme, territory, {})


def publish_snapshot(tx: Tx, body: SnapshotBody) -> str:
    """Make a snapshot the one its territory serves, and give its hash."""
    snapshots.put(
        tx,
        hash_=body.hash,
        scheme=body.scheme,
        territory=body.territory,
        format_=body.format,
        body=body.body,
        plugin_versions=dict(body.plugin_versions),
    )
    snapshots.make_current(tx, body.scheme, body.territory, body.hash)
    return body.hash


def opened_cases(
    url: str, folder: Path, *, clock: Any = None, mode: Any = "sandbox", plugins: Plugins | None = None
) -> UseCases:
    """The use cases on a database that exists, as one process holds them."""
    chosen, loaded = clock or SteppedClock(DAY), plugins or the_plugins()
    ids = Ids(chosen.now, os.urandom)
    store = open_store(url, clock=chosen, ids=ids, mode=mode)
    return UseCases(
        store=store,
        snapshots=Snapshots(store, loaded),
        territories=the_territories(),
        plugins=loaded,
        clock=chosen,
        ids=ids,
        mode=mode,
        folder=folder,
        base_url="https://aides.exemple.fr",
    )


@contextmanager
def an_instance(
    tmp_path: Path,
    url: str | None = None,
    *,
    published: Sequence[str] = ("reg-53",),
    scheme: str = SCHEME,
    clock: Any = None,
    mode: Any = "sandbox",
) -> Iterator[UseCases]:
    """A fresh instance with a scheme published, closed at the end."""
    cases = opened_cases(url or sqlite_url(tmp_path), tmp_path / "instance", clock=clock, mode=mode)
    try:
        for territory in published:
            body = snapshot_of(scheme, territory)
            cases.store.act(lambda tx, body=body: publish_snapshot(tx, body))
        yield cases
    finally:
        cases.store.close()


@dataclass(frozen=True, slots=True)
class Granted:
    """A dossier with its decision."""

    dossier: Dossier
    decision: Decision


def a_filed_dossier(
    cases: UseCases, *, territory: str = "reg-53", scheme: str = SCHEME, email: str = "anne@exemple.fr", **values: Any
) -> Dossier:
    """A dossier filed on the business day, as filing leaves it; `answers` and other columns may be given."""
    digest = values.pop("snapshot_hash", "") or snapshot_of(scheme, territory).hash
    answers = {**ANSWERS, **values.pop("answers", {})}

    def act(tx: Tx) -> Dossier:
        given: dict[str, Any] = {
            "account": accounts.ensure(tx, email).id,
            "title": answers["raison_sociale"],
            "phase": "filed",
            "filed_at": tx.now,
            "stage_at": tx.now,
            "answers": {name: value for name, value in answers.items() if value is not None},
            "checks": CHECKS,
            "rules_version": "2020-04-17",
            "computed_cents": 200_000,
            "siren": str(answers["siret"])[:9],
            "grant_key": str(answers["siret"])[:9],
            "payee": answers["titulaire"],
        }
        return dossiers.start(
            tx,
            scheme=scheme,
            territory=territory,
            snapshot_hash=digest,
            by="applicant",
            **{**given, **values},
        )

    return cases.store.act(act)


def decided(
    cases: UseCases, tx: Tx, dossier: Dossier, *, kind: str = "granted", cents: int | None = 200_000, **values: Any
) -> Granted:
    """A dossier decided by the préfet, inside an act; nothing is committed, ordered or queued by it."""
    agent = agents.ensure(tx, email="prefecture@exemple.fr", name="Yann Le Bihan")
    given: dict[str, Any] = {
        "amount_cents": cents,
        "issuer": "prefet_region",
        "form": "arrete",
        "act_number": "2020-53-001",
        "act_date": date(2020, 4, 20),
        "signatory_name": "Michèle Kerdoncuff",
        "signatory_quality": "Préfète de la région Bretagne",
        "agent": agent.id,
    }
    decision = decisions.add(
        tx, dossier=dossier.id, kind=kind, snapshot_hash=dossier.snapshot_hash, **{**given, **values}
    )
    saved = dossiers.save(
        tx, dossier, by=agent.name, phase="decided", stage=None, decided_at=tx.now, end=kind, granted_cents=cents
    )
    return Granted(saved, decision)
