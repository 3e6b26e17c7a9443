"""After filing: answering what is asked again, and giving up."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.catalogue import CompiledField
from guichet.locale import Texts
from guichet.model.records import Dossier
from guichet.services.answers import load_answers
from guichet.services.asked_documents import MORE, document_fields
from guichet.services.completions import MESSAGE, asked_again, complete
from guichet.services.messages import LONGEST
from guichet.services.refusals import Incomplete, Refused, WrongPhase
from guichet.services.tracking import Tracking, track
from guichet.services.withdrawals import withdraw
from guichet.web.frames import Link
from guichet.web.pages import Page, language_of, redirect, render, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url, my_dossiers_url
from guichet.web.teleservice.form_pages import UPLOAD_LIMIT, error_list, flat_questions
from guichet.web.teleservice.later_posted import moves_a_row, posted_files, posted_later, shown_again
from guichet.web.teleservice.questions import Asking, Question, ask, why_unanswered

__all__ = ["HANDLERS"]


@get("/t/{territory:str}/dossiers/{reference:str}/completer", name="completion")
def completion_page(request: Request, reference: FromPath[str]) -> Page:
    """Asks again what is missing."""
    dossier = the_dossier(request, reference)
    if not dossier.to_complete:
        return redirect(request, dossier_url(dossier))
    context = cases_of(request).context(dossier.territory, language_of(request))
    nothing = {field.id: () for field in document_fields(cases_of(request), dossier)}
    return _completion(request, dossier, Asking(context, {**_known(request, dossier), **nothing}))


@post("/t/{territory:str}/dossiers/{reference:str}/completer", name="complete", body_limit=UPLOAD_LIMIT)
def complete_it(request: Request, territory: FromPath[str], reference: FromPath[str]) -> Page:
    """Takes what was missing; the dossier goes on."""
    dossier, cases, form = the_dossier(request, reference), cases_of(request), visit_of(request).form
    if not dossier.to_complete:
        return redirect(request, dossier_url(dossier))
    context = cases.context(territory, language_of(request))
    fields = _asked(request, dossier)
    say, message, account = texts_of(request), form.get("message"), current_applicant(request).id
    documents = document_fields(cases, dossier)
    values = posted_later(cases, account, form, context, fields)
    values |= posted_files(cases, account, form, context, documents)
    if moves_a_row(form):
        again = shown_again(context, _known(request, dossier), values, form, {})
        return _completion(request, dossier, again, message)
    errors: dict[str, str]
    try:
        errors = dict(complete(cases, account, reference, values, message, context.language))
    except WrongPhase:
        return redirect(request, dossier_url(dossier))
    except Incomplete as refusal:
        errors = {name: _why(fields, documents, name, say) for name in refusal.missing}
    except Refused as refusal:
        if not refusal.code.startswith("message_"):
            raise
        errors = {MESSAGE: say(f"teleservice.{refusal.code}", most=LONGEST)}
    if errors:
        again = shown_again(context, _known(request, dossier), values, form, errors)
        return _completion(request, dossier, again, message)
    return redirect(request, dossier_url(dossier), said="answering.completed")


@get("/t/{territory:str}/dossiers/{reference:str}/se-desister", name="withdrawal")
def withdrawal_page(request: Request, reference: FromPath[str]) -> Page:
    """Asks before giving up."""
    dossier, say = the_dossier(request, reference), texts_of(request)
    tracking = track(cases_of(request), current_applicant(request).id, reference)
    return render(
        request,
        "teleservice/withdrawal.html",
        title=say("answering.withdraw_title"),
        breadcrumb=_crumbs(request, tracking, say("answering.withdraw_title")),
        action=dossier_url(dossier, "se-desister"),
        cancel_url=dossier_url(dossier),
        reference=dossier.reference,
    )


@post("/t/{territory:str}/dossiers/{reference:str}/se-desister", name="withdraw")
def withdraw_it(request: Request, reference: FromPath[str]) -> Page:
    """Closes the dossier at its applicant's wish."""
    dossier = the_dossier(request, reference)
    reason = visit_of(request).form.get("reason")[:1000]
    withdraw(cases_of(request), current_applicant(request).id, dossier.reference, reason)
    return redirect(request, dossier_url(dossier), said="answering.withdrawn")


def _why(fields: tuple[CompiledField, ...], documents: tuple[CompiledField, ...], name: str, say: Texts) -> str:
    """What is missing, in words: a document, an answer, one of an answer and a word, or what alone was asked."""
    if name == MESSAGE:
        return say("answering.completion_word_needed")
    if any(one.id == name for one in documents):
        return say("answering.document_needed")
    field = next(one for one in fields if one.id == name)
    return why_unanswered(field, say) if field.declaration.required else say("teleservice.answer_or_word")


def _asked(request: Request, dossier: Dossier) -> tuple[CompiledField, ...]:
    tracking = track(cases_of(request), current_applicant(request).id, dossier.reference)
    fields = tracking.compiled.fields
    return tuple(fields[name] for name in asked_again(dossier) if name in fields)


def _known(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the dossier answers, without its files: a file asked again is sent again."""
    tracking = track(cases_of(request), current_applicant(request).id, dossier.reference)
    known = load_answers(tracking.compiled, dossier.answers)
    files = {name for name, field in tracking.compiled.fields.items() if field.type.widget == "file"}
    return {name: value for name, value in known.items() if name not in files}


def _completion(request: Request, dossier: Dossier, asking: Asking, message: str = "") -> Page:
    say = texts_of(request)
    tracking = track(cases_of(request), current_applicant(request).id, dossier.reference)
    asked, documents = _asked(request, dossier), document_fields(cases_of(request), dossier)
    questions = [*ask(asking, asked), *_documents(asking, documents, say)]
    wanted = next((one.body for one in reversed(tracking.exchanges) if one.author_kind == "agent"), "")
    return render(
        request,
        "teleservice/completion.html",
        title=say("answering.completion_title"),
        breadcrumb=_crumbs(request, tracking, say("answering.completion_title")),
        has_errors=bool(asking.errors),
        wanted=wanted,
        action=dossier_url(dossier, "completer"),
        upload=any(question["widget"] in ("file", "rows") for question in flat_questions(questions)),
        questions=questions,
        errors=error_list(asking.errors, questions, say),
        message=message,
        message_alone=not any(question["required"] for question in questions),
        message_error=asking.errors.get(MESSAGE, ""),
        back_url=dossier_url(dossier),
    )


def _documents(asking: Asking, fields: tuple[CompiledField, ...], say: Texts) -> list[Question]:
    """The documents asked for, each with a way out, then whatever else is joined."""
    questions = ask(asking, fields)
    for question in questions:
        if question["name"] == MORE:
            question["label"] = say("answering.more_files" if len(fields) > 1 else "answering.files")
        else:
            question["hint"] = say("answering.document_hint")
    return questions


def _crumbs(request: Request, tracking: Tracking, last: str) -> tuple[Link, ...]:
    say, dossier = texts_of(request), tracking.dossier
    mine = Link(say("teleservice.my_dossiers"), my_dossiers_url(dossier.territory))
    here = Link(say("teleservice.dossier_crumb", reference=dossier.reference), dossier_url(dossier))
    return mine, here, Link(last)


HANDLERS = (completion_page, complete_it, withdrawal_page, withdraw_it)
