"""Before filing: the result, the amount and every reason, the answers, the declaration; then filing, once."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.locale import typeset_page
from guichet.model.records import Dossier
from guichet.services.answers import reread, shown
from guichet.services.drafts import Draft, as_draft, open_draft
from guichet.services.filing import Filed, ResultChanged, filing, review
from guichet.services.gates import proof_questions
from guichet.services.prefills import prefill_draft
from guichet.services.provenance import sentence
from guichet.services.refusals import GateClosed, Incomplete, NotOpen, Refused, WrongPhase
from guichet.web.markdown import markdown
from guichet.web.pages import Page, language_of, redirect, render, texts_of
from guichet.web.routing import Acting, Later, get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url, gate_url, page_url, scheme_url
from guichet.web.teleservice.draft_views import REVIEW, next_url, way
from guichet.web.teleservice.explained import amount_view, outcome_view, reason_views, sum_of
from guichet.web.teleservice.prefilled import provenances
from guichet.web.teleservice.questions import why_unanswered
from guichet.web.teleservice.scheme_views import body_names

__all__ = ["HANDLERS", "answer_sections"]


@get("/t/{territory:str}/dossiers/{reference:str}/relire", name="review")
def review_page(request: Request, reference: FromPath[str]) -> Page:
    """Shows what the rules say of the draft, before anything is filed."""
    draft = _draft(request, reference)
    if not draft.gate_passed or not draft.steps:
        return redirect(request, next_url(draft))
    draft = prefill_draft(cases_of(request), draft)
    return _review(request, draft)


@post("/t/{territory:str}/dossiers/{reference:str}/deposer", name="file_dossier", quick=True)
def file_it(request: Request, reference: FromPath[str]) -> Page | Acting:
    """Files the draft; a second click, a second tab or a lost answer lead to the same receipt."""
    dossier = the_dossier(request, reference)
    form = visit_of(request).form
    attested = dict.fromkeys(form.all("attested"), True)
    key = f"{dossier.id}:{form.get('key')[:64]}" if form.get("key") else f"{dossier.id}:{secrets.token_hex(16)}"
    act = filing(
        cases_of(request),
        current_applicant(request).id,
        dossier.reference,
        attested,
        key,
        form.get("seen"),
        session=visit_of(request).session_id,
    )
    return Acting(act, lambda ended: _after_filing(request, dossier, frozenset(attested), ended))


def _after_filing(request: Request, dossier: Dossier, ticked: frozenset[str], ended: Future[Filed]) -> Page | Later:
    """Where a filing leads, or why there was none."""
    receipt = dossier_url(dossier, "accuse")
    try:
        ended.result()
    except WrongPhase:
        return redirect(request, receipt if dossier.filed_at is not None else dossier_url(dossier))
    except NotOpen:
        return redirect(request, scheme_url(dossier.territory, dossier.scheme))
    except GateClosed:
        return redirect(request, gate_url(dossier), said="teleservice.gate_again", kind="warning")
    except (ResultChanged, Incomplete) as refusal:
        why = refusal
        return Later(lambda: _looked_over_again(request, dossier, ticked, why))
    return redirect(request, receipt)


def _looked_over_again(request: Request, dossier: Dossier, ticked: frozenset[str], why: Refused) -> Page:
    """The review with what the rules say now or what is not ticked, or the first page with something left."""
    say, draft = texts_of(request), open_draft(cases_of(request), current_applicant(request).id, dossier.reference)
    if not isinstance(why, Incomplete):
        return _review(request, draft, notice=say("teleservice.result_changed"))
    if not draft.complete:
        return redirect(request, next_url(draft), said="teleservice.incomplete", kind="warning")
    errors = {f"attested-{name}": say("teleservice.attest_needed") for name in why.missing}
    return _review(request, draft, errors=errors, ticked=ticked)


def _draft(request: Request, reference: str) -> Draft:
    return as_draft(cases_of(request), the_dossier(request, reference))


def _review(
    request: Request,
    draft: Draft,
    *,
    errors: dict[str, str] | None = None,
    ticked: frozenset[str] = frozenset(),
    notice: str = "",
) -> Page:
    cases, language, say = cases_of(request), language_of(request), texts_of(request)
    found, place = review(cases, draft, language), way(request, draft, REVIEW)
    left = [
        {"title": step.title, "href": page_url(draft.dossier, step.page)} for step in draft.steps if not step.complete
    ]
    declarations = [
        {"name": f"attested-{name}", "value": name, "text": markdown(text, language), "checked": name in ticked}
        for name, text in found.attestations.items()
    ]
    return render(
        request,
        "teleservice/review.html",
        title=say("teleservice.review_title"),
        has_errors=bool(errors),
        way=place,
        notice=notice,
        left=left,
        outcome=outcome_view(found.assessment, found.explanation, language),
        amount=amount_view(found.explanation, language, sum_of(found.assessment)),
        reasons=reason_views(
            found.explanation, draft.compiled, body_names(cases, draft.compiled), language, before_filing=True
        ),
        sections=answer_sections(request, draft),
        declarations=declarations,
        errors=[{"name": name, "text": text} for name, text in (errors or {}).items()],
        field_errors=errors or {},
        action=dossier_url(draft.dossier, "deposer"),
        key=secrets.token_hex(16),
        seen=found.seen,
    )


def answer_sections(request: Request, draft: Draft) -> list[dict[str, Any]]:
    """Gives the answers page by page, each page with where to change it."""
    language, say = language_of(request), texts_of(request)
    compiled, dossier = draft.compiled, draft.dossier
    sections: list[dict[str, Any]] = []
    known = provenances(request, draft)
    notes = {name: sentence(one, language) for name, one in known.items()}
    unseen = {name for name, one in known.items() if one.hidden}
    if draft.gate:
        rows = [
            _row(
                compiled.fields[name].declaration.label, shown(compiled.fields[name], draft.answers.get(name), language)
            )
            for name in draft.gate
        ]
        rows += [_row(question.label, say("teleservice.proof_given")) for question in proof_questions(draft)]
        sections.append(
            {
                "title": say("teleservice.gate_title"),
                "rows": rows,
                "change_url": gate_url(dossier),
            }
        )
    for step in draft.steps:
        rows = [
            {
                **_row(
                    field.declaration.label,
                    say("prefill.document")
                    if field.id in unseen
                    else reread(compiled, field, draft.answers.get(field.id), language),
                ),
                "error": why_unanswered(field, say) if field.id in step.unanswered else "",
                "note": notes.get(field.id, ""),
            }
            for field in step.fields
            if field.id in step.unanswered or field.id in notes or draft.answers.get(field.id) is not None
        ]
        url = f"{page_url(dossier, step.page)}?depuis=relire"
        sections.append({"title": step.title, "rows": rows, "change_url": url})
    return sections


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": typeset_page(label), "value": value}


HANDLERS = (review_page, file_it)
