"""The agents' home, and the search box of their header."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from litestar import Request

from guichet.locale import Texts, format_date, typeset_page
from guichet.services.agent_homes import SchemeHome, StageHome, read_home
from guichet.services.dossier_search import find_for_agent
from guichet.services.work_columns import standing_text
from guichet.web.instruction.addresses import SCREENS, dossier_address, helpdesk_address, table_address
from guichet.web.instruction.frame import agent_id, agent_page, csrf, today_roles
from guichet.web.instruction.practice import practice_places
from guichet.web.pages import Page, redirect, texts_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get("/agents", name="agent_home")
def home(request: Request) -> Page:
    """Shows what waits in each scheme and territory of the agent."""
    cases, say = cases_of(request), texts_of(request)
    found = read_home(cases, agent_id(request))
    if not found.schemes and found.answers_calls:
        return redirect(request, helpdesk_address())
    if today_roles(request) == {"admin"}:
        return redirect(request, SCREENS)
    places = [
        {"name": cases.territory(where).name, "schemes": [_scheme(one, say) for one in schemes]}
        for where, schemes in groupby(found.schemes, key=lambda one: one.territory)
    ]
    only = {one.territory for one in found.schemes}
    return agent_page(
        request,
        "instruction/home.html",
        title=say("instruction.home_title"),
        current="home",
        territory=cases.territory(only.pop()) if len(only) == 1 else None,
        places=places,
        practice=practice_places(request),
        csrf_field=csrf(request),
    )


@get("/agents/recherche", name="agent_search")
def search(request: Request) -> Page:
    """Finds dossiers by reference, SIREN, name or address; a whole reference opens its dossier."""
    say, text = texts_of(request), request.query_params.get("q", "").strip()[:200]
    if today_roles(request) <= {"helpdesk", "admin"}:
        return redirect(request, f"{helpdesk_address()}?{urlencode({'q': text})}")
    found = find_for_agent(cases_of(request), agent_id(request), text) if text else ()
    if len(found) == 1:
        return redirect(request, dossier_address(found[0][0].reference))
    rows = [
        {
            "id": one.reference,
            "label": one.reference,
            "cells": [
                {"text": one.reference, "href": dossier_address(one.reference)},
                one.title,
                typeset_page(compiled.scheme.title),
                cases_of(request).territory(one.territory).name,
                standing_text(compiled.scheme.workflow, one, say),
            ],
        }
        for one, compiled in found
    ]
    names = ("reference", "title", "scheme", "territory", "stage")
    return agent_page(
        request,
        "instruction/search.html",
        title=say("instruction.search_title"),
        search=text,
        asked=text,
        columns=[{"label": say(f"instruction.column_{name}")} for name in names],
        rows=rows,
    )


def _scheme(one: SchemeHome, say: Texts) -> dict[str, object]:
    base = table_address(one.territory, one.scheme)
    figures = [_stage(one, stage, say) for stage in one.stages]
    rest = (
        ("to_complete", one.to_complete, "phase=instruction&a_completer=oui"),
        ("waiting_for_funds", one.waiting_for_funds, "phase=instruction&credits=oui"),
        ("pre_instruction", one.pre_instruction, "phase=filed"),
        ("decided", one.decided, "phase=decided"),
    )
    smaller = [
        {"label": say(f"instruction.home_{name}", count=number), "href": f"{base}?{query}"}
        for name, number, query in rest
        if number or name == "decided"
    ]
    oldest = say("instruction.home_oldest", day=format_date(one.oldest)) if one.oldest else ""
    return {"title": typeset_page(one.title), "href": base, "figures": figures, "rest": smaller, "oldest": oldest}


def _stage(one: SchemeHome, stage: StageHome, say: Texts) -> dict[str, object]:
    base = f"{table_address(one.territory, one.scheme)}?{urlencode({'phase': 'instruction', 'etape': stage.id})}"
    late = (
        {"text": say("instruction.home_late", count=stage.late), "href": f"{base}&retard=oui"} if stage.late else None
    )
    since = say("instruction.home_since", day=format_date(stage.oldest)) if stage.oldest else ""
    return {
        "label": stage.label,
        "number": str(stage.number),
        "href": f"{base}&a_completer=non",
        "late": late or {},
        "since": since,
        "mine": stage.mine,
    }


HANDLERS = (home, search)
