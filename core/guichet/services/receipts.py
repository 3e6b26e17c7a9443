"""The receipt of a filing (CRPA art. L112-11, R112-11-1): the same content on the page, in the PDF and in the mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from guichet.catalogue import CompiledScheme
from guichet.engine.delays import silence_date
from guichet.engine.form_flow import visible_answers
from guichet.locale import Language, Texts, format_day, format_instant
from guichet.model.legal import Suspension
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.records import Document, Dossier
from guichet.model.template_text import escape_markdown
from guichet.plugin.contracts import Letter
from guichet.services.answers import load_answers, shown
from guichet.services.appeal_routes import court_sentence
from guichet.services.assessments import compiled_for
from guichet.services.attachments import shown_attachments
from guichet.services.cases import UseCases
from guichet.services.documents import existing, footer_of, note_once, render, renderer_of, sender_of, watermark_of
from guichet.services.text_values import (
    About,
    dossier_link,
    fill_notice,
    helpdesk_of,
    notice_values,
)
from guichet.storage import Tx, dossiers, outbox

__all__ = ["Receipt", "Section", "legal_lines", "receipt_of", "write_receipt"]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form as it was answered: (question, answer) pairs."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything the law wants in a receipt, and what was declared; texts are ready to show."""

    reference: str
    scheme: str
    title: str
    filed_at: datetime
    """In the territory's own time."""
    filed: str
    service: str
    address: str
    phone: str
    email: str
    hours: str
    silence_means: str
    silence_on: date
    silence: str
    suspensions: tuple[str, ...]
    appeal: str
    """Routes and delay of appeal; empty when silence means acceptance."""
    declared: tuple[Section, ...]
    attested: tuple[str, ...]
    """What was attested on honour, each in the scheme's own Markdown."""
    attachments: tuple[str, ...]
    """Each file with what it was asked for: two may bear one name."""
    link: str
    sandbox: bool


def receipt_of(cases: UseCases, dossier: Dossier, language: Language = "fr") -> Receipt:
    """The receipt of a filed dossier as data; raises ValueError for one that was never filed."""
    if dossier.filed_at is None:
        raise ValueError(f"dossier {dossier.reference} was not filed")
    compiled = compiled_for(cases, dossier)
    say = Texts(language)
    territory = cases.territory(dossier.territory)
    filed_on = cases.day_of(dossier.filed_at, dossier.territory)
    filed_at = dossier.filed_at.astimezone(ZoneInfo(territory.time_zone))
    legal, helpdesk = compiled.scheme.legal, helpdesk_of(compiled, territory)
    first_body = territory.organisation(next(iter(compiled.scheme.workflow.stages.values())).body, filed_on)
    silent_on = silence_date(legal.silence, filed_on)
    rejects = legal.silence.means == "rejection"
    means = "letters.receipt_rejection" if rejects else "letters.receipt_acceptance"
    return Receipt(
        reference=dossier.reference,
        scheme=compiled.scheme.title,
        title=dossier.title,
        filed_at=filed_at,
        filed=format_instant(filed_at, language),
        service=_said(territory.contacts.service) or (first_body.name if first_body else territory.name),
        address=territory.contacts.address,
        phone=helpdesk.phone,
        email=helpdesk.email,
        hours=helpdesk.hours,
        silence_means=legal.silence.means,
        silence_on=silent_on,
        silence=say(means, date=format_day(silent_on, language), article=legal.silence.legal),
        suspensions=tuple(
            _suspension(say, pause) for pause in legal.silence.suspended if filed_on <= pause.until < silent_on
        ),
        appeal=_appeal(cases, compiled, dossier, filed_on, say) if rejects else "",
        declared=_declared(compiled, dossier, filed_on, language),
        attested=_attested(compiled, dossier, filed_on),
        attachments=_attachments(cases, compiled, dossier),
        link=dossier_link(cases, dossier),
        sandbox=cases.mode == "sandbox",
    )


