"""An agent practises: the pages of the teleservice open as an applicant's, marked as practice."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.locale import typeset_page
from guichet.services.acting import HELPDESK_ROLE, READING_ROLES
from guichet.services.practice import begin_practice
from guichet.web.instruction.addresses import table_address
from guichet.web.instruction.frame import agent_id
from guichet.web.pages import Page, redirect
from guichet.web.routing import post
from guichet.web.security.cookies import Cookie
from guichet.web.security.people import current_agent
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS", "practice_places"]


@post("/agents/t/{territory:str}/{scheme:str}/exercice", name="practise")
def practise(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Signs this browser in as an applicant who practises, beside the agent's own session, and leads to the form."""
    session = begin_practice(cases_of(request), agent_id(request), scheme, territory)
    site, visit = site_of(request), visit_of(request)
    visit.answers.append(Cookie(site.session_cookie("public"), session, None, visit.secure))
    return redirect(request, f"/t/{territory}/{scheme}/demande")


def practice_places(request: Request) -> list[dict[str, str]]:
    """Where the agent may practise: each aid of each territory of theirs, the form's address, the table's."""
    cases, agent = cases_of(request), current_agent(request)
    found: list[dict[str, str]] = []
    for scheme, territory in cases.snapshots.all_current():
        compiled = cases.snapshots.current(scheme, territory)
        roles = agent.roles_in(territory, scheme, cases.today(territory))
        if compiled is None or not roles & {*READING_ROLES, HELPDESK_ROLE}:
            continue
        found.append(
            {
                "title": typeset_page(compiled.scheme.title),
                "territory": cases.territory(territory).name,
                "action": table_address(territory, scheme, "exercice"),
                "table": f"{table_address(territory, scheme)}?exercice=oui" if roles & {*READING_ROLES} else "",
            }
        )
    return found


HANDLERS = (practise,)
