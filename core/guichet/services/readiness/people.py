"""The items about people: who answers applicants, who instructs and decides, when the doors open."""

from __future__ import annotations

from guichet.engine.calendars import opens_at, state_at
from guichet.errors import Problem
from guichet.locale import Text
from guichet.model.placeholders import is_supplied
from guichet.services.acting import ROLE_OF_ACT
from guichet.services.readiness.launches import Finding, Launch, in_words, problem_at, to_supply
from guichet.services.text_values import MISSING, helpdesk_of
from guichet.storage import agents as stored_agents

__all__ = ["agents", "helpdesk", "opening"]

_ENOUGH = 2


def helpdesk(launch: Launch) -> Finding:
    """A phone number and hours: the scheme's, else the territory's."""
    desk = helpdesk_of(launch.compiled, launch.territory)
    problems: list[Problem] = []
    for key in ("phone", "hours"):
        text = getattr(desk, key)
        if text == MISSING or not is_supplied(text):
            own = getattr(launch.scheme.helpdesk, key)
            where = launch.in_scheme("helpdesk", key) if own else launch.in_territory("contacts", key)
            problems.append(to_supply(where, f"contacts.{key}" if own else ""))
    return Finding("helpdesk", tuple(problems), (desk.phone, desk.hours))


def agents(launch: Launch) -> Finding:
    """At least two active agents for each act of the workflow: one may be away, and none acts twice on a dossier."""
    territory, scheme = launch.territory.id, launch.scheme
    day = max(launch.scheme.calendar.opens.date(), launch.cases.today(territory))
    stages = scheme.workflow.stages.values()
    wanted = dict.fromkeys((ROLE_OF_ACT[stage.act], stage.body) for stage in stages)
    found = launch.cases.store.read(lambda tx: stored_agents.able(tx, territory, scheme.id, on=day))
    problems: list[Problem] = []
    for role, body in wanted:
        count = len({agent for agent, as_role, as_body in found if (as_role, as_body) == (role, body)})
        if count < _ENOUGH:
            data = {
                "count": count,
                "role_en": in_words(f"role_{role}").en,
                "role_fr": in_words(f"role_{role}").fr,
                "body": body,
                "territory": territory,
            }
            problems.append(Problem("ready.too_few_agents", data))
    told: list[Text] = []
    for role, body in wanted:
        count = len({agent for agent, as_role, as_body in found if (as_role, as_body) == (role, body)})
        word = in_words(f"role_{role}")
        told.append(Text(f"{word.fr} ({body}) : {count}", f"{word.en} ({body}): {count}"))
    return Finding("agents", tuple(problems), tuple(told))


def opening(launch: Launch) -> Finding:
    """The hour of opening in the territory's own time, and a closing that has not passed."""
    calendar, zone = launch.scheme.calendar, launch.territory.time_zone
    now = launch.cases.clock.business()
    told = (f"{calendar.opens:%Y-%m-%d %H:%M}", zone, f"{opens_at(calendar, zone):%Y-%m-%d %H:%M} UTC")
    if state_at(calendar, now, zone) == "closed":
        where = launch.in_scheme("calendar", "closes")
        return Finding("opening", (problem_at("ready.closed", where, day=calendar.closes),), told)
    return Finding("opening", (), told)
