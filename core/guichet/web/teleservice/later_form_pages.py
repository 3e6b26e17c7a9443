"""A form asked after the application: shown on one page, taken once, its receipt sent. Showing it changes nothing."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.catalogue import CompiledScheme
from guichet.locale import MissingTextError, Texts, format_day
from guichet.model.records import Dossier
from guichet.services.later_forms import Opened, file_later, openable_forms, opened_later
from guichet.services.refusals import Incomplete, NotFound
from guichet.services.tracking import Tracking, track
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.pages import Page, language_of, redirect, render, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url, my_dossiers_url
from guichet.web.teleservice.form_pages import UPLOAD_LIMIT, error_list, flat_questions
from guichet.web.teleservice.later_posted import blank_rows, moves_a_row, posted_later, shown_again
from guichet.web.teleservice.questions import Asking, ask, why_unanswered

__all__ = ["HANDLERS", "later_text", "later_title", "later_views", "openable_views"]

_PATH = "/t/{territory:str}/dossiers/{reference:str}/formulaires/{form:str}"


@get(_PATH, name="later_form")
def later_page(request: Request, reference: FromPath[str], form: FromPath[str]) -> Page:
    """Shows the form that is asked; who answered it already is led to their dossier."""
    dossier = the_dossier(request, reference)
    opened = _opened(request, reference, form)
    if opened is None:
        return _over(request, dossier)
    context = cases_of(request).context(opened.dossier.territory, language_of(request))
    blank = blank_rows(opened.compiled.fields.values(), opened.values)
    return _page(request, opened, Asking(context, opened.values, extra_rows=blank))


@post(
    "/t/{territory:str}/dossiers/{reference:str}/formulaires/{form:str}",
    name="file_later_form",
    body_limit=UPLOAD_LIMIT,
)
def file_it(request: Request, reference: FromPath[str], form: FromPath[str]) -> Page:
    """Takes the form; it is filed with its receipt, or shown again with what is wrong."""
    dossier, cases = the_dossier(request, reference), cases_of(request)
    opened = _opened(request, reference, form)
    if opened is None:
        return _over(request, dossier)
    context = cases.context(dossier.territory, language_of(request))
    form_posted, account = visit_of(request).form, current_applicant(request).id
    values = posted_later(cases, account, form_posted, context, opened.compiled.fields.values())
    say = texts_of(request)
    if moves_a_row(form_posted):
        return _page(request, opened, shown_again(context, opened.values, values, form_posted, {}))
    errors: dict[str, str]
    try:
        errors = dict(file_later(cases, account, reference, form, values, context.language))
    except Incomplete as refusal:
        errors = {name: why_unanswered(opened.compiled.fields[name], say) for name in refusal.missing}
    except NotFound as refusal:
        raise NotVisible from refusal
    if errors:
        return _page(request, opened, shown_again(context, opened.values, values, form_posted, errors))
    return redirect(request, dossier_url(dossier), said="paying.later_filed")


def later_title(compiled: CompiledScheme, form: str) -> str:
    """Gives what people call a later form: its declared title, or its first page's."""
    declared = compiled.scheme.later_forms.get(form)
    pages = compiled.scheme.forms[form]
    return declared.title if declared is not None and declared.title else next(iter(pages.values())).title


def later_text(compiled: CompiledScheme, form: str, say: Texts) -> str:
    """Gives why a later form is asked: its declared text, ours for a form we know, a plain sentence otherwise."""
    declared = compiled.scheme.later_forms.get(form)
    if declared is not None and declared.text:
        return declared.text
    try:
        return say(f"paying.later_{form}_text")
    except MissingTextError:
        return say("paying.later_asked_text")


def later_views(request: Request, tracking: Tracking) -> list[dict[str, Any]]:
    """Gives the later forms of a dossier: those asked, with their address, and the receipts of those filed."""
    cases, say, language = cases_of(request), texts_of(request), language_of(request)
    found: list[dict[str, Any]] = []
    for one in tracking.later:
        url = dossier_url(tracking.dossier, f"formulaires/{one.form}") if one.state == "asked" else ""
        compiled = cases.snapshots.by_hash(one.snapshot_hash)
        title, text = later_title(compiled, one.form), later_text(compiled, one.form, say)
        day = cases.day_of(one.filed_at, tracking.dossier.territory) if one.filed_at is not None else None
        filed = format_day(day, language) if day is not None else ""
        receipt = say("paying.later_receipt", title=title, day=filed, reference=one.reference) if filed else ""
        found.append({"title": title, "text": text, "url": url, "receipt": receipt, "reason": one.settled_reason})
    return found


def openable_views(request: Request, tracking: Tracking) -> list[dict[str, str]]:
    """Gives the forms that the applicant may file unasked: what each is for, and its address."""
    say, dossier = texts_of(request), tracking.dossier
    forms = openable_forms(cases_of(request), current_applicant(request).id, dossier.reference)
    return [
        {
            "title": later_title(tracking.compiled, form),
            "text": later_text(tracking.compiled, form, say),
            "url": dossier_url(dossier, f"formulaires/{form}"),
        }
        for form in forms
    ]


def _opened(request: Request, reference: str, form: str) -> Opened | None:
    """The form as it may be filed now; None for one that is behind them, by a link of the past or in another tab."""
    cases, account = cases_of(request), current_applicant(request).id
    try:
        return opened_later(cases, account, reference, form)
    except NotFound as refusal:
        if any(one.form == form for one in track(cases, account, reference).later):
            return None
        raise NotVisible from refusal


def _over(request: Request, dossier: Dossier) -> Page:
    return redirect(request, dossier_url(dossier), said="paying.later_over", kind="info")


def _page(request: Request, opened: Opened, asking: Asking) -> Page:
    say, dossier = texts_of(request), opened.dossier
    cases = cases_of(request)
    compiled, form = cases.snapshots.by_hash(opened.filing.snapshot_hash), opened.filing.form
    title = later_title(compiled, form)
    questions = ask(asking, tuple(opened.compiled.fields.values()))
    here = Link(say("teleservice.dossier_crumb", reference=dossier.reference), dossier_url(dossier))
    mine = Link(say("teleservice.my_dossiers"), my_dossiers_url(dossier.territory))
    return render(
        request,
        "teleservice/later_form.html",
        title=title,
        breadcrumb=(mine, here, Link(title)),
        has_errors=bool(asking.errors),
        wanted=later_text(compiled, form, say),
        action=dossier_url(dossier, f"formulaires/{form}"),
        upload=any(question["widget"] in ("file", "rows") for question in flat_questions(questions)),
        questions=questions,
        errors=error_list(asking.errors, questions, say),
        back_url=dossier_url(dossier),
    )


HANDLERS = (later_page, file_it)
