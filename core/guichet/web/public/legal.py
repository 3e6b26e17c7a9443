"""Pages the law asks for: accessibility, legal notice, personal data, help; made from territory and schemes."""

from __future__ import annotations

from typing import Any

from litestar import Request

from guichet.locale import Language, Texts, format_day, typeset_page
from guichet.model.legal import Legal
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.scalars import Period
from guichet.model.scheme import Scheme
from guichet.model.territory import Territory
from guichet.services.cases import UseCases
from guichet.web.contacts import contact_url
from guichet.web.markdown import markdown
from guichet.web.pages import Page, language_of, render, texts_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get(["/accessibilite", "/t/{territory:str}/accessibilite"], name="accessibility")
def accessibility(request: Request) -> Page:
    """Says how far the site is accessible, and whom to tell what is not."""
    say, territory = texts_of(request), _territory(request)
    return render(
        request,
        "public/accessibility.html",
        title=say("public.accessibility_title"),
        authority=_authority(cases_of(request), territory),
        state=_state(territory, say, language_of(request)),
        results=_results(territory, say),
        parts=_parts(territory, say),
        made=_made(territory, say, language_of(request)),
        statement=_statement_url(territory),
        contacts=_contacts(territory, say),
    )


@get(["/mentions-legales", "/t/{territory:str}/mentions-legales"], name="legal_notice")
def legal_notice(request: Request) -> Page:
    """Says who publishes the site and with what software."""
    say, territory, cases = texts_of(request), _territory(request), cases_of(request)
    return render(
        request,
        "public/legal_notice.html",
        title=say("public.legal_title"),
        publisher=_publisher(cases, territory, say),
        contacts=_contacts(territory, say),
    )


@get(["/donnees-personnelles", "/t/{territory:str}/donnees-personnelles"], name="personal_data")
def personal_data(request: Request) -> Page:
    """Says, scheme by scheme, what is done with personal data, for how long, and which rights there are."""
    say, territory, language = texts_of(request), _territory(request), language_of(request)
    schemes = cases_of(request).snapshots.of_territory(territory.id) if territory is not None else ()
    return render(
        request,
        "public/personal_data.html",
        title=say("public.data_title"),
        schemes=[
            {"title": one.scheme.title, "rows": _data_rows(one.scheme.legal, territory, say, language)}
            for one in schemes
        ],
        contacts=_contacts(territory, say),
    )


@get("/t/{territory:str}/aide", name="help")
def help_page(request: Request) -> Page:
    """Says whom to ask, in general and for each scheme."""
    say, territory = texts_of(request), _territory(request)
    schemes = cases_of(request).snapshots.of_territory(territory.id) if territory is not None else ()
    desks = [{"title": one.scheme.title, "rows": rows} for one in schemes if (rows := _desk_rows(one.scheme, say))]
    return render(
        request,
        "public/help.html",
        title=say("public.help_title"),
        contacts=_contacts(territory, say),
        desks=desks,
    )


def _data_rows(legal: Legal, territory: Territory | None, say: Texts, language: Language) -> list[dict[str, str]]:
    data, kept = legal.data, legal.retention
    retention = say(
        "public.data_retention_text",
        granted=_period(kept.granted, say),
        refused=_period(kept.refused, say),
        dropped=_period(kept.dropped, say),
    )
    rows = [
        ("controller", data.controller),
        ("dpo", territory.officer_for(data.dpo) if territory is not None else data.dpo),
        ("purposes", data.purposes),
        ("legal_basis", data.legal_basis),
        ("recipients", data.recipients),
        ("retention", retention),
        ("algorithm", legal.algorithm and say("public.data_algorithm_text", purpose=legal.algorithm.rstrip(". \n"))),
    ]
    said = [(key, text) for key, text in rows if _is_said(text)]
    return [{"label": say(f"public.data_{key}"), "value": markdown(text, language)} for key, text in said]


