"""The home of the instance, and the home of each territory with its schemes: open, to come, closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Request

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import opens_at, state_at
from guichet.locale import Language, Texts, format_day, format_instant, typeset_page
from guichet.model.territory import Territory
from guichet.services.cases import UseCases
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.markdown import markdown
from guichet.web.pages import Page, language_of, render, territory_of, texts_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "served_territories"]

_COLOURS = {"open": "success", "before": "info", "closed": "neutral"}


def served_territories(cases: UseCases) -> tuple[Territory, ...]:
    """Gives the territories where at least one scheme is published, Régions first."""
    served = {where for _, where in cases.snapshots.all_current()}
    return tuple(territory for territory in cases.territories if territory.id in served)


@get("/", name="home")
def home(request: Request) -> Page:
    """Shows every territory served."""
    cases, say = cases_of(request), texts_of(request)
    groups = [
        {"title": say(f"public.{kind}s"), "links": [Link(typeset_page(one.name), f"/t/{one.id}/") for one in found]}
        for kind in ("region", "departement")
        if (found := [one for one in served_territories(cases) if one.kind == kind])
    ]
    return render(request, "public/home.html", title=say("public.home_title"), groups=groups)


@get("/t/{territory:str}", name="territory")
def territory_home(request: Request) -> Page:
    """Shows the schemes of a territory by what may be done with them today."""
    cases, say, territory = cases_of(request), texts_of(request), territory_of(request)
    published = cases.snapshots.of_territory(territory.id)
    if not published:
        raise NotVisible
    return render(
        request,
        "public/territory.html",
        title=say("public.territory_title", within=territory.forms.within),
        intro=say("public.territory_intro"),
        groups=list(_groups(cases, published, territory, language_of(request))),
    )


def _groups(
    cases: UseCases, published: Iterable[CompiledScheme], territory: Territory, language: Language
) -> Iterable[dict[str, object]]:
    say, now = Texts(language), cases.clock.business()
    by_state: dict[str, list[dict[str, object]]] = {"open": [], "before": [], "closed": []}
    for compiled in published:
        scheme = compiled.scheme
        state = state_at(scheme.calendar, now, territory.time_zone)
        opening = territory_instant(opens_at(scheme.calendar, territory.time_zone), territory, language)
        closing = format_day(scheme.calendar.closes, language)
        card = {
            "title": typeset_page(scheme.title) if language == "fr" else scheme.title,
            "href": f"/t/{territory.id}/{scheme.id}",
            "text": markdown(scheme.about.what, language),
            "tag": {"label": say(f"public.{state}"), "colour": _COLOURS[state]},
            "details": [say(f"public.{state}_detail", opening=opening, closing=closing)],
        }
        by_state[state].append(card)
    for state, cards in by_state.items():
        if cards:
            yield {"title": say(f"public.{state}_title"), "cards": cards}


def territory_instant(instant: datetime, territory: Territory, language: Language) -> str:
    """Gives an instant on the territory's clocks, in words."""
    return format_instant(instant.astimezone(ZoneInfo(territory.time_zone)), language)


HANDLERS = (home, territory_home)