def _attachments(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> tuple[str, ...]:
    kept = cases.store.read(lambda tx: shown_attachments(cases, tx, dossier))
    asked = [compiled.fields.get(item.field.partition(".")[0]) for item in kept]
    return tuple(
        f"{field.declaration.label} : {item.file_name}" if field is not None else item.file_name
        for item, field in zip(kept, asked, strict=True)
    )


def legal_lines(receipt: Receipt, language: Language = "fr") -> list[str]:
    """The legal content in plain lines, for the mail: service, silence, its suspensions, appeal."""
    say = Texts(language)
    lines = [
        say("letters.receipt_service") + (" :" if language == "fr" else ":"),
        *_service(receipt, say),
        "",
        receipt.silence,
        *receipt.suspensions,
        say("letters.receipt_incomplete"),
    ]
    return [*lines, "", receipt.appeal] if receipt.appeal else lines


def write_receipt(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Write the receipt's PDF and queue its mail: the duty `receipt {dossier}`."""
    dossier_id = str(payload["dossier"])

    def look(tx: Tx) -> tuple[Dossier, Document | None]:
        return dossiers.by_id(tx, dossier_id), existing(tx, "receipt", dossier_id)

    dossier, written = cases.store.read(look)
    if written is not None:
        return
    receipt, compiled = receipt_of(cases, dossier), compiled_for(cases, dossier)
    rendered = render(
        cases, as_letter(cases, compiled, dossier, receipt), renderer_of(cases, compiled), dossier.territory
    )
    name = Texts("fr")("letters.receipt_file", reference=dossier.reference, extension=rendered.extension)

    def then(tx: Tx, document: Document) -> None:
        tx.journal(dossier.territory, "receipt_written", subject=dossier.id, data={"sha256": document.sha256})
        outbox.put(tx, "notice", {"dossier": dossier.id, "event": "filed"}, key=f"notice:filed:{dossier.id}")

    note_once(cases, dossier=dossier.id, kind="receipt", about=dossier.id, file_name=name, rendered=rendered, then=then)


def as_letter(
    cases: UseCases, compiled: CompiledScheme, dossier: Dossier, receipt: Receipt, language: Language = "fr"
) -> Letter:
    """The receipt as a letter for a renderer; every value is escaped."""
    territory, day = cases.territory(dossier.territory), receipt.filed_at.date()
    authority = territory.authority_on(day)
    return Letter(
        senders=(sender_of(territory, compiled, day),),
        recipient=(receipt.title or receipt.reference,),
        reference=receipt.reference,
        place=authority.city,
        date=day,
        subject=Texts(language)("letters.receipt_subject", reference=receipt.reference),
        body=_markdown(receipt, language),
        footer=footer_of(cases, compiled, receipt.reference, language, practice=dossier.practice),
        watermark=watermark_of(cases, language, practice=dossier.practice),
    )


def _markdown(receipt: Receipt, language: Language) -> str:
    say = Texts(language)
    shown_ = escape_markdown
    blocks = [
        shown_(say("letters.receipt_intro", scheme=receipt.scheme, filed_on=receipt.filed)),
        f"**{shown_(say('letters.receipt_number', reference=receipt.reference))}**",
        f"## {say('letters.receipt_service')}",
        _bullets(_service(receipt, say)),
        f"## {say('letters.receipt_silence')}",
        f"**{shown_(receipt.silence)}**",
        *(shown_(line) for line in (*receipt.suspensions, say("letters.receipt_incomplete"))),
    ]
    if receipt.appeal:
        blocks += [f"## {say('letters.receipt_appeal')}", shown_(receipt.appeal)]
    blocks.append(f"## {say('letters.receipt_declared')}")
    for section in receipt.declared:
        pairs = [f"- {shown_(question)} : **{_flat(answer)}**" for question, answer in section.rows]
        blocks += [f"### {shown_(section.title)}", "\n".join(pairs)]
    if receipt.attested:
        blocks += [f"## {say('letters.receipt_attested')}", *receipt.attested]
    blocks.append(f"## {say('letters.receipt_attachments')}")
    blocks.append(_bullets(receipt.attachments) if receipt.attachments else say("letters.receipt_no_attachment"))
    return "\n\n".join(block for block in blocks if block)


def _service(receipt: Receipt, say: Texts) -> list[str]:
    lines = [receipt.service, receipt.address]
    for key, value in (("phone", receipt.phone), ("email", receipt.email), ("hours", receipt.hours)):
        if value:
            lines.append(say(f"letters.receipt_{key}", **{key: value}))
    return [line for line in lines if line]


def _bullets(lines: list[str] | tuple[str, ...]) -> str:
    return "\n".join(f"- {_flat(line)}" for line in lines)


def _flat(text: str) -> str:
    """A value on one line of a list: its own line breaks would end the item."""
    return escape_markdown(" ".join(text.split())) or "–"


def _said(text: str) -> str:
    return "" if text == PLACEHOLDER else text


def _suspension(say: Texts, pause: Suspension) -> str:
    return say(
        "letters.receipt_suspended",
        first=format_day(pause.first, say.language),
        until=format_day(pause.until, say.language),
        article=pause.legal,
    )


def _appeal(cases: UseCases, compiled: CompiledScheme, dossier: Dossier, day: date, say: Texts) -> str:
    """The scheme's own words when it has some, else ours; then what it says of a request to reconsider."""
    appeal = compiled.scheme.legal.appeal
    if not appeal.text:
        return court_sentence(cases, compiled, day, "letters.receipt_appeal_text", say)
    values = notice_values(cases, About(dossier, compiled, day, language=say.language))
    return " ".join(f"{fill_notice(appeal.text, values)} {appeal.gracious}".split())


def _declared(compiled: CompiledScheme, dossier: Dossier, day: date, language: Language) -> tuple[Section, ...]:
    answers = visible_answers(compiled, load_answers(compiled, dossier.answers), day)
    sections: list[Section] = []
    for page in compiled.scheme.application.values():
        rows = tuple(
            (compiled.fields[name].declaration.label, shown(compiled.fields[name], answers[name], language))
            for name in page.fields
            if name in answers and compiled.fields[name].type.key != "attachment"
        )
        if rows:
            sections.append(Section(page.title, rows))
    return tuple(sections)


def _attested(compiled: CompiledScheme, dossier: Dossier, day: date) -> tuple[str, ...]:
    version = compiled.version_on(date.fromisoformat(dossier.rules_version or day.isoformat()))
    if version is None:
        return ()
    criteria = version.rules.criteria
    return tuple(
        (criterion.text or criterion.label).strip()
        for name, criterion in criteria.items()
        if criterion.answer == "attested" and dossier.checks.get(name) is True
    )
