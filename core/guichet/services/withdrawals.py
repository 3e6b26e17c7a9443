"""Withdrawal: an applicant gives up a filed dossier before it is decided."""

from __future__ import annotations

from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.drafts import owned
from guichet.services.refusals import WrongPhase
from guichet.storage import Tx, dossiers


def withdraw(cases: UseCases, account: str, reference: str, reason: str = "") -> Dossier:
    """The dossier closed at its applicant's wish.

    Raises:
        NotFound: It is not their dossier.
        WrongPhase: It is a draft, or decided already.
    """

    def act(tx: Tx) -> Dossier:
        current = dossiers.lock(tx, owned(tx, account, reference).id)
        if current.phase not in ("filed", "instruction"):
            raise WrongPhase(current.phase, current.stage)
        saved = dossiers.save(
            tx,
            current,
            by="applicant",
            phase="closed",
            stage=None,
            stage_at=tx.now,
            end="withdrawn",
            to_complete=False,
            waiting_for_funds=False,
        )
        data = {"reason": reason.strip()}
        tx.journal(saved.territory, "withdrawn", subject=saved.id, actor=account, data=data)
        return saved

    return cases.store.act(act)
