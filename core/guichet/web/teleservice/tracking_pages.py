"""A filed dossier for its applicant: receipt, milestones, exchanges, decision, payment, explanation, files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Stream

from guichet.locale import format_day, format_instant, format_money, format_size, typeset_page
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.records import Attachment, Decision, Document, Dossier, Exchange
from guichet.services.appeal_routes import appeal_routes
from guichet.services.asked_documents import document_name
from guichet.services.attachments import attachment_of, open_attachment
from guichet.services.documents import FOR_AGENTS, content_of
from guichet.services.drafts import open_draft
from guichet.services.messages import LONGEST, write_as_applicant
from guichet.services.receipts import Receipt, receipt_of
from guichet.services.recoveries import Claim
from guichet.services.refusals import Refused
from guichet.services.tracking import Tracking, explain_filed, track
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.pages import Page, language_of, redirect, render, territory_of, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url, my_dossiers_url
from guichet.web.teleservice.draft_views import next_url
from guichet.web.teleservice.explained import (
    amount_view,
    change_lines,
    details_view,
    outcome_view,
    reason_views,
    sum_of,
)
from guichet.web.teleservice.later_form_pages import later_views, openable_views
from guichet.web.teleservice.list_pages import state_tag
from guichet.web.teleservice.scheme_views import body_names, helpdesk_view
from guichet.web.teleservice.timeline import timeline_view

__all__ = ["HANDLERS"]


@get("/t/{territory:str}/dossiers/{reference:str}", name="dossier")
def dossier_page(request: Request, reference: FromPath[str]) -> Page:
    """Shows where a dossier stands; a draft goes on where it was left."""
    dossier = the_dossier(request, reference)
    if dossier.phase == "draft":
        return redirect(request, next_url(open_draft(cases_of(request), current_applicant(request).id, reference)))
    return _tracking(request, reference)


@post("/t/{territory:str}/dossiers/{reference:str}/messages", name="write_message")
def write(request: Request, reference: FromPath[str]) -> Page:
    """Adds a message to a dossier."""
    dossier, form = the_dossier(request, reference), visit_of(request).form
    try:
        write_as_applicant(cases_of(request), current_applicant(request).id, reference, form.get("message"))
    except Refused as refusal:
        if not refusal.code.startswith("message_"):
            raise
        error = texts_of(request)(f"teleservice.{refusal.code}", most=LONGEST)
        return _tracking(request, reference, error=error, typed=form.get("message"))
    return redirect(request, dossier_url(dossier), said="teleservice.message_sent")


@get("/t/{territory:str}/dossiers/{reference:str}/accuse", name="receipt")
def receipt_page(request: Request, reference: FromPath[str]) -> Page:
    """Shows the receipt: its content is the law's (CRPA art. L112-11, R112-11-1)."""
    dossier, cases, say = the_dossier(request, reference), cases_of(request), texts_of(request)
    tracking = track(cases, current_applicant(request).id, reference)
    receipt = receipt_of(cases, dossier, language_of(request))
    pdf = _document(tracking, "receipt")
    return render(
        request,
        "teleservice/receipt.html",
        title=say("teleservice.receipt_title"),
        breadcrumb=_crumbs(request, tracking, say("teleservice.receipt_title")),
        receipt=_receipt(receipt),
        scheme=typeset_page(receipt.scheme),
        email=current_applicant(request).email,
        pdf_url=dossier_url(dossier, f"documents/{pdf.id}") if pdf is not None else "",
        dossier_url=dossier_url(dossier),
    )


@get("/t/{territory:str}/dossiers/{reference:str}/explication", name="explanation")
def explanation_page(request: Request, territory: FromPath[str], reference: FromPath[str]) -> Page:
    """Says which rules were applied to the case and how (CRPA art. R311-3-1-2)."""
    dossier, cases, say = the_dossier(request, reference), cases_of(request), texts_of(request)
    language, account = language_of(request), current_applicant(request).id
    tracking, found = track(cases, account, reference), explain_filed(cases, account, reference, language)
    compiled = tracking.compiled
    return render(
        request,
        "teleservice/explanation.html",
        title=say("teleservice.explanation_title"),
        breadcrumb=_crumbs(request, tracking, say("teleservice.explanation_title")),
        legal=compiled.scheme.legal.algorithm,
        version=format_day(found.explanation.version, language) if found.explanation is not None else "",
        article=typeset_page(found.explanation.legal) if found.explanation is not None else "",
        outcome=outcome_view(found.assessment, found.explanation, language),
        reasons=reason_views(found.explanation, compiled, body_names(cases, compiled), language),
        amount=amount_view(found.explanation, language, sum_of(found.assessment)),
        changes=change_lines(found.assessment, language),
        refused=found.assessment.result.outcome == "not_eligible",
        helpdesk=helpdesk_view(compiled, territory_of(request), language),
        rules_url=f"/t/{territory}/{dossier.scheme}/regles",
        back_url=dossier_url(dossier),
    )


