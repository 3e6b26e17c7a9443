"""The papers of a claim: the letter to whom it is claimed from, and what the accountant needs to collect it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.locale import Texts, format_day, format_money
from guichet.model.payment import Payment
from guichet.model.records import AmountPart, Decision, Document, Dossier
from guichet.model.records import PaymentOrder as StoredOrder
from guichet.plugin.contracts import Act, ClaimToWrite, OrderPart, OutgoingFile, PaymentFile, Reason
from guichet.services.assessments import compiled_for
from guichet.services.batch_settings import frozen_settings, imputation_of, imputations_of
from guichet.services.cases import UseCases
from guichet.services.deliveries import FOLDER, header_of
from guichet.services.documents import Rendered, existing, note_once, render
from guichet.services.letters import letter_of
from guichet.services.messages import checked
from guichet.services.quarantine import require_released
from guichet.services.text_values import About
from guichet.storage import Tx, accounts, decisions, dossiers, exchanges, outbox, parts, recoveries
from guichet.storage import payments as orders
from guichet.storage.recoveries import Recovery

__all__ = ["CLAIMED", "REQUEST", "problem_of_claim", "write_claim_papers"]

CLAIMED = "claimed"
"""The letter that tells a claim."""
LETTER = "claim_letter"
"""The kind of its document."""
REQUEST = "claim_request"
"""The kind of the document that asks the accountant to collect: agents read it, the applicant does not."""


def problem_of_claim(cases: UseCases, tx: Tx, dossier: Dossier, claim: Recovery) -> Reason | None:
    """Why the accountant's papers of a claim could not be written; None when they can, or there are none."""
    payment = _current(cases, dossier).scheme.payment
    if payment is None:
        return None
    writer = cases.plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    written = _as_written(cases, tx, payment, dossier, claim, ())
    return cases.plugins.call(f"payment_writers:{payment.writer.plugin}", lambda: writer.check_claim(written, options))


