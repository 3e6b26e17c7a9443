"""The pages of a scheme: what it is, its rules in plain words, personal data, and the start of a draft."""

from __future__ import annotations

import secrets
from datetime import date

from litestar import Request
from litestar.params import FromPath

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import gate_fields, step_counts
from guichet.locale import Texts, format_day, typeset_page
from guichet.model.records import Dossier
from guichet.services.drafts import drafts_and_dossiers, published, start_draft
from guichet.services.refusals import NotOpen
from guichet.web.frames import Link
from guichet.web.pages import Page, language_of, redirect, render, territory_of, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url, scheme_url
from guichet.web.teleservice.rules_views import rules_view
from guichet.web.teleservice.scheme_views import body_names, data_view, scheme_view

__all__ = ["HANDLERS"]


@get("/t/{territory:str}/{scheme:str}", name="scheme")
def scheme_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Says what the aid is and whether it is open, before anything is asked."""
    compiled = published(cases_of(request), scheme, territory)
    view = scheme_view(cases_of(request), compiled, territory_of(request), language_of(request))
    return render(
        request,
        "teleservice/scheme.html",
        title=compiled.scheme.title,
        breadcrumb=_crumbs(request, compiled, last=True),
        scheme=view,
        start_url=scheme_url(territory, scheme, "demande"),
        rules_url=scheme_url(territory, scheme, "regles"),
        data_url=scheme_url(territory, scheme, "donnees"),
    )


@get("/t/{territory:str}/{scheme:str}/regles", name="scheme_rules")
def rules_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Publishes the rules that compute (CRPA art. L312-1-3): conditions, brackets, versions, articles."""
    cases, say = cases_of(request), texts_of(request)
    compiled = published(cases, scheme, territory)
    view = rules_view(compiled, body_names(cases, compiled), cases.today(territory), language_of(request))
    return render(
        request,
        "teleservice/rules.html",
        title=say("rules.rules_title"),
        breadcrumb=(*_crumbs(request, compiled), Link(say("rules.rules_crumb"))),
        scheme_title=compiled.scheme.title,
        rules=view,
    )


@get("/t/{territory:str}/{scheme:str}/donnees", name="scheme_data")
def data_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Says what becomes of personal data (RGPD art. 13)."""
    cases, say = cases_of(request), texts_of(request)
    compiled = published(cases, scheme, territory)
    return render(
        request,
        "teleservice/data.html",
        title=say("teleservice.data_title"),
        breadcrumb=(*_crumbs(request, compiled), Link(say("teleservice.data_crumb"))),
        data=data_view(cases, compiled, territory_of(request), language_of(request)),
    )


@get("/t/{territory:str}/{scheme:str}/demande", name="begin")
def begin_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Shows the last things to know and the drafts already begun; nothing is made by opening it."""
    cases, language = cases_of(request), language_of(request)
    compiled = published(cases, scheme, territory)
    view = scheme_view(cases, compiled, territory_of(request), language)
    if view["state"] != "open" and not visit_of(request).practises:
        return redirect(request, scheme_url(territory, scheme))
    mine = drafts_and_dossiers(cases, current_applicant(request).id)
    here = [dossier for dossier in mine if (dossier.scheme, dossier.territory) == (scheme, territory)]
    return render(
        request,
        "teleservice/begin.html",
        title=texts_of(request)("teleservice.begin_title"),
        breadcrumb=(*_crumbs(request, compiled), Link(texts_of(request)("teleservice.begin_crumb"))),
        scheme=view,
        steps=_how_many_steps(compiled, cases.today(territory), Texts(language)),
        data_url=scheme_url(territory, scheme, "donnees"),
        begin_url=scheme_url(territory, scheme, "demande"),
        begun=[_begun(request, dossier) for dossier in here if dossier.phase == "draft"],
        filed=[_begun(request, dossier) for dossier in here if dossier.filed_at is not None],
        key=secrets.token_hex(16),
    )


@post("/t/{territory:str}/{scheme:str}/demande", name="start_draft")
def start(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Makes the draft, once whatever is clicked, and leads to its first question."""
    cases, form = cases_of(request), visit_of(request).form
    key = form.get("key")[:64] or secrets.token_hex(16)
    try:
        made = start_draft(cases, current_applicant(request).id, scheme, territory, key)
    except NotOpen:
        return redirect(request, scheme_url(territory, scheme))
    return redirect(request, dossier_url(made))


def _crumbs(request: Request, compiled: CompiledScheme, *, last: bool = False) -> tuple[Link, ...]:
    home = Link(texts_of(request)("public.schemes"), f"/t/{compiled.territory}/")
    title = typeset_page(compiled.scheme.title)
    return home, Link(title, "" if last else scheme_url(compiled.territory, compiled.scheme.id))


def _how_many_steps(compiled: CompiledScheme, today: date, say: Texts) -> str:
    """How long an application is: the gate where there is one, the pages, the reading again."""
    more = bool(gate_fields(compiled, today)) + 1
    least, most = (pages + more for pages in step_counts(compiled, today))
    return say(
        "teleservice.begin_steps" if least == most else "teleservice.begin_steps_between", least=least, most=most
    )


def _begun(request: Request, dossier: Dossier) -> dict[str, str]:
    cases, language = cases_of(request), language_of(request)
    day = cases.day_of(dossier.filed_at or dossier.created_at, dossier.territory)
    return {"href": dossier_url(dossier), "name": dossier.title or dossier.reference, "day": format_day(day, language)}


HANDLERS = (scheme_page, rules_page, data_page, begin_page, start)