@get("/t/{territory:str}/dossiers/{reference:str}/documents/{document:str}", name="document")
def document(request: Request, reference: FromPath[str], document: FromPath[str]) -> Response[Any]:
    """Gives a document of the dossier: receipt or letter."""
    the_dossier(request, reference)
    cases = cases_of(request)
    tracking = track(cases, current_applicant(request).id, reference)
    found = next((one for one in tracking.documents if one.id == document), None)
    if found is None or found.kind in FOR_AGENTS:
        raise NotVisible
    return Response(
        content_of(cases, found), media_type=found.media_type, headers=_download(found.file_name, inline=True)
    )


@get("/t/{territory:str}/dossiers/{reference:str}/pieces/{attachment:str}", name="attachment")
def attachment(request: Request, reference: FromPath[str], attachment: FromPath[str]) -> Response[Any]:
    """Gives back a file the applicant sent, chunk by chunk, never to be run in the page."""
    the_dossier(request, reference)
    found = attachment_of(cases_of(request), current_applicant(request).id, reference, attachment)
    stream = open_attachment(cases_of(request), found)
    return Stream(stream, media_type=found.media_type, headers=_download(found.file_name, inline=False))


def _receipt(receipt: Receipt) -> dict[str, Any]:
    """The receipt as text ready to show; what nobody filled in is left out."""
    unsaid = ("", "–", PLACEHOLDER)
    contacts = [line for line in (receipt.address, receipt.phone, receipt.email, receipt.hours) if line not in unsaid]
    return {
        "reference": receipt.reference,
        "title": receipt.title if receipt.title != receipt.reference else "",
        "filed": receipt.filed,
        "service": receipt.service,
        "contacts": contacts,
        "silence": receipt.silence,
        "suspensions": list(receipt.suspensions),
        "appeal": receipt.appeal,
        "attachments": list(receipt.attachments),
        "sections": [
            {"title": section.title, "rows": [{"label": label, "value": value} for label, value in section.rows]}
            for section in receipt.declared
        ],
    }


def _download(name: str, *, inline: bool) -> dict[str, str]:
    way = "inline" if inline else "attachment"
    return {"Content-Disposition": f"{way}; filename*=UTF-8''{quote(name)}"}


def _tracking(request: Request, reference: str, *, error: str = "", typed: str = "") -> Page:
    cases, say, language = cases_of(request), texts_of(request), language_of(request)
    tracking = track(cases, current_applicant(request).id, reference)
    dossier, scheme = tracking.dossier, tracking.compiled.scheme
    return render(
        request,
        "teleservice/dossier.html",
        title=scheme.title,
        breadcrumb=_crumbs(request, tracking),
        has_errors=bool(error),
        tag=state_tag(dossier, say),
        heading=typeset_page(scheme.title) if language == "fr" else scheme.title,
        name=dossier.title,
        reference=dossier.reference,
        filed_on=format_day(tracking.filed_on, language),
        events=timeline_view(tracking, say),
        silence=_silence(request, tracking),
        asked=bool(dossier.to_complete),
        complete_url=dossier_url(dossier, "completer"),
        later=later_views(request, tracking),
        openable=openable_views(request, tracking),
        decision=_decision(request, tracking),
        claimed=[_claim(request, one) for one in tracking.claimed],
        documents=[
            _document_view(request, tracking, found) for found in tracking.documents if found.kind not in FOR_AGENTS
        ],
        files=[{**_file_link(dossier, one), "of": _answered_by(tracking, one)} for one in tracking.attachments],
        exchanges=[_exchange(request, tracking, one) for one in tracking.exchanges],
        receipt_url=dossier_url(dossier, "accuse"),
        explanation_url=dossier_url(dossier, "explication"),
        message_url=dossier_url(dossier, "messages"),
        message_error=error,
        message_typed=typed,
        withdraw_url=dossier_url(dossier, "se-desister") if tracking.may_withdraw else "",
        helpdesk=helpdesk_view(tracking.compiled, territory_of(request), language),
    )