def write_claim_papers(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Write a claim's letter and tell the applicant, then lay what the accountant needs: the duty `claim_papers`.

    Done again it changes nothing: documents are noted once, and a file laid twice is the same bytes under one name.
    """
    claim = cases.store.read(lambda tx: recoveries.by_id(tx, str(payload["recovery"])))
    if claim is None:
        return
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, claim.dossier))
    compiled = _current(cases, dossier)
    if CLAIMED in compiled.scheme.letters and cases.store.read(lambda tx: existing(tx, LETTER, claim.id)) is None:
        _write_letter(cases, compiled, dossier, claim)
    payment = compiled.scheme.payment
    if payment is not None and cases.store.read(lambda tx: existing(tx, REQUEST, claim.id)) is None:
        _lay_request(cases, compiled, payment, dossier, claim)


def _current(cases: UseCases, dossier: Dossier) -> CompiledScheme:
    return cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)


def _write_letter(cases: UseCases, compiled: CompiledScheme, dossier: Dossier, claim: Recovery) -> None:
    account = cases.store.read(lambda tx: accounts.by_id(tx, dossier.account) if dossier.account else None)
    decision = cases.store.read(lambda tx: decisions.by_id(tx, claim.decision))
    about = About(
        dossier=dossier,
        compiled=compiled,
        day=claim.act_date,
        applicant=account.email if account is not None else "",
        decision=_as_decision(decision, claim),
        parts=cases.store.read(lambda tx: parts.of_recoveries(tx, [claim.id]).get(claim.id, ())),
    )
    declared = compiled.scheme.letters[CLAIMED]
    rendered = render(cases, letter_of(cases, about), declared.renderer, dossier.territory)
    say = Texts("fr")
    kind = f"{say('letters.file_claimed')}-{claim.act_number}"
    name = say("letters.letter_file", reference=dossier.reference, kind=kind, extension=rendered.extension)
    note_once(
        cases,
        dossier=dossier.id,
        kind=LETTER,
        about=claim.id,
        file_name=name,
        rendered=rendered,
        then=lambda tx, document: _announce(tx, dossier, claim, document),
    )


def _as_decision(undone: Decision, claim: Recovery) -> Decision:
    """The claim as the texts of letters read an act; its issuer is the one of the decision it follows from."""
    return replace(
        undone,
        id=claim.id,
        kind=CLAIMED,
        amount_cents=claim.cents,
        act_number=claim.act_number,
        act_date=claim.act_date,
        signatory_name=claim.signatory_name,
        signatory_quality=claim.signatory_quality,
        reasons=({"criterion": "", "reason": claim.reason},),
        at=claim.at,
    )


def _announce(tx: Tx, dossier: Dossier, claim: Recovery, document: Document) -> None:
    values = {"amount": format_money(claim.cents, "fr"), "number": claim.act_number}
    body = checked(Texts("fr")("letters.claimed", day=format_day(claim.act_date, "fr"), **values))
    made = exchanges.add(tx, dossier=dossier.id, author_kind="system", author="", body=body)
    data = {"recovery": claim.id, "act": claim.act_number, "sha256": document.sha256}
    tx.journal(dossier.territory, "recovery_notified", subject=dossier.id, data=data)
    payload = {"dossier": dossier.id, "event": "message", "message": body}
    outbox.put(tx, "notice", payload, key=f"message:{made.id}")


def _lay_request(
    cases: UseCases, compiled: CompiledScheme, payment: Payment, dossier: Dossier, claim: Recovery
) -> None:
    """Write the accountant's papers, lay them where payment files are laid, and keep the page among the documents."""
    require_released(cases)
    frozen = frozen_settings(cases, compiled, payment, claim.act_date)
    claimed = cases.store.read(lambda tx: parts.of_recoveries(tx, [claim.id]).get(claim.id, ()))
    written = cases.store.read(lambda tx: _as_written(cases, tx, payment, dossier, claim, claimed))
    key = payment.writer.plugin
    writer = cases.plugins.payment_writers[key]
    options = writer.Options.model_validate(payment.writer.options)
    context = replace(cases.context(dossier.territory), today=claim.act_date)
    header = header_of(frozen, claim.act_date, dossier.scheme, dossier.territory, batch=claim.id, number=1)
    file = cases.plugins.call(f"payment_writers:{key}", lambda: writer.write_claim(header, written, options, context))
    if file is None:
        return
    laid = [_deliver(cases, dossier.territory, payment, one) for one in file.all]
    data = {"recovery": claim.id, "act": claim.act_number, "files": [one.name for one in file.all], "to": laid[-1]}
    note_once(
        cases,
        dossier=dossier.id,
        kind=REQUEST,
        about=claim.id,
        file_name=file.name,
        rendered=Rendered(file.content, file.media_type, file.name.rpartition(".")[2]),
        then=lambda tx, _: tx.journal(dossier.territory, "recovery_requested", subject=dossier.id, data=data),
    )


def _deliver(cases: UseCases, territory: str, payment: Payment, file: PaymentFile) -> str:
    delivery = cases.plugins.deliveries[payment.delivery.plugin]
    options = cases.service_options(delivery, payment.delivery.options)
    context = replace(cases.context(territory), folder=cases.folder / FOLDER)
    outgoing = OutgoingFile(file.name, file.content)
    key = f"deliveries:{payment.delivery.plugin}"
    return cases.plugins.call(key, lambda: delivery.deliver(outgoing, options, context)).reference


def _as_written(
    cases: UseCases, tx: Tx, payment: Payment, dossier: Dossier, claim: Recovery, claimed: tuple[AmountPart, ...]
) -> ClaimToWrite:
    territory = cases.territory(dossier.territory)
    shared, by_amount = imputation_of(territory, payment), imputations_of(territory, payment)
    paid = [one for one in orders.of_dossier(tx, dossier.id) if one.state == "paid"]
    last = paid[-1] if paid else None
    apart = [OrderPart(one.amount, one.label, one.cents, by_amount.get(one.amount, shared)) for one in claimed]
    return ClaimToWrite(
        number=claim.act_number,
        dossier=dossier.reference,
        debtor=last.payee if last is not None else dossier.payee or dossier.title,
        cents=claim.cents,
        reason=claim.reason,
        siret=(last.siret if last is not None else None) or "",
        act=Act(
            number=claim.act_number,
            date=claim.act_date,
            signatory=claim.signatory_name,
            quality=claim.signatory_quality,
        ),
        granted_by=_acts_behind(tx, paid),
        imputation=shared,
        details=_details(tx, last),
        parts=tuple(apart) if by_amount else (),
    )


def _acts_behind(tx: Tx, paid: list[StoredOrder]) -> tuple[str, ...]:
    """The decisions whose money was paid, and those that came after, in words."""
    if not paid:
        return ()
    say, told = Texts("fr"), list[str]()
    for one in decisions.of_dossier(tx, paid[0].dossier):
        if one.act_number and one.act_date:
            kind = say(f"letters.outcome_{one.kind}")
            told.append(say("letters.act_behind", kind=kind, number=one.act_number, day=format_day(one.act_date, "fr")))
    return tuple(told)


def _details(tx: Tx, order: StoredOrder | None) -> dict[str, str]:
    told: Mapping[str, Any] = orders.told_of(tx, order.id) if order is not None else {}
    return dict(told.get("details") or {})
