"""An agent's profile: what they may do, their ways in, and cutting one."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.locale import format_day, typeset_page
from guichet.services.refusals import NotFound
from guichet.services.unlinking import NoOtherWayIn, identities_of, identity_of, unlink
from guichet.web.errors import NotVisible
from guichet.web.instruction.frame import agent_id, agent_page
from guichet.web.pages import Page, language_of, redirect, texts_of
from guichet.web.public import providers
from guichet.web.routing import get, post
from guichet.web.security.people import current_agent
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]

_HERE = "/agents/profil"


@get("/agents/profil", name="agent_profile")
def profile(request: Request) -> Page:
    """Shows who the agent is, what they may do and their ways in."""
    say, agent = texts_of(request), current_agent(request).agent
    return agent_page(
        request,
        "sign_in/account.html",
        title=say("identity.profile_title"),
        layout="layouts/agent.html",
        person=f"{agent.name} – {agent.email}",
        assignments=_assignments(request),
        always=say("identity.way_password") if agent.password_hash else "",
        ways=[
            providers.way_of(request, one, f"{_HERE}/identites/{one.id}/delier")
            for one in identities_of(cases_of(request), "agent", agent.id)
        ],
        providers=[],
        here=_HERE,
    )


def _assignments(request: Request) -> list[dict[str, str]]:
    """What the agent may do: the role, then where, for which scheme, until when."""
    say, cases, language = texts_of(request), cases_of(request), language_of(request)
    rows: list[dict[str, str]] = []
    for one in current_agent(request).assignments:
        scheme = cases.snapshots.current(one.scheme, one.territory) if one.scheme else None
        title = scheme.scheme.title if scheme is not None else one.scheme or say("identity.every_scheme")
        until = say("identity.until", day=format_day(one.ends_on, language)) if one.ends_on else ""
        where = ", ".join(filter(None, (cases.territory(one.territory).name, title, until)))
        rows.append({"label": say(f"identity.role_{one.role}"), "value": typeset_page(where)})
    return rows


@get("/agents/profil/identites/{identity:str}/delier", name="agent_unlink_page")
def unlink_page(request: Request, identity: FromPath[str]) -> Page:
    """Asks before a link is cut."""
    return _ask(request, identity)


@post("/agents/profil/identites/{identity:str}/delier", name="agent_unlink")
def unlink_one(request: Request, identity: FromPath[str]) -> Page:
    """Cuts a link; the agent's other sessions end."""
    agent, visit = agent_id(request), visit_of(request)
    try:
        provider = unlink(cases_of(request), "agent", agent, identity, session_id=visit.session_id)
    except NotFound as error:
        raise NotVisible from error
    except NoOtherWayIn:
        return _ask(request, identity, refused=True)
    site_of(request).visitors.forget_others(agent, visit.session_id)
    return redirect(request, _HERE, said="identity.unlinked", provider=providers.name_of(request, provider))


def _ask(request: Request, identity: str, *, refused: bool = False) -> Page:
    say = texts_of(request)
    try:
        found = identity_of(cases_of(request), "agent", agent_id(request), identity)
    except NotFound as error:
        raise NotVisible from error
    name = providers.name_of(request, found.provider)
    return agent_page(
        request,
        "sign_in/unlink.html",
        title=say("identity.unlink_title", provider=name),
        layout="layouts/agent.html",
        has_errors=refused,
        error=say("identity.only_way", provider=name) if refused else "",
        text=say("identity.unlink_agent_text", provider=name),
        action=f"{_HERE}/identites/{identity}/delier",
        cancel_url=_HERE,
    )


HANDLERS = (profile, unlink_page, unlink_one)
