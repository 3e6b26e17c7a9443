"""What the scheme page shows: what the aid is, who may have it, how much, when, how long, and who answers."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import opens_at, state_at
from guichet.locale import Language, Texts, format_day, format_instant, typeset_page
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.territory import Territory
from guichet.services.appeal_routes import delay_text
from guichet.services.cases import UseCases
from guichet.services.text_values import helpdesk_of
from guichet.services.tracking import expected_delay
from guichet.web.contacts import contact_url
from guichet.web.markdown import markdown

__all__ = ["body_names", "data_view", "delay_words", "helpdesk_view", "scheme_view"]

_UNSAID = ("", "–", PLACEHOLDER)


def scheme_view(cases: UseCases, compiled: CompiledScheme, territory: Territory, language: Language) -> dict[str, Any]:
    """Gives everything of the scheme page, as text ready to show."""
    scheme, say = compiled.scheme, Texts(language)
    calendar = scheme.calendar
    state = state_at(calendar, cases.clock.business(), territory.time_zone)
    opening = _local(opens_at(calendar, territory.time_zone), territory, language)
    closing = format_day(calendar.closes, language)
    when = [
        {"label": say("teleservice.opens"), "value": opening},
        {"label": say("teleservice.closes"), "value": say("teleservice.closes_whole_day", day=closing)},
    ]
    delay = delay_words(compiled, say)
    if delay:
        when.append({"label": say("teleservice.expected"), "value": say("teleservice.about", delay=delay)})
    return {
        "title": typeset_page(scheme.title) if language == "fr" else scheme.title,
        "state": state,
        "state_title": say(f"teleservice.state_{state}"),
        "state_text": say(f"teleservice.state_{state}_text", opening=opening, closing=closing),
        "what": markdown(scheme.about.what, language),
        "who": markdown(scheme.about.who, language),
        "amount": markdown(scheme.about.amount, language),
        "prepare": [typeset_page(one) if language == "fr" else one for one in scheme.about.prepare],
        "when": when,
        "helpdesk": helpdesk_view(compiled, territory, language),
        "legal": scheme.legal.basis,
    }


def delay_words(compiled: CompiledScheme, say: Texts) -> str:
    """Gives how long an answer is expected to take, in words; empty when the scheme promises nothing."""
    return say("teleservice.and").join(delay_text(period, say) for period in expected_delay(compiled))


def helpdesk_view(compiled: CompiledScheme, territory: Territory, language: Language) -> dict[str, Any]:
    """Gives who answers applicants: `rows`, empty when nobody was named; `soonest`, the quickest way to reach them."""
    say, desk = Texts(language), helpdesk_of(compiled, territory)
    given = {"phone": desk.phone, "email": desk.email, "hours": desk.hours}
    rows = [
        {"label": say(f"teleservice.desk_{name}"), "value": value, "url": contact_url(name, value)}
        for name, value in given.items()
        if value not in _UNSAID
    ]
    soonest = next((row for row in rows if row["url"]), None)
    hours = desk.hours if desk.hours not in _UNSAID and soonest is not None and soonest["value"] == desk.phone else ""
    name = desk.name if desk.name not in _UNSAID else ""
    return {"name": typeset_page(name) if language == "fr" else name, "rows": rows, "soonest": soonest, "hours": hours}


def body_names(cases: UseCases, compiled: CompiledScheme) -> dict[str, str]:
    """Gives the organisation behind each body of the workflow today."""
    territory, today = cases.territory(compiled.territory), cases.today(compiled.territory)
    found = {name: territory.organisation(name, today) for name in compiled.scheme.workflow.bodies}
    labels = compiled.scheme.workflow.bodies
    return {name: body.name if body is not None else labels[name] for name, body in found.items()}


def data_view(cases: UseCases, compiled: CompiledScheme, territory: Territory, language: Language) -> dict[str, Any]:
    """Gives the notice of personal data (RGPD art. 13), from the scheme's legal metadata."""
    say, legal = Texts(language), compiled.scheme.legal
    authority = territory.authority_on(cases.today(territory.id))
    controller = legal.data.controller if legal.data.controller not in _UNSAID else authority.name
    keep = legal.retention
    rows = [
        ("controller", controller),
        ("dpo", legal.data.dpo if legal.data.dpo not in _UNSAID else say("teleservice.data_dpo_unsaid")),
        ("purposes", legal.data.purposes),
        ("basis", legal.data.legal_basis),
        ("recipients", legal.data.recipients),
        (
            "retention",
            say(
                "teleservice.data_retention_text",
                granted=delay_text(keep.granted, say),
                refused=delay_text(keep.refused, say),
                dropped=delay_text(keep.dropped, say),
            ),
        ),
    ]
    shown = [{"label": say(f"teleservice.data_{name}"), "value": value} for name, value in rows]
    if asked := asked_of_others(compiled, language):
        shown.append({"label": say("prefill.asked"), "value": ", ".join(asked)})
    return {
        "rows": shown,
        "algorithm": legal.algorithm.rstrip(". \n"),  # the text around it ends the sentence
        "controller": controller,
    }


def asked_of_others(compiled: CompiledScheme, language: Language) -> list[str]:
    """Gives what a scheme asks of other administrations instead of the applicant, by the name of each item."""
    found = [label.text(language) for prefill in compiled.prefills.values() for label in prefill.labels.values()]
    return list(dict.fromkeys(found))


def _local(instant: Any, territory: Territory, language: Language) -> str:
    return format_instant(instant.astimezone(ZoneInfo(territory.time_zone)), language)
