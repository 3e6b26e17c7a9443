"""The payment order that a deciding act makes: whom to pay, where, how much, and what its file will say of it."""

from __future__ import annotations

from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import visible_answers
from guichet.locale import Texts
from guichet.model.payment import Payment
from guichet.model.records import Decision, Dossier, PaymentOrder
from guichet.model.template_text import fill
from guichet.services.answers import load_answers, shown
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.services.text_values import About, notice_values
from guichet.storage import Tx, later_filings, restorations
from guichet.storage import payments as orders

__all__ = ["ACCOUNT", "order_payment"]

ACCOUNT = "bank_account"
"""The form by which who was awarded without a request gives the account to be paid."""


def order_payment(
    cases: UseCases,
    tx: Tx,
    compiled: CompiledScheme,
    dossier: Dossier,
    decision: Decision,
    *,
    instalment: int = 1,
    cents: int | None = None,
) -> PaymentOrder | None:
    """Order what a decision grants to be paid, inside its act; None where nothing is to be paid.

    Args:
        cents: The sum of this instalment; left out, all that is granted.

    Raises:
        Refused: The form does not say whom to pay, or where; a decision undone since was paid.
        AlreadyOrderedError: This instalment of the decision is ordered already.
    """
    payment = compiled.scheme.payment
    ordered = decision.amount_cents if cents is None else cents
    if payment is None or dossier.practice:
        return None
    standing = [one for one in orders.of_dossier(tx, dossier.id) if one.state != "rejected"]
    if any(one.decision != decision.id for one in standing):  # of a decision undone since: its money is not back
        raise Refused("paid_before", cents=sum(one.cents for one in standing))
    if not ordered:
        return None
    paid_by = restorations.was_paid(tx, dossier.id)
    if paid_by is not None:  # between a backup and its restoration, by a decision that this one takes again
        data = {"decision": decision.id, "file": paid_by, "cents": ordered}
        tx.journal(dossier.territory, "payment_already_made", subject=dossier.id, data=data)
        return None
    # Never an account that was typed before its question disappeared.
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else cases.today(dossier.territory)
    answers = visible_answers(compiled, load_answers(compiled, dossier.answers), filed_on)
    payee, iban = answers.get(payment.payee.name), answers.get(payment.payee.iban)
    if not (payee and iban) and ACCOUNT in compiled.later:
        return None  # who was awarded without a request gives the account afterwards
    if not payee or not iban:
        raise Refused("payee_missing", fields=[payment.payee.name, payment.payee.iban])
    bic = answers.get(payment.payee.bic) if payment.payee.bic is not None else None
    if changes := later_filings.changes_of(tx, dossier.id):  # the account that took the place of the application's
        payee, iban, bic = changes[-1].payee, changes[-1].iban, changes[-1].bic
    company = compiled.field_of_type("siret")
    siret = answers.get(company.id) if company is not None else None
    about = About(dossier=dossier, compiled=compiled, day=cases.today(dossier.territory), decision=decision)
    made = orders.order(
        tx,
        scheme=dossier.scheme,
        territory=dossier.territory,
        dossier=dossier.id,
        decision=decision.id,
        cents=ordered,
        payee=str(payee),
        iban=str(iban),
        bic=str(bic) if bic else None,
        siret=str(siret) if siret else None,
        label=fill(payment.label, notice_values(cases, about)),
        instalment=instalment,
        told=_told(payment, compiled, decision, answers),
    )
    data = {"order": made.reference, "decision": decision.id, "cents": made.cents, "instalment": instalment}
    tx.journal(dossier.territory, "payment_ordered", subject=dossier.id, data=data)
    return made


def _told(payment: Payment, compiled: CompiledScheme, decision: Decision, answers: dict[str, Any]) -> dict[str, Any]:
    """What the file says beyond whom and how much, frozen with the order: later answers change no order."""

    def text(name: str) -> str:
        field = compiled.fields[name]
        value = answers.get(name)
        if isinstance(value, bool):
            return Texts("fr")("form.yes" if value else "form.no")
        return " ".join(shown(field, value).split())

    return {
        "act": {
            "number": decision.act_number or "",
            "date": decision.act_date.isoformat() if decision.act_date else "",
            "form": decision.form or "",
            "signatory": decision.signatory_name or "",
            "quality": decision.signatory_quality or "",
        },
        "details": {name: text(field) for name, field in payment.details.items()},
        "facts": [[compiled.fields[name].declaration.label, text(name)] for name in payment.facts],
    }
