"""Another account for an order that could not be paid: asked of the applicant, checked, kept beside the old one.

An order that a file has held is never rewritten: it is rejected, and another takes its place for the same instalment
of the same decision, of which one stands at a time. An order that no file ever held is mended where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.keys import iban_hash_of
from guichet.locale import Texts
from guichet.model.payment import Payment
from guichet.model.records import Dossier, PaymentOrder
from guichet.plugin.contracts import Reason
from guichet.plugin.contracts.base import Language
from guichet.services.acting import DECISION_ROLE, FINANCE_ROLE, hold_dossier
from guichet.services.batch_settings import imputation_of, imputations_of
from guichet.services.cases import UseCases
from guichet.services.deliveries import as_written
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, decisions, dossiers, later_filings, outbox, parts, payment_runs, restorations
from guichet.storage import payments as orders
from guichet.storage.later_filings import AccountChange, LaterFiling

__all__ = [
    "ACCOUNT_ASKERS",
    "FORM",
    "ask_for_account",
    "ask_new_account",
    "may_be_asked_again",
    "use_new_account",
    "why_not_account",
]

FORM = "new_iban"
_PLAIN_PAYEE, _PLAIN_IBAN = "Camille Martin", "FR7630006000011234567890189"
ACCOUNT_ASKERS = {DECISION_ROLE, FINANCE_ROLE, "instructor"}


def may_be_asked_again(order: PaymentOrder, of_dossier: Sequence[PaymentOrder]) -> bool:
    """Whether another account would help: the order was rejected, or no file could be written with it.

    Never while another order of the same instalment stands in its place.
    """
    if any(one.id != order.id and one.state != "rejected" and _same_instalment(one, order) for one in of_dossier):
        return False
    return order.state == "rejected" or (order.set_aside_reason is not None and order.batch is None)


def ask_new_account(cases: UseCases, tx: Tx, order: PaymentOrder, *, by: str, reason: str) -> bool:
    """Ask for another account inside an act; False without such a form, when it is asked already, or was paid."""
    compiled = cases.snapshots.current(order.scheme, order.territory)
    if compiled is None or FORM not in compiled.later:
        return False
    digest, dossier = compiled.hash, order.dossier
    if restorations.was_paid(tx, dossier) is not None or not _stands(tx, order):
        return False
    asked = later_filings.ask(
        tx, dossier=dossier, form=FORM, about=order.id, reason=reason, snapshot_hash=digest, by=by
    )
    if asked is None:
        return False
    data = {"form": FORM, "order": order.reference, "why": reason}
    tx.journal(order.territory, "later_asked", subject=dossier, actor=None if by == "system" else by, data=data)
    payload = {"dossier": dossier, "event": FORM, "order": order.id, "turn": asked.id}
    outbox.put(tx, "notice", payload, key=f"notice:{FORM}:{asked.id}")
    return True


def ask_for_account(cases: UseCases, agent_id: str, reference: str, order_reference: str) -> None:
    """Ask the applicant for another account, as an agent does on the dossier's page.

    Raises:
        NotFound: The agent may not see the dossier, or it has no such order.
        Refused: The agent holds no role for it, another account cannot help, the scheme has no such form, it is asked.
    """

    def act(tx: Tx) -> None:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        if not actor.roles(dossier.territory, dossier.scheme) & ACCOUNT_ASKERS:
            raise Refused("not_for_you", body="")
        made = orders.of_dossier(tx, dossier.id)
        found = next((one for one in made if one.reference == order_reference), None)
        if found is None:
            raise NotFound
        order = orders.lock(tx, found.id)
        if not may_be_asked_again(order, made):
            raise Refused("account_not_at_fault")
        if not ask_new_account(cases, tx, order, by=agent_id, reason="asked"):
            raise Refused("account_asked_already")

    cases.store.act(act)


def why_not_account(
    cases: UseCases, tx: Tx, filing: LaterFiling, values: Mapping[str, Any], language: Language
) -> dict[str, str]:
    """Field → why the new account cannot be taken: it is the one that could not be paid, or no writer takes it."""
    compiled = cases.snapshots.by_hash(filing.snapshot_hash)
    order = orders.by_id(tx, filing.about)
    payee, iban, bic = _account(compiled, values)
    payment = compiled.scheme.payment
    if payment is None:
        return {}
    if (payee, iban) == (order.payee, order.iban):
        return {payment.payee.iban: Texts(language)("paying.same_account")}
    reason = _unwritable(cases, tx, payment, replace(order, payee=payee, iban=iban, bic=bic))
    return {payment.payee.name: reason.text(language)} if reason is not None else {}


def _unwritable(cases: UseCases, tx: Tx, payment: Payment, order: PaymentOrder) -> Reason | None:
    """Why the writer would set the order aside for its payee; what else is wrong is no matter of the applicant's."""
    territory = cases.territory(order.territory)
    charged = {"imputation": imputation_of(territory, payment), "imputations": imputations_of(territory, payment)}
    writer = cases.plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    (line,) = payment_runs.waiting(tx, [order])
    plain = replace(line, order=replace(order, payee=_PLAIN_PAYEE, iban=_PLAIN_IBAN, bic=order.bic))
    given, known = (as_written(one, charged) for one in (line, plain))
    key = f"payment_writers:{payment.writer.plugin}"
    if cases.plugins.call(key, lambda: writer.check(known, options)) is not None:
        return None
    return cases.plugins.call(key, lambda: writer.check(given, options))


