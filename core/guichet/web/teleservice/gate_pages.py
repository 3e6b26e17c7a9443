"""The gate of a draft: exactly the fields it reads and what to quote of the list; only true opens."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request
from litestar.params import FromPath

from guichet.catalogue import CompiledScheme
from guichet.locale import format_day, typeset_page
from guichet.services.drafts import Draft, as_draft, open_draft
from guichet.services.gates import GateAnswer, pass_gate, proof_questions
from guichet.services.refusals import NotOpen, TooManyAttempts
from guichet.web.pages import Page, language_of, redirect, render, territory_of, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import gate_url, my_dossiers_url, scheme_url
from guichet.web.teleservice.draft_views import GATE, next_url, way
from guichet.web.teleservice.form_pages import error_list
from guichet.web.teleservice.posted import Reader
from guichet.web.teleservice.questions import Asking, ask
from guichet.web.teleservice.scheme_views import helpdesk_view

__all__ = ["HANDLERS"]


@get("/t/{territory:str}/dossiers/{reference:str}/entree", name="gate")
def gate_page(request: Request, territory: FromPath[str], reference: FromPath[str]) -> Page:
    """Asks what opens the form."""
    draft = _draft(request, reference)
    if not draft.gate:
        return redirect(request, next_url(draft))
    asking = Asking(cases_of(request).context(territory, language_of(request)), draft.answers)
    return _gate(request, draft, asking, {}, {})


@post("/t/{territory:str}/dossiers/{reference:str}/entree", name="pass_gate")
def try_gate(request: Request, territory: FromPath[str], reference: FromPath[str]) -> Page:
    """Tries the gate; a wrong proof and an absent key give the same page."""
    draft = _draft(request, reference)
    if not draft.gate:
        return redirect(request, next_url(draft))
    cases, language, form = cases_of(request), language_of(request), visit_of(request).form
    context = cases.context(territory, language)
    fields = tuple(draft.compiled.fields[name] for name in draft.gate)
    account = current_applicant(request).id
    values = dict(Reader(cases, account, form, context, {}).read(fields).values)
    proofs = {question.name: form.get(question.name) for question in proof_questions(draft)}
    try:
        answer = pass_gate(cases, account, reference, {**values, **proofs}, language)
    except NotOpen:
        return redirect(request, scheme_url(territory, draft.dossier.scheme))
    except TooManyAttempts as refusal:
        local = refusal.until.astimezone(ZoneInfo(territory_of(request).time_zone))
        return _stopped(request, draft, None, again_at=f"{local:%H:%M}" if language == "en" else f"{local:%H h %M}")
    if answer.state == "incomplete":
        say = texts_of(request)
        errors = {name: why or say("teleservice.answer_needed") for name, why in answer.refused.items()}
        return _gate(request, draft, Asking(context, {}, values, errors), proofs, errors)
    if answer.state == "stopped":
        return _stopped(request, draft, answer)
    said = "teleservice.gate_held" if answer.state == "held" else "teleservice.gate_open"
    opened = open_draft(cases, current_applicant(request).id, reference)
    return redirect(request, next_url(opened), said=said, kind="info" if answer.state == "held" else "success")


def _draft(request: Request, reference: str) -> Draft:
    return as_draft(cases_of(request), the_dossier(request, reference))


def _gate(request: Request, draft: Draft, asking: Asking, proofs: dict[str, str], errors: dict[str, str]) -> Page:
    say, place = texts_of(request), way(request, draft, GATE)
    questions = ask(asking, [draft.compiled.fields[name] for name in draft.gate])
    french = language_of(request) == "fr"
    for question in proof_questions(draft):
        made: dict[str, Any] = {
            "widget": "text",
            "name": question.name,
            "label": typeset_page(question.label) if french else question.label,
            "value": proofs.get(question.name, ""),
            "error": errors.get(question.name, ""),
            "autocomplete": "off",
            "spellcheck": False,
        }
        questions.append(made)
    return render(
        request,
        "teleservice/gate.html",
        title=say("teleservice.gate_title"),
        has_errors=bool(errors),
        way=place,
        action=gate_url(draft.dossier),
        questions=questions,
        labels=_labels(draft.compiled, draft),
        errors=error_list(errors, questions, say),
        back_url=my_dossiers_url(draft.dossier.territory),
    )


def _labels(compiled: CompiledScheme, draft: Draft) -> list[str]:
    version = compiled.version_on(draft.rules_day)
    return [typeset_page(gate.label) for gate in version.rules.gates.values()] if version is not None else []


def _stopped(request: Request, draft: Draft, answer: GateAnswer | None, again_at: str = "") -> Page:
    """The same words and status for every way of not being let in."""
    say, language, lists = texts_of(request), language_of(request), draft.compiled.scheme.lists
    days = [
        say("teleservice.list_day", name=lists[name].label or name, day=format_day(day, language))
        for name, day in (answer.list_days if answer is not None else {}).items()
    ]
    return render(
        request,
        "teleservice/gate_stopped.html",
        title=say("teleservice.gate_stopped_title"),
        reasons=[typeset_page(reason) for reason in answer.reasons] if answer is not None else [],
        days=days,
        left=answer.attempts_left if answer is not None else 0,
        again_at=again_at,
        again_url=gate_url(draft.dossier),
        helpdesk=helpdesk_view(draft.compiled, territory_of(request), language),
        scheme_url=scheme_url(draft.dossier.territory, draft.dossier.scheme),
    )


HANDLERS = (gate_page, try_gate)
