"""Which amounts of an aid make a grant, and each sum that is ordered or claimed of it: frozen, equal to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.eligibility import rule_values
from guichet.engine.parts import left_of, share_out
from guichet.engine.repayments import shares_of
from guichet.model.records import AmountPart, Decision, Dossier
from guichet.services.assessments import Assessment, assess
from guichet.services.cases import UseCases
from guichet.storage import Tx, parts, recoveries
from guichet.storage import payments as orders

__all__ = [
    "JudgedValues",
    "claimable_parts",
    "computed_parts",
    "computed_parts_of",
    "freeze_parts",
    "judged_values",
    "parts_to_claim",
    "parts_to_order",
]

FORM = "payment_request"


@dataclass(frozen=True, slots=True)
class JudgedValues:
    """The named values of the version that judged a dossier."""

    version: CompiledVersion
    values: Mapping[str, Any]


def judged_values(cases: UseCases, tx: Tx, compiled: CompiledScheme, dossier: Dossier) -> JudgedValues | None:
    """The definitions and amounts of a dossier as its decision found them; None before the first version."""
    assessment = assess(cases, tx, dossier, compiled)
    version = compiled.version_on(assessment.on)
    if version is None:
        return None
    values = rule_values(compiled, assessment.answers, assessment.facts, assessment.on)
    return JudgedValues(version, version.program.explain(values).definitions)


def computed_parts(assessment: Assessment) -> tuple[AmountPart, ...]:
    """What the rules compute of each of several amounts; nothing for an aid that has one, or while one is unknown."""
    version = assessment.compiled.version_on(assessment.on)
    if version is None or not version.rules.amounts:
        return ()
    values = rule_values(assessment.compiled, assessment.answers, assessment.facts, assessment.on)
    shares = shares_of(version, version.program.explain(values).definitions)
    return tuple(AmountPart(one.id, one.label, one.cents) for one in shares if one.cents)


def computed_parts_of(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> tuple[AmountPart, ...]:
    """What the rules compute today of each of several amounts of a dossier."""
    return cases.store.read(lambda tx: computed_parts(assess(cases, tx, dossier, compiled)))


def freeze_parts(
    cases: UseCases,
    tx: Tx,
    compiled: CompiledScheme,
    dossier: Dossier,
    decision: Decision,
    typed: Mapping[str, int] | None = None,
) -> tuple[AmountPart, ...]:
    """Keep with a decision which amounts make what it grants; nothing for an aid that has one.

    Less than computed is shared as `typed` says, of each amount by its id, else in proportion.
    """
    cents = decision.amount_cents
    if not cents or not any(version.rules.amounts for version in compiled.versions):
        return ()
    judged = judged_values(cases, tx, compiled, dossier)
    shares = shares_of(judged.version, judged.values) if judged is not None else ()
    computed = [AmountPart(one.id, one.label, one.cents) for one in shares if one.cents]
    if not computed:
        return ()
    granted = share_out(cents, computed)
    if typed:
        granted = tuple(
            AmountPart(one.amount, one.label, typed[one.amount]) for one in computed if typed.get(one.amount)
        )
    parts.keep(tx, "decision", decision.id, granted, cents)
    return granted


def parts_to_order(
    tx: Tx, compiled: CompiledScheme, decision: Decision, cents: int, *, instalment: int
) -> tuple[AmountPart, ...]:
    """Which amounts make an instalment: in proportion of what is left of those it pays.

    Where one amount is paid on proofs, the first instalment pays the others, and those after it pay that one.
    """
    granted = parts.of_decision(tx, decision.id)
    if not granted:
        return ()
    earlier = {
        one.instalment: one.id
        for one in orders.of_dossier(tx, decision.dossier)
        if one.decision == decision.id and one.instalment != instalment
    }
    ordered = parts.of_orders(tx, earlier.values())
    left = left_of(granted, *ordered.values())
    declared = compiled.scheme.later_forms.get(FORM)
    if declared is not None and declared.pays is not None and FORM in compiled.later:
        paid_now = tuple(part for part in left if (part.amount == declared.pays) == (instalment > 1))
        left = paid_now if sum(part.cents for part in paid_now) >= cents else left
    return share_out(cents, left)


def parts_to_claim(tx: Tx, dossier: Dossier, cents: int, amount: str = "") -> tuple[AmountPart, ...]:
    """Which amounts make a claim: the one it is of, or all in proportion of what was paid of each and is not claimed.

    Nothing where an order that was paid has no amounts of its own.
    """
    left = [part for part in claimable_parts(tx, dossier) if not amount or part.amount == amount]
    return share_out(cents, left) if left else ()


def claimable_parts(tx: Tx, dossier: Dossier) -> tuple[AmountPart, ...]:
    """What was paid of each amount and is not claimed yet; nothing where an order that was paid has no amounts."""
    paid = [one for one in orders.of_dossier(tx, dossier.id) if one.state == "paid"]
    found = parts.of_orders(tx, [one.id for one in paid])
    if not paid or len(found) < len(paid):
        return ()
    held = _parts_held(tx, dossier)
    return left_of(_summed(found), held)


def _parts_held(tx: Tx, dossier: Dossier) -> tuple[AmountPart, ...]:
    """What the claims of a dossier hold of each amount; of one that was dropped, only what came back."""
    claims = recoveries.of_dossier(tx, dossier.id)
    claimed = parts.of_recoveries(tx, [one.id for one in claims])
    back = recoveries.reimbursements(tx, dossier.id)
    held: dict[str, tuple[AmountPart, ...]] = {}
    for one in claims:
        of_claim = claimed.get(one.id, ())
        came = sum(receipt.cents for receipt in back if receipt.recovery == one.id)
        held[one.id] = of_claim if one.ended_at is None or not of_claim else share_out(came, of_claim)
    return _summed(held)


def _summed(of_each: Mapping[str, tuple[AmountPart, ...]]) -> tuple[AmountPart, ...]:
    sums: dict[str, AmountPart] = {}
    for part in (one for some in of_each.values() for one in some):
        before = sums[part.amount].cents if part.amount in sums else 0
        sums[part.amount] = AmountPart(part.amount, part.label, before + part.cents)
    return tuple(sums.values())
