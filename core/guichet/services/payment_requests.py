"""Payment on proofs: what was granted and not paid at the decision, asked for bit by bit with what justifies it.

A request makes due what its form computes (a rate of the justified cost). The balance is the least of all that accepted
requests make due and of what was granted on proofs, minus what was ordered for it: never over the grant, each once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.balances import balance_of
from guichet.engine.eligibility import Facts, evaluate
from guichet.locale import Texts
from guichet.model.records import AmountPart, Decision, Dossier
from guichet.plugin.contracts.base import Language
from guichet.services.answers import load_answers
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.payment_orders import order_payment
from guichet.services.refusals import Refused
from guichet.storage import Tx, decisions, dossiers, later_filings
from guichet.storage import payments as orders
from guichet.storage.later_filings import LaterFiling

__all__ = [
    "EXTENSION",
    "FORM",
    "extend",
    "may_extend",
    "may_request",
    "order_balance",
    "paid_at_once",
    "proposed_cents",
    "why_no_balance",
    "why_no_extension",
]

FORM, EXTENSION = "payment_request", "extension"


def paid_at_once(compiled: CompiledScheme, granted: Sequence[AmountPart], cents: int) -> int:
    """How much of a grant is ordered with the decision: all of it, but what is paid on proofs."""
    declared = compiled.scheme.later_forms.get(FORM)
    if declared is None or FORM not in compiled.later:
        return cents
    if declared.pays is None:
        return 0
    return cents - sum(part.cents for part in granted if part.amount == declared.pays)


def may_request(cases: UseCases, tx: Tx, dossier: Dossier) -> bool:
    """Whether something granted is still to be asked for, and in time."""
    decision = _granting(tx, dossier)
    if decision is None or _left(tx, decision) <= 0:
        return False
    until = deadline(cases, tx, dossier, decision)
    return until is None or cases.today(dossier.territory) <= until


def may_extend(cases: UseCases, tx: Tx, dossier: Dossier) -> bool:
    """Whether there is a delay to be made longer: it runs, and something is still to be asked for."""
    decision = _granting(tx, dossier)
    return (
        decision is not None and deadline(cases, tx, dossier, decision) is not None and may_request(cases, tx, dossier)
    )


def deadline(cases: UseCases, tx: Tx, dossier: Dossier, decision: Decision) -> date | None:
    """The last day of payment requests, extensions included; None where there is none."""
    declared = compiled_for(cases, dossier).scheme.later_forms.get(FORM)
    if declared is None or declared.within is None:
        return None
    start = decision.act_date or cases.day_of(decision.at, dossier.territory)
    accepted = [one for one in later_filings.of_dossier(tx, dossier.id) if (one.form, one.state) == _EXTENDED]
    granted = [day for one in accepted if (day := _asked_day(cases, one)) is not None]
    return max([declared.within.after(start), *granted])


_EXTENDED = (EXTENSION, "accepted")


def why_no_balance(
    cases: UseCases, tx: Tx, filing: LaterFiling, values: Mapping[str, Any], language: Language
) -> dict[str, str]:
    """Why a request makes nothing due: its proofs are too small, or all is paid."""
    compiled = cases.snapshots.by_hash(filing.snapshot_hash).later[FORM]
    dossier = dossiers.by_id(tx, filing.dossier)
    due = due_of(cases, compiled, values, filing, dossier.territory)
    if due is not None and _balance(cases, tx, dossier, due) > 0:
        return {}
    return {next(iter(compiled.fields)): Texts(language)("paying.nothing_due")}


def proposed_cents(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling) -> int:
    """What accepting a request that waits would order; nothing for another form."""
    if filing.form != FORM:
        return 0
    later = cases.snapshots.by_hash(filing.snapshot_hash).later[FORM]
    due = due_of(cases, later, load_answers(later, filing.answers), filing, dossier.territory)
    return _balance(cases, tx, dossier, due or 0, but=filing.id)


def order_balance(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, values: Mapping[str, Any]) -> None:
    """Order the balance that an accepted request makes due, as the next instalment of the decision.

    Raises:
        Refused: Nothing is due any more.
    """
    compiled, decision = compiled_for(cases, dossier), _granting(tx, dossier)
    later = cases.snapshots.by_hash(filing.snapshot_hash).later[FORM]
    due = due_of(cases, later, values, filing, dossier.territory)
    cents = _balance(cases, tx, dossier, due or 0, but=filing.id)
    if decision is None or due is None or cents <= 0:
        raise Refused("nothing_due")
    instalment = max([1, *_instalments(tx, decision)]) + 1
    order_payment(cases, tx, compiled, dossier, decision, instalment=instalment, cents=cents)


def why_no_extension(
    cases: UseCases, tx: Tx, filing: LaterFiling, values: Mapping[str, Any], language: Language
) -> dict[str, str]:
    """Why the day asked for makes nothing longer: it is not after the present one."""
    compiled = cases.snapshots.by_hash(filing.snapshot_hash).later[EXTENSION]
    dossier = dossiers.by_id(tx, filing.dossier)
    decision, field = _granting(tx, dossier), compiled.field_of_type("date")
    until = deadline(cases, tx, dossier, decision) if decision is not None else None
    if field is None or until is None or (values.get(field.id) or date.min) > until:
        return {}
    return {field.id: Texts(language)("paying.extension_too_short")}


def extend(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, values: Mapping[str, Any]) -> None:
    """Note the new last day: the accepted form is what holds it."""
    del values
    decision = _granting(tx, dossier)
    until = deadline(cases, tx, dossier, decision) if decision is not None else None
    data = {"filing": filing.reference, "until": until.isoformat() if until is not None else None}
    tx.journal(dossier.territory, "payment_delay_extended", subject=dossier.id, data=data)


def due_of(
    cases: UseCases, compiled: CompiledScheme, values: Mapping[str, Any], filing: LaterFiling, territory: str
) -> int | None:
    """What a request's own answers make due, by the form's rule; None while it cannot be known.

    It was filed the day it was filed and settled the day it was settled: what was accepted is worth the same for ever.
    """
    filed, settled = (
        cases.day_of(at, territory) if at is not None else cases.today(territory)
        for at in (filing.filed_at, filing.settled_at)
    )
    version = compiled.version_on(settled) or compiled.versions[0]
    day = max(settled, version.first_day)
    return evaluate(compiled, values, Facts(filed_on=filed, decided_on=settled, territory=territory), day).result.amount


def _balance(cases: UseCases, tx: Tx, dossier: Dossier, due: int, *, but: str = "") -> int:
    decision = _granting(tx, dossier)
    if decision is None:
        return 0
    instalments = _instalments(tx, decision)
    earlier = [
        due_of(cases, compiled, load_answers(compiled, one.answers), one, dossier.territory) or 0
        for one in later_filings.of_dossier(tx, dossier.id)
        if one.form == FORM and one.state == "accepted" and one.id != but
        for compiled in (cases.snapshots.by_hash(one.snapshot_hash).later[FORM],)
    ]
    on_proofs = (decision.amount_cents or 0) - instalments.get(1, 0)
    ordered = [cents for number, cents in instalments.items() if number > 1]
    return balance_of([*earlier, due], on_proofs, ordered)


def _left(tx: Tx, decision: Decision) -> int:
    return (decision.amount_cents or 0) - sum(_instalments(tx, decision).values())


def _instalments(tx: Tx, decision: Decision) -> dict[int, int]:
    """Instalment → its cents, once each: an order whose account gave way to another is the same instalment."""
    return {one.instalment: one.cents for one in orders.of_dossier(tx, decision.dossier) if one.decision == decision.id}


def _granting(tx: Tx, dossier: Dossier) -> Decision | None:
    if dossier.phase != "decided" or dossier.granted_cents is None:
        return None
    granting = [one for one in decisions.of_dossier(tx, dossier.id) if one.amount_cents is not None]
    return granting[-1] if granting else None


def _asked_day(cases: UseCases, filing: LaterFiling) -> date | None:
    compiled = cases.snapshots.by_hash(filing.snapshot_hash).later[EXTENSION]
    field = compiled.field_of_type("date")
    value = load_answers(compiled, filing.answers).get(field.id) if field is not None else None
    return value if isinstance(value, date) else None
