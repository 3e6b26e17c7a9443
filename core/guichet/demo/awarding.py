"""Awards without request: each row of the list becomes a dossier, and nobody files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guichet.demo.attempts import Attempt
from guichet.demo.filing import NotAsDrawn, Tally
from guichet.demo.stage import Played, Stage
from guichet.services.awards import ACCOUNT, award
from guichet.services.later_forms import file_later, openable_forms
from guichet.storage import Tx, accounts, dossiers

__all__ = ["award_all", "give_accounts"]


def award_all(stage: Stage, those: Iterator[Attempt]) -> Tally:
    """Make the dossiers of the list; each takes from those who would come what agents do of it."""
    tally = Tally()
    with stage.timed("filing"):
        for place in stage.places:
            made = award(stage.cases, stage.scheme, place).made
            for reference, attempt in zip(made, those, strict=False):
                dossier, email = stage.cases.store.read(lambda tx, one=reference: _told(tx, one))
                tally.played.append(Played(dossier, replace(attempt, territory=place, email=email)))
                tally.attempts += 1
                stage.told("filing", len(tally.played), len(made))
    return tally


def give_accounts(stage: Stage, played: Sequence[Played]) -> None:
    """Everybody granted without a request says where to be paid."""
    for one in played:
        dossier = stage.cases.store.read(lambda tx, found=one.dossier: dossiers.by_id(tx, found))
        account = dossier.account or ""
        if ACCOUNT not in openable_forms(stage.cases, account, dossier.reference):
            continue
        asked = stage.compiled(one.attempt.territory).later[ACCOUNT].fields
        given = {name: one.attempt.posted[name] for name in asked if name in one.attempt.posted}
        refused = file_later(stage.cases, account, dossier.reference, ACCOUNT, given)
        if refused:
            raise NotAsDrawn(one.attempt, dict(refused))


def _told(tx: Tx, reference: str) -> tuple[str, str]:
    """The dossier of a reference, and the address of its account."""
    dossier = dossiers.by_reference(tx, reference)
    assert dossier is not None  # noqa: S101  made just now
    account = accounts.by_id(tx, dossier.account) if dossier.account is not None else None
    return dossier.id, account.email if account is not None else ""
