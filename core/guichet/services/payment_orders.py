"""The payment order that a deciding act makes: whom to pay, where, how much, and what its file will say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import visible_answers
from guichet.engine.keys import siret_of
from guichet.engine.wording.names import Names
from guichet.locale import Texts
from guichet.model.payment import Payment
from guichet.model.records import Decision, Dossier, PaymentOrder
from guichet.model.template_text import fill
from guichet.services.amount_parts import judged_values, parts_to_order
from guichet.services.answers import load_answers, shown
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.services.text_values import About, notice_values
from guichet.storage import Tx, later_filings, recoveries, restorations
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
    _require_money_back(tx, dossier, decision)
    if not ordered or _was_paid(tx, dossier, decision, ordered):
        return None
    answers = _answers_shown(cases, compiled, dossier)
    account = _account_of(tx, compiled, dossier, payment, answers)
    if account is None:
        return None  # who was awarded without a request gives the account afterwards
    about = About(dossier=dossier, compiled=compiled, day=cases.today(dossier.territory), decision=decision)
    made = orders.order(
        tx,
        scheme=dossier.scheme,
        territory=dossier.territory,
        dossier=dossier.id,
        decision=decision.id,
        cents=ordered,
        payee=account.payee,
        iban=account.iban,
        bic=account.bic,
        siret=siret_of(compiled, answers) or None,
        label=fill(payment.label, notice_values(cases, about)),
        instalment=instalment,
        told=_told(cases, tx, payment, compiled, dossier, decision, answers),
        parts=parts_to_order(tx, compiled, decision, ordered, instalment=instalment),
    )
    data = {"order": made.reference, "decision": decision.id, "cents": made.cents, "instalment": instalment}
    tx.journal(dossier.territory, "payment_ordered", subject=dossier.id, data=data)
    return made


def _answers_shown(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> dict[str, Any]:
    """The answers that count: never an account that was typed before its question disappeared."""
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else cases.today(dossier.territory)
    return visible_answers(compiled, load_answers(compiled, dossier.answers), filed_on)


def _require_money_back(tx: Tx, dossier: Dossier, decision: Decision) -> None:
    """Raises Refused while money of a decision undone since is out: an order of it stands, and is not reimbursed."""
    if out := recoveries.money_out(tx, dossier.id, but=decision.id):
        raise Refused("paid_before", cents=out)


def _was_paid(tx: Tx, dossier: Dossier, decision: Decision, cents: int) -> bool:
    """Whether it was paid between a backup and its restoration, by a decision that this one takes again."""
    paid_by = restorations.was_paid(tx, dossier.id)
    if paid_by is None:
        return False
    data = {"decision": decision.id, "file": paid_by, "cents": cents}
    tx.journal(dossier.territory, "payment_already_made", subject=dossier.id, data=data)
    return True


@dataclass(frozen=True, slots=True)
class _Account:
    """A bank account and the exact name of its holder."""

    payee: str
    iban: str
    bic: str | None


def _account_of(
    tx: Tx, compiled: CompiledScheme, dossier: Dossier, payment: Payment, answers: Mapping[str, Any]
) -> _Account | None:
    """The account to pay: the one that took the place of the application's, or that; None where a form asks it later.

    Raises:
        Refused: The form does not say whom to pay, or where.
    """
    asked = payment.payee
    payee, iban = answers.get(asked.name), answers.get(asked.iban)
    if not (payee and iban) and ACCOUNT in compiled.later:
        return None
    if not payee or not iban:
        raise Refused("payee_missing", fields=[asked.name, asked.iban])
    changes = later_filings.changes_of(tx, dossier.id)
    # What the application was given after a change is the latest word: no change took its place.
    if any((one.payee_before, one.iban_before) == (str(payee), str(iban)) for one in changes):
        return _Account(changes[-1].payee, changes[-1].iban, changes[-1].bic or None)
    bic = answers.get(asked.bic) if asked.bic is not None else None
    return _Account(str(payee), str(iban), str(bic) if bic else None)


def _told(
    cases: UseCases,
    tx: Tx,
    payment: Payment,
    compiled: CompiledScheme,
    dossier: Dossier,
    decision: Decision,
    answers: dict[str, Any],
) -> dict[str, Any]:
    """What the file says beyond whom and how much, frozen with the order: later answers change no order."""
    named = any(name not in compiled.fields for name in payment.facts)
    judged = judged_values(cases, tx, compiled, dossier) if named else None
    names = Names(compiled)

    def text(name: str) -> str:
        field = compiled.fields.get(name)
        if field is None:
            kind = judged.version.program.definition_types.get(name) if judged is not None else None
            value = judged.values.get(name) if judged is not None and kind is not None else None
            return names.value(value, kind) if value is not None else ""
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
        "facts": [[_called(compiled, names, name), text(name)] for name in payment.facts],
    }


def _called(compiled: CompiledScheme, names: Names, name: str) -> str:
    """What people call a fact: the question as it is asked, or the name of a value."""
    if name in compiled.fields:
        return compiled.fields[name].declaration.label
    called = names.label(name)
    return called[:1].upper() + called[1:]
