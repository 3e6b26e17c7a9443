"""Opinions that no longer stand: what they rested on was sent back, or changed after they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.stages import earlier_stages
from guichet.model.records import Dossier
from guichet.model.workflow import Workflow
from guichet.storage import Tx, decisions

__all__ = ["first_opinion_to_redo", "matters_to_opinions", "revoke_opinions"]

_REACHES_ONLY = frozenset({"email", "phone"})
"""Types of questions that say how to reach somebody: no opinion rests on them."""


def matters_to_opinions(compiled: CompiledScheme, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields whose answer changed and on which an opinion may rest: all but where to pay and how to reach.

    One of these counts all the same when the rules read it.
    """
    payment = compiled.scheme.payment
    paid = {payment.payee.name, payment.payee.iban, payment.payee.bic} if payment is not None else set[str | None]()
    read = {name for version in compiled.versions for name in version.program.uses.inputs}
    apart = {name for name, field in compiled.fields.items() if field.type.key in _REACHES_ONLY} | paid
    return sorted(
        name for name in compiled.fields if before.get(name) != after.get(name) and (name in read or name not in apart)
    )


def first_opinion_to_redo(tx: Tx, workflow: Workflow, dossier: Dossier) -> str | None:
    """The first stage before that of a dossier whose opinion stands; None when none does."""
    if dossier.stage not in workflow.stages:
        return None
    given = {opinion.stage for opinion in decisions.opinions(tx, dossier.id)}
    return next((stage for stage in earlier_stages(workflow, dossier.stage) if stage in given), None)


def revoke_opinions(tx: Tx, dossier: Dossier, stages: Iterable[str]) -> dict[str, Any]:
    """Revoke the opinions of some stages; gives the checks of a dossier without what they answered."""
    reopened, checks = frozenset(stages), dict(dossier.checks)
    for opinion in decisions.opinions(tx, dossier.id):
        if opinion.stage in reopened:
            decisions.revoke_opinion(tx, opinion.id)
            answered = opinion.checks.get("answers")
            for name in cast("Mapping[str, object]", answered) if isinstance(answered, Mapping) else ():
                checks.pop(name, None)
    return checks