def _desk_rows(scheme: Scheme, say: Texts) -> list[dict[str, str]]:
    """The helpdesk of a scheme, then its own lines, each under its id in words."""
    desk = scheme.helpdesk
    rows = [("name", desk.name), ("phone", desk.phone), ("email", desk.email), ("hours", desk.hours)]
    own = [(name.replace("_", " ").capitalize(), text) for name, text in scheme.contacts.items()]
    labelled = [(say(f"public.contact_{key}"), text, contact_url(key, text)) for key, text in rows]
    labelled += [(label, text, "") for label, text in own]
    shown = [
        (label, typeset_page(text) if say.language == "fr" and not url else text, url) for label, text, url in labelled
    ]
    return [{"label": label, "value": text, "url": url} for label, text, url in shown if _is_said(text)]


def _contacts(territory: Territory | None, say: Texts) -> list[dict[str, str]]:
    """What a territory says of itself; values still to be supplied are left out."""
    if territory is None:
        return []
    contacts = territory.contacts
    rows = [
        ("service", contacts.service),
        ("email", contacts.email),
        ("phone", contacts.phone),
        ("address", contacts.address),
        ("hours", contacts.hours),
    ]
    return [
        {"label": say(f"public.contact_{key}"), "value": text, "url": contact_url(key, text)}
        for key, text in rows
        if _is_said(text)
    ]


def _publisher(cases: UseCases, territory: Territory | None, say: Texts) -> list[dict[str, str]]:
    if territory is None:
        return []
    authority = territory.authority_on(cases.today(territory.id))
    rows = [("publisher", authority.name), ("council", authority.council), ("city", authority.city)]
    return [{"label": say(f"public.legal_{key}"), "value": text} for key, text in rows if _is_said(text)]


def _state(territory: Territory | None, say: Texts, language: Language) -> str:
    """How far the pages conform, in the words the law gives; what is known of the product where nothing is declared."""
    stated = territory.accessibility if territory is not None else None
    if stated is None:
        return say("public.accessibility_state_text")
    return say(f"public.accessibility_{stated.status}", day=format_day(stated.assessed, language))


def _results(territory: Territory | None, say: Texts) -> list[str]:
    """What the assessment found, as far as the territory declares it."""
    stated = territory.accessibility if territory is not None else None
    if stated is None:
        return []
    met = [say("public.accessibility_met", rate=stated.criteria_met)] if stated.criteria_met is not None else []
    return met + ([say("public.accessibility_by", name=stated.assessed_by)] if stated.assessed_by else [])


def _parts(territory: Territory | None, say: Texts) -> list[dict[str, Any]]:
    """What is not accessible, and what the law exempts, line by line."""
    stated = territory.accessibility if territory is not None else None
    lines = {"not": stated.not_accessible, "exempt": stated.exempt} if stated is not None else {}
    return [{"title": say(f"public.accessibility_{key}"), "lines": list(of)} for key, of in lines.items() if of]


def _made(territory: Territory | None, say: Texts, language: Language) -> str:
    stated = territory.accessibility if territory is not None else None
    return say("public.accessibility_made_text", day=format_day(stated.assessed, language)) if stated else ""


def _statement_url(territory: Territory | None) -> str:
    stated = territory.accessibility if territory is not None else None
    return stated.statement if stated is not None and stated.statement.startswith("https://") else ""


def _authority(cases: UseCases, territory: Territory | None) -> str:
    return territory.authority_on(cases.today(territory.id)).name if territory is not None else "Guichet"


def _territory(request: Request) -> Territory | None:
    wanted = request.path_params.get("territory")
    return cases_of(request).territory(wanted) if wanted else None


def _period(period: Period, say: Texts) -> str:
    return say(f"public.{period.unit.rstrip('s')}s", count=period.count)


def _is_said(text: str) -> bool:
    return bool(text) and text != PLACEHOLDER


HANDLERS = (accessibility, legal_notice, personal_data, help_page)
