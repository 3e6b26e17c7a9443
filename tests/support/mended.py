"""The trial scheme of `declarations`, published and published again mended, with dossiers filed under it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from databases import SteppedClock, sqlite_url
from declarations import SCHEME, a_library
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.pre_instruction import pre_instruct
from guichet.services.publication import publish
from guichet.storage import Tx, accounts, dossiers, exchanges, journal
from worked import opened_cases

__all__ = [
    "IN_MAY",
    "TERRITORY",
    "a_dossier",
    "a_trial",
    "lines",
    "lines_of_territory",
    "messages",
    "now",
    "publish_trial",
]

IN_MAY = datetime(2020, 5, 20, 8, 0, tzinfo=UTC)
TERRITORY = "dep-73"


@contextmanager
def a_trial(folder: Path, url: str | None = None) -> Iterator[tuple[UseCases, SteppedClock]]:
    """The trial scheme published in Savoie, in May 2020, under a clock a test may move."""
    clock = SteppedClock(IN_MAY)
    cases = opened_cases(url or sqlite_url(folder), folder / "instance", clock=clock)
    try:
        publish_trial(cases, folder / "first", SCHEME)
        yield cases, clock
    finally:
        cases.store.close()


def publish_trial(cases: UseCases, folder: Path, scheme: str, *territories: str) -> None:
    """Publish the trial scheme as it is written now."""
    publish(cases, a_library(folder, scheme), "essai", territories or (TERRITORY,))


def a_dossier(
    cases: UseCases, *, email: str = "anne@exemple.fr", pre_instructed: bool = True, **answers: Any
) -> Dossier:
    """A dossier filed under the current publication, with every answer unless told otherwise, and pre-instructed."""
    compiled = cases.snapshots.current("essai", TERRITORY)
    assert compiled is not None
    given = {
        "effectif": 12,
        "annule": True,
        "perte": 40_000,
        "titulaire": "Club",
        "iban": "FR7630006000011234567890189",
    }

    def act(tx: Tx) -> Dossier:
        return dossiers.start(
            tx,
            scheme="essai",
            territory=TERRITORY,
            snapshot_hash=compiled.hash,
            by="applicant",
            account=accounts.ensure(tx, email).id,
            title="Club",
            phase="filed",
            filed_at=tx.now,
            stage_at=tx.now,
            answers={**given, **answers},
            checks={"@gate": "open"},
        )

    made = cases.store.act(act)
    if pre_instructed:
        pre_instruct(cases, made.id)
    return now(cases, made)


def now(cases: UseCases, dossier: Dossier) -> Dossier:
    """The dossier as it is now."""
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def lines(cases: UseCases, dossier: Dossier, kind: str) -> list[dict[str, Any]]:
    """What its lines of the journal of one kind say."""
    found = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    return [json.loads(one.body or "{}")["data"] for one in found if one.kind == kind]


def messages(cases: UseCases, dossier: Dossier) -> list[str]:
    """What the system wrote to its applicant."""
    found = cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id))
    return [one.body for one in found if one.author_kind == "system"]


def lines_of_territory(cases: UseCases, kind: str) -> list[dict[str, Any]]:
    """What the lines of one kind of the territory's journal say."""
    found = cases.store.read(lambda tx: journal.page(tx, TERRITORY))
    return [json.loads(one.body or "{}")["data"] for one in found if one.kind == kind]
