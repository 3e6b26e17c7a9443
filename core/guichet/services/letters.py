"""The letter of a decision: the scheme's text, rendered, dated as notified, announced by a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts
from guichet.model.letters import LetterEvent
from guichet.model.records import Decision, Document, Dossier
from guichet.model.template_text import fill
from guichet.model.territory import Territory
from guichet.plugin.contracts import Letter, Sender, Signatory
from guichet.services.answers import load_answers, shown
from guichet.services.assessments import assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.documents import existing, footer_of, note_once, render, sender_of, watermark_of
from guichet.services.explained import explained
from guichet.services.text_values import About, deciding_body, fill_letter, letter_values, typed_reasons
from guichet.services.transfers import TRANSFERRED
from guichet.storage import Tx, accounts, decisions, dossiers, outbox

__all__ = ["MEANS", "letter_of", "write_letter"]

MEANS = "teleservice+mail"
"""How a decision is notified: put in the applicant's own space, and announced by a message."""


@dataclass(frozen=True, slots=True)
class _Seen:
    about: About
    decision: Decision
    written: Document | None


def write_letter(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Write the letter of a decision, date its notification and queue its message: the duty `letter`."""
    dossier_id, decision_id = str(payload["dossier"]), str(payload["decision"])
    seen = cases.store.read(lambda tx: _look(cases, tx, dossier_id, decision_id))
    if seen.written is not None:
        return
    dossier, decision, compiled = seen.about.dossier, seen.decision, seen.about.compiled
    declared = compiled.scheme.letters.get(cast("LetterEvent", decision.kind))
    if declared is None:
        cases.store.act(lambda tx: _announce(tx, dossier, decision, None))
        return
    rendered = render(cases, letter_of(cases, seen.about), declared.renderer, dossier.territory)
    say = Texts("fr")
    kind = say(f"letters.file_{decision.kind}")
    name = say("letters.letter_file", reference=dossier.reference, kind=kind, extension=rendered.extension)
    note_once(
        cases,
        dossier=dossier.id,
        kind="letter",
        about=decision.id,
        file_name=name,
        rendered=rendered,
        then=lambda tx, document: _announce(tx, dossier, decision, document),
    )


def letter_of(cases: UseCases, about: About, language: Language = "fr") -> Letter:
    """The letter of a decision as data for a renderer: the same for the same dossier, decision and texts."""
    dossier, compiled, decision = about.dossier, about.compiled, about.decision
    if decision is None:
        raise ValueError("a letter is about a decision")
    declared = compiled.scheme.letters[cast("LetterEvent", decision.kind)]
    territory = cases.territory(dossier.territory)
    values = letter_values(cases, about)
    senders = [sender_of(territory, compiled, about.day)]
    joint = fill(declared.joint, values)
    if joint:
        senders.insert(0, Sender(joint))
    return Letter(
        senders=tuple(senders),
        recipient=_recipient(compiled, dossier, language),
        reference=dossier.reference,
        place=_place(territory, compiled, about.day),
        date=about.day,
        subject=fill(declared.subject, values),
        body=fill_letter(compiled.scheme.texts[declared.text], values),
        signatory=_signatory(territory, decision, about.day),
        footer=footer_of(cases, compiled, dossier.reference, language, practice=dossier.practice),
        watermark=watermark_of(cases, language, practice=dossier.practice),
    )


def about_decision(cases: UseCases, tx: Tx, dossier: Dossier, decision: Decision) -> About:
    """What the texts of a decision are about: its snapshot's texts, and why by the rules that judged the dossier."""
    pinned = compiled_for(cases, dossier)
    assessment = assess(cases, tx, dossier, pinned)
    account = accounts.by_id(tx, dossier.account) if dossier.account else None
    return About(
        dossier=dossier,
        compiled=cases.snapshots.by_hash(decision.snapshot_hash),
        day=decision.act_date or cases.day_of(decision.at, dossier.territory),
        applicant=account.email if account is not None else "",
        decision=decision,
        explanation=None
        if decision.kind == TRANSFERRED
        else explained(tx, assessment, typed=dict(typed_reasons(decision))),
    )


def _look(cases: UseCases, tx: Tx, dossier_id: str, decision_id: str) -> _Seen:
    dossier, decision = dossiers.by_id(tx, dossier_id), decisions.by_id(tx, decision_id)
    return _Seen(about_decision(cases, tx, dossier, decision), decision, existing(tx, "letter", decision_id))


def _announce(tx: Tx, dossier: Dossier, decision: Decision, document: Document | None) -> None:
    decisions.notify(tx, decision.id, by=MEANS)
    data = {"decision": decision.id, "means": MEANS, "sha256": document.sha256 if document is not None else None}
    tx.journal(dossier.territory, "decision_notified", subject=dossier.id, data=data)
    if decision.kind == TRANSFERRED:
        return  # the message of the transfer says it already
    payload = {"dossier": dossier.id, "event": "decided", "decision": decision.id}
    outbox.put(tx, "notice", payload, key=f"notice:decided:{decision.id}:letter")


def _recipient(compiled: CompiledScheme, dossier: Dossier, language: Language) -> tuple[str, ...]:
    """The name of the dossier and the first address of its form."""
    field = compiled.field_of_type("address")
    value = load_answers(compiled, dossier.answers).get(field.id) if field is not None else None
    address = shown(field, value, language) if field is not None else ""
    lines = [part.strip() for line in address.splitlines() for part in line.split(",")]
    return (dossier.title or dossier.reference, *(line for line in lines if line))


def _place(territory: Territory, compiled: CompiledScheme, day: date) -> str:
    body = territory.organisation(deciding_body(compiled), day)
    return (body.city if body is not None else "") or territory.authority_on(day).city


def _signatory(territory: Territory, decision: Decision, day: date) -> Signatory | None:
    """First name, name, quality (CRPA art. L212-1), and the delegation signed under."""
    if not decision.signatory_name:
        return None
    known = territory.signatories_for(decision.issuer or "", day).values()
    delegation = next((person.delegation for person in known if person.name == decision.signatory_name), "")
    lines = (delegation,) if delegation else ()
    return Signatory(decision.signatory_name, decision.signatory_quality or "", lines)