def _silence(request: Request, tracking: Tracking) -> str:
    say, means = texts_of(request), tracking.compiled.scheme.legal.silence.means
    if tracking.clock_stopped:
        return say("teleservice.clock_stopped")
    if tracking.silent_on is None:
        return ""
    return say(f"teleservice.silence_{means}", day=format_day(tracking.silent_on, language_of(request)))


def _decision(request: Request, tracking: Tracking) -> dict[str, Any]:
    found, say, language = tracking.decision, texts_of(request), language_of(request)
    if found is None:
        return {}
    explained = explain_filed(cases_of(request), current_applicant(request).id, tracking.dossier.reference, language)
    failed = explained.explanation.of_state("failed") if explained.explanation is not None else ()
    granted = found.amount_cents is not None
    typed = [str(reason["reason"]) for reason in found.reasons if isinstance(reason, dict) and not reason["criterion"]]
    letter = _document(tracking, "letter")
    contest = appeal_routes(cases_of(request), tracking.compiled, tracking.dossier, found, language)
    return {
        "label": say(f"teleservice.milestone_{found.kind}"),
        "state": "success" if granted else "danger" if found.kind == "refused" else "info",
        "amount": format_money(found.amount_cents, language) if found.amount_cents is not None else "",
        "act": say(
            "teleservice.act",
            number=found.act_number or "–",
            day=format_day(found.act_date, language) if found.act_date else "–",
        ),
        "details": details_view(explained.explanation, found.amount_cents, found.act_date, language) if granted else [],
        "reasons": _reasons(found, [typeset_page(one.text) for one in failed], typed),
        "contest": typeset_page(contest) if language == "fr" else contest,
        "letter_url": dossier_url(tracking.dossier, f"documents/{letter.id}") if letter is not None else "",
    }


def _claim(request: Request, claim: Claim) -> str:
    say, language, made = texts_of(request), language_of(request), claim.recovery
    left, day = format_money(claim.left_cents, language), format_day(made.act_date, language)
    return say("teleservice.claimed_back", amount=left, number=made.act_number, day=day)


def _reasons(found: Decision, failed: list[str], typed: list[str]) -> list[str]:
    """Why, in words: what an act that undoes another says, what failed otherwise; a whole grant says nothing."""
    if found.kind == "revoked":
        return typed
    return [] if found.kind == "granted" else [*failed, *typed]


def _document(tracking: Tracking, kind: str) -> Document | None:
    return next((one for one in reversed(tracking.documents) if one.kind == kind), None)


def _document_view(request: Request, tracking: Tracking, found: Document) -> dict[str, str]:
    say, cases = texts_of(request), cases_of(request)
    kind = "receipt" if found.kind == "receipt" else "letter"
    day = format_day(cases.day_of(found.at, tracking.dossier.territory), language_of(request))
    size = format_size(found.bytes, language_of(request))
    return {
        "label": say(f"teleservice.document_{kind}", day=day),
        "href": dossier_url(tracking.dossier, f"documents/{found.id}"),
        "note": say("teleservice.pdf_size", size=size),
    }


def _file_link(dossier: Dossier, one: Attachment) -> dict[str, str]:
    return {"name": one.file_name, "href": dossier_url(dossier, f"pieces/{one.id}")}


def _answered_by(tracking: Tracking, one: Attachment) -> str:
    """What a file answers, in the words in which it was asked; empty where nothing asked for it."""
    named = document_name(one.field)
    field = tracking.compiled.fields.get(one.field.partition(".")[0])
    return named or (field.declaration.label if field is not None else "")


def _exchange(request: Request, tracking: Tracking, one: Exchange) -> dict[str, Any]:
    say, zone = texts_of(request), ZoneInfo(territory_of(request).time_zone)
    who = say("teleservice.you") if one.author_kind == "applicant" else territory_of(request).name
    when = format_instant(one.at.astimezone(zone), language_of(request))
    joined = next((kept for kept in tracking.attachments if kept.id == one.attachment), None)
    file = _file_link(tracking.dossier, joined) if joined is not None else None
    return {"who": who, "when": when, "body": one.body, "kind": one.author_kind, "file": file}


def _crumbs(request: Request, tracking: Tracking, last: str = "") -> tuple[Link, ...]:
    say, dossier = texts_of(request), tracking.dossier
    mine = Link(say("teleservice.my_dossiers"), my_dossiers_url(dossier.territory))
    here = say("teleservice.dossier_crumb", reference=dossier.reference)
    return (mine, Link(here, dossier_url(dossier)), Link(last)) if last else (mine, Link(here))


HANDLERS = (dossier_page, write, receipt_page, explanation_page, document, attachment)