def use_new_account(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, values: Mapping[str, Any]) -> None:
    """Put the new account in the place of the old one, and keep both.

    Raises:
        Refused: The order was paid, sent or replaced meanwhile.
    """
    compiled = cases.snapshots.by_hash(filing.snapshot_hash)
    payee, iban, bic = _account(compiled, values)
    before = orders.lock(tx, filing.about)
    if not may_be_asked_again(before, orders.of_dossier(tx, dossier.id)) or not _stands(tx, before):
        raise Refused("account_not_at_fault")
    if before.state == "rejected":
        after = _order_again(tx, before, payee=payee, iban=iban, bic=bic)
    else:
        after = orders.amend(tx, before.id, payee=payee, iban=iban, bic=bic)
    change = AccountChange(
        id=tx.ids.new(),
        dossier=dossier.id,
        later_filing=filing.id,
        payment_order=before.id,
        new_order=after.id,
        payee_before=before.payee,
        iban_before=before.iban,
        bic_before=before.bic,
        payee=payee,
        iban=iban,
        bic=bic,
        at=tx.now,
    )
    later_filings.add_change(tx, change)
    payment = compiled.scheme.payment
    hashed = iban_hash_of(compiled, {payment.payee.iban: iban}) if payment is not None else None
    dossiers.save(tx, dossier, by="applicant", payee=payee, iban_hash=hashed)
    data = {"order": after.reference, "replaces": before.reference, "cents": after.cents}
    tx.journal(dossier.territory, "account_replaced", subject=dossier.id, data=data)


def _order_again(tx: Tx, before: PaymentOrder, *, payee: str, iban: str, bic: str | None) -> PaymentOrder:
    """Another order of the same instalment; raises Refused when a file that left after the backup paid it."""
    if restorations.was_paid(tx, before.dossier) is not None:
        raise Refused("account_not_at_fault")
    return orders.order(
        tx,
        scheme=before.scheme,
        territory=before.territory,
        dossier=before.dossier,
        decision=before.decision,
        cents=before.cents,
        payee=payee,
        iban=iban,
        bic=bic,
        siret=before.siret,
        label=before.label,
        instalment=before.instalment,
        told=orders.told_of(tx, before.id),
        parts=parts.of_orders(tx, [before.id]).get(before.id, ()),
    )


def _same_instalment(one: PaymentOrder, other: PaymentOrder) -> bool:
    return (one.decision, one.instalment) == (other.decision, other.instalment)


def _stands(tx: Tx, order: PaymentOrder) -> bool:
    """Whether the decision of an order is the last of its dossier: one undone since pays nobody any more."""
    return next((one.id for one in reversed(decisions.of_dossier(tx, order.dossier))), None) == order.decision


def _account(compiled: CompiledScheme, values: Mapping[str, Any]) -> tuple[str, str, str | None]:
    payment = compiled.scheme.payment
    assert payment is not None  # noqa: S101  a scheme that pays nothing declares no such form
    bic = values.get(payment.payee.bic) if payment.payee.bic is not None else None
    return str(values[payment.payee.name]), str(values[payment.payee.iban]), str(bic) if bic else None
