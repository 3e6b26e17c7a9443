"""A dossier as the API shows it: its course to every token that reads, the rest as far as the verbs go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.model.records import ApiToken, Attachment, Dossier, PaymentOrder
from guichet.services.answers import load_answers
from guichet.services.api.answers import bank_fields, exchanged
from guichet.services.api.results import euros
from guichet.services.api.schemas import attestable
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.storage import Tx, files, payments

__all__ = ["Shower"]


class Shower:
    """Shows dossiers to one token, within one read."""

    def __init__(self, cases: UseCases, tx: Tx, token: ApiToken) -> None:
        self._cases = cases
        self._tx = tx
        self._verbs = frozenset(token.verbs)

    def many(self, found: Sequence[Dossier]) -> list[Mapping[str, Any]]:
        """Give several dossiers."""
        return [self.one(dossier) for dossier in found]

    def one(self, dossier: Dossier) -> Mapping[str, Any]:
        """Give a filed dossier."""
        shown = self._course(dossier)
        if "read_answers" in self._verbs:
            shown |= self._answers(dossier)
        if "read_payment" in self._verbs:
            shown["payments"] = [_order(one) for one in payments.of_dossier(self._tx, dossier.id)]
        return shown

    def _course(self, dossier: Dossier) -> dict[str, Any]:
        """What says where a dossier stands, and nothing of a person."""
        here = f"{self._cases.base_url}/api/t/{dossier.territory}/{dossier.scheme}"
        return {
            "reference": dossier.reference,
            "territory": dossier.territory,
            "scheme": dossier.scheme,
            "phase": dossier.phase,
            "stage": dossier.stage,
            "to_complete": dossier.to_complete,
            "waiting_for_funds": dossier.waiting_for_funds,
            "end": dossier.end,
            "outcome": dossier.outcome,
            "computed_amount": euros(dossier.computed_cents),
            "provisional_amount": euros(dossier.provisional_cents),
            "granted_amount": euros(dossier.granted_cents),
            "practice": dossier.practice,
            "filed_at": dossier.filed_at,
            "decided_at": dossier.decided_at,
            "changed_at": dossier.changed_at,
            "snapshot": dossier.snapshot_hash,
            "self": f"{here}/dossiers/{dossier.reference}",
        }

    def _answers(self, dossier: Dossier) -> dict[str, Any]:
        compiled = compiled_for(self._cases, dossier)
        hidden = frozenset[str]() if "read_bank_account" in self._verbs else bank_fields(compiled)

        def keep(field: CompiledField) -> bool:
            return field.id not in hidden

        return {
            "title": "" if _title_source(compiled) in hidden else dossier.title,
            "siren": dossier.siren,
            "answers": exchanged(compiled, load_answers(compiled, dossier.answers), keep=keep),
            "attested": [name for name in attestable(compiled) if dossier.checks.get(name) is True],
            "files": [_file(one) for one in files.attachments(self._tx, dossier.id)],
        }


def _title_source(compiled: CompiledScheme) -> str | None:
    """The field a title comes from: the one declared, else the holder of the account."""
    payment = compiled.scheme.payment
    return compiled.scheme.title_from or (payment.payee.name if payment is not None else None)


def _order(one: PaymentOrder) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "instalment": one.instalment,
        "amount": euros(one.cents),
        "state": one.state,
        "state_at": one.state_at,
        "reason": one.state_reason,
    }


def _file(one: Attachment) -> dict[str, Any]:
    return {
        "field": one.field,
        "name": one.file_name,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
    }
