"""The helpdesk's pages: one search box, one dossier, a note of each call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Request
from litestar.params import FromPath

from guichet.locale import Texts, format_date, format_day, format_instant, format_siren, typeset_page
from guichet.model.records import Exchange
from guichet.services.asked_documents import asked_documents
from guichet.services.helpdesk import HelpdeskView, note_call, read_for_helpdesk, search_for_helpdesk
from guichet.services.work_columns import standing_text
from guichet.web.instruction.addresses import helpdesk_address
from guichet.web.instruction.frame import agent_id, agent_page, csrf
from guichet.web.instruction.milestones import timeline_of
from guichet.web.instruction.page_acts import act_on_page
from guichet.web.instruction.practice import practice_places
from guichet.web.pages import Page, language_of, redirect, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get("/agents/accueil", name="helpdesk")
def helpdesk(request: Request) -> Page:
    """Shows the search box and what it finds."""
    cases, say, text = cases_of(request), texts_of(request), request.query_params.get("q", "").strip()[:200]
    found = search_for_helpdesk(cases, agent_id(request), text)
    near = any(one.near for one in found)
    if len(found) == 1 and not near:
        query = f"?{urlencode({'q': text})}"
        return redirect(request, helpdesk_address(found[0].dossier.reference) + query)
    rows = [
        {
            "id": one.dossier.reference,
            "label": one.dossier.reference,
            "cells": [
                {"text": one.dossier.reference, "href": helpdesk_address(one.dossier.reference)},
                one.dossier.title,
                typeset_page(one.compiled.scheme.title),
                format_date(cases.day_of(one.dossier.filed_at, one.dossier.territory)) if one.dossier.filed_at else "",
                _status(one.compiled, one.dossier, say),
            ],
        }
        for one in found
    ]
    names = ("reference", "title", "scheme", "filed_on", "stage")
    return agent_page(
        request,
        "instruction/helpdesk.html",
        title=say("instruction.helpdesk_title"),
        current="helpdesk",
        asked=text,
        found=say("instruction.search_near" if near else "instruction.search_found", count=len(found), asked=text),
        action=helpdesk_address(),
        practice=practice_places(request),
        csrf_field=csrf(request),
        columns=[{"label": say(f"instruction.column_{name}")} for name in names],
        rows=rows,
    )


@get("/agents/accueil/{reference:str}", name="helpdesk_dossier")
def dossier(request: Request, reference: FromPath[str]) -> Page:
    """Shows where a dossier stands."""
    the_dossier(request, reference)
    return _page(request, reference, {})


@post("/agents/accueil/{reference:str}/appel", name="note_call")
def call(request: Request, reference: FromPath[str]) -> Page:
    """Notes a call."""
    the_dossier(request, reference)
    note = visit_of(request).form.get("note")
    return act_on_page(
        request,
        lambda: note_call(cases_of(request), agent_id(request), reference, note),
        back=helpdesk_address(reference),
        said="instruction.call_noted",
        again=lambda errors: _page(request, reference, errors),
        beside="note",
    )


def _page(request: Request, reference: str, errors: dict[str, str]) -> Page:
    cases, say, language = cases_of(request), texts_of(request), language_of(request)
    view = read_for_helpdesk(cases, agent_id(request), reference)
    found = view.dossier
    zone = ZoneInfo(cases.territory(found.territory).time_zone)

    def at(instant: Any) -> str:
        return format_instant(instant.astimezone(zone), language)

    return agent_page(
        request,
        "instruction/helpdesk_dossier.html",
        title=f"{found.title} – {found.reference}",
        current="helpdesk",
        territory=cases.territory(found.territory),
        has_errors=bool(errors),
        errors=[{"name": name, "text": text} for name, text in errors.items()],
        error=errors.get("note", ""),
        typed=visit_of(request).form.get("note"),
        back_url=helpdesk_address(),
        asked=request.query_params.get("q", ""),
        heading=found.title or found.reference,
        reference=found.reference,
        scheme=typeset_page(view.compiled.scheme.title),
        place=cases.territory(found.territory).name,
        standing=_status(view.compiled, found, say),
        facts=_facts(view, request),
        missing=[
            *(field.declaration.label for name, field in view.compiled.fields.items() if name in view.asked),
            *asked_documents(found),
        ],
        undone=[say(f"undone.{kind}") for kind in view.undone],
        timeline=timeline_of_view(view, request),
        exchanges=[_exchange(one, at(one.at), say) for one in view.exchanges],
        calls=[{"by": one.by, "at": at(one.call.at), "note": one.call.note} for one in view.calls],
        action=f"{helpdesk_address(found.reference)}/appel",
    )


def _exchange(one: Exchange, at: str, say: Texts) -> dict[str, Any]:
    mine = one.author_kind == "agent"
    by, name = say(f"instruction.author_{one.author_kind}"), one.author if mine else ""
    body = one.body or say("completing.file_joined")
    return {"by": by, "name": name, "at": at, "body": body, "mine": mine}


def timeline_of_view(view: HelpdeskView, request: Request) -> list[dict[str, str]]:
    """The way of the dossier, in words."""
    return timeline_of(view, texts_of(request), language_of(request))


def _facts(view: HelpdeskView, request: Request) -> list[dict[str, str]]:
    cases, say, language = cases_of(request), texts_of(request), language_of(request)
    found = view.dossier
    filed = format_day(cases.day_of(found.filed_at, found.territory), language) if found.filed_at else ""
    decided = format_day(view.decided_on, language) if view.decided_on else ""
    paid = ""
    if view.payment_state and view.payment_on is not None:
        paid = say(
            "instruction.payment_since",
            state=say(f"instruction.order_{view.payment_state}"),
            day=format_day(view.payment_on, language),
        )
    pairs = [
        (say("instruction.column_filed_on"), filed),
        (say("instruction.fact_applicant"), view.email),
        ("SIREN", format_siren(found.siren or "")),
        (say("instruction.fact_silence"), format_day(view.silent_on, language) if view.silent_on else ""),
        (say("instruction.fact_decided_on"), decided),
        (
            say("instruction.fact_notified"),
            format_day(view.notified_on, language) if view.notified_on else "",
        ),
        (say("instruction.fact_payment"), paid),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _status(compiled: Any, found: Any, say: Any) -> str:
    return standing_text(compiled.scheme.workflow, found, say)


HANDLERS = (helpdesk, dossier, call)
