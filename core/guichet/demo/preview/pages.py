"""The pages of a preview: its desk, what is wrong above every page, and being somebody by a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litestar import Request, Response
from litestar.types import ControllerRouterHandler

from guichet.demo.preview.cast import Someone
from guichet.demo.preview.filled import Shown
from guichet.demo.preview.workshop import Workshop
from guichet.errors import render_all
from guichet.locale import Language, format_day, format_money
from guichet.services.examples import ExampleRun
from guichet.services.sessions import open_session
from guichet.storage import accounts
from guichet.web.access import MATRIX, Rule
from guichet.web.app import HANDLERS
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.pages import Page, html, language_of, redirect, render, texts_of
from guichet.web.routing import get, post
from guichet.web.security.visits import form_of, visit_of
from guichet.web.site import site_of

__all__ = ["RULES", "SCRIPT", "Desk", "handlers_of"]

SCRIPT = "preview.js"
_ANYONE = Rule(frozenset({"anonymous"}))
RULES: Mapping[str, Rule] = {**MATRIX, "preview": _ANYONE, "preview_state": _ANYONE, "preview_be": _ANYONE}
"""Whoever reaches a preview may be anyone: it listens on this machine alone, and holds nothing true."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of a preview show."""

    workshop: Workshop
    shown: Callable[[], Sequence[Shown]]
    agents: Sequence[Someone]


def handlers_of(desk: Desk) -> tuple[ControllerRouterHandler, ...]:
    """Gives every handler of a site in preview."""

    @get("/apercu", name="preview")
    def index(request: Request) -> Page:
        return _index(request, desk)

    @get("/apercu/etat", name="preview_state")
    def state(request: Request) -> Response[str]:
        return _state(request, desk)

    @post("/apercu/devenir", name="preview_be")
    def be(request: Request) -> Page:
        return _be(request, desk)

    return (*HANDLERS, index, state, be)


def _index(request: Request, desk: Desk) -> Page:
    say, language, workshop = texts_of(request), language_of(request), desk.workshop
    root = f"/t/{workshop.territory}/{workshop.scheme}"
    compiled = workshop.cases.snapshots.current(workshop.scheme, workshop.territory)
    shown = {one.id: one for one in desk.shown()}
    columns = [{"label": say(f"preview.column_{name}")} for name in ("example", "expected", "found", "dossier")]
    links = {"site": root, "rules": f"{root}/regles", "agents": "/agents/", "mails": "/bac-a-sable/messages"}
    return render(
        request,
        "preview/index.html",
        title=say("preview.title"),
        territory=workshop.cases.territory(workshop.territory),
        breadcrumb=[Link(say("preview.title"))],
        scheme=compiled.scheme.title if compiled is not None else workshop.scheme,
        day=say("preview.day", day=format_day(workshop.day, language)),
        links=[{"label": say(f"preview.link_{name}"), "href": href} for name, href in links.items()],
        problems=_told(workshop, language),
        agents=[{"who": f"agent:{one.id}", "label": f"{one.name} ({one.body})"} for one in desk.agents],
        applicants=[
            {"who": f"applicant:{one.email}", "label": say("preview.be_applicant", title=one.title)}
            for one in shown.values()
            if one.reference
        ],
        examples={
            "columns": columns,
            "rows": [_row(request, run, shown.get(run.id)) for run in workshop.standing.runs],
        },
    )


def _row(request: Request, run: ExampleRun, shown: Shown | None) -> dict[str, object]:
    say, language = texts_of(request), language_of(request)
    found = say(f"preview.outcome_{run.result.outcome}")
    if run.result.amount is not None:
        found = f"{found}, {format_money(run.result.amount, language)}"
    wrong = " · ".join(
        say("preview.differs", what=one.what, expected=one.shown_expected, found=one.shown_found)
        for one in run.differences
    )
    standing = ""
    if shown is not None:
        told = "preview.stopped" if shown.why_not == "gate" else "preview.not_filed"
        standing = shown.reference or say(told, why=shown.why_not)
    expected = {"text": wrong, "tag": "danger"} if wrong else {"text": say("preview.same"), "tag": "success"}
    return {"id": run.id, "label": run.title, "cells": [run.title, expected, found, standing]}


def _state(request: Request, desk: Desk) -> Response[str]:
    standing, language = desk.workshop.standing, language_of(request)
    body = site_of(request).renderer.render("preview/state.html", language, problems=_told(desk.workshop, language))
    told = {"X-Preview": str(standing.number), "X-Preview-Right": "no" if standing.problems else "yes"}
    return html(body, headers=told)


def _told(workshop: Workshop, language: Language) -> str:
    problems = workshop.standing.problems
    return render_all(problems, language) if problems else ""


def _be(request: Request, desk: Desk) -> Page:
    """Opens the session of somebody and shows where they begin."""
    kind, _, who = form_of(request).get("who").partition(":")
    cases, site, visit = desk.workshop.cases, site_of(request), visit_of(request)
    if kind == "agent" and who in {one.id for one in desk.agents}:
        visit.answers.append(site.cookies.make("guichet-agent", open_session(cases, "agent", who)))
        return redirect(request, "/agents/")
    if kind == "applicant" and who in {one.email for one in desk.shown()}:
        account = cases.store.act(lambda tx: accounts.ensure(tx, who)).id
        visit.renew(open_session(cases, "applicant", account))
        return redirect(request, f"/t/{desk.workshop.territory}/dossiers")
    raise NotVisible
