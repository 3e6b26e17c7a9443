"""What a handler asks about who is there: the applicant, the agent, the dossier they may see."""

from __future__ import annotations

from datetime import date
from ipaddress import IPv4Address, ip_address, ip_network

from litestar import Request

from guichet.model.records import FORGOTTEN, Account, Dossier
from guichet.services.agents import SignedAgent
from guichet.storage import dossiers
from guichet.web.errors import NotNow, NotVisible
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import cases_of

__all__ = ["client_place", "current_agent", "current_applicant", "place_of", "the_dossier"]


def current_applicant(request: Request) -> Account:
    """Gives the applicant who has signed in; raises NotVisible on a route that let others in."""
    account = visit_of(request).account
    if account is None:
        raise NotVisible
    return account


def current_agent(request: Request) -> SignedAgent:
    """Gives the agent who has signed in; raises NotVisible on a route that let others in."""
    agent = visit_of(request).agent
    if agent is None:
        raise NotVisible
    return agent


def the_dossier(request: Request, reference: str) -> Dossier:
    """Gives the dossier of a reference when the route's line of the matrix lets this person see it.

    Raises:
        NotVisible: no such dossier, someone else's, another territory's, or a draft asked for by an agent.
        NotNow: the person sees this dossier, but may not do this in its present phase.
    """
    visit, cases = visit_of(request), cases_of(request)
    found = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
    in_path = request.path_params.get("territory")
    if found is None or FORGOTTEN in found.checks or in_path not in (None, found.territory):
        raise NotVisible
    roles = _roles(visit, found, cases.today(found.territory)) & visit.rule.roles
    if not roles:
        raise NotVisible
    visit.dossier_checked = True
    visit.practice = visit.practice or found.practice
    if visit.rule.phases is not None and found.phase not in visit.rule.phases:
        if found.phase == "draft" and "owner" not in roles:
            raise NotVisible
        raise NotNow(found)
    return found


def client_place(request: Request) -> str:
    """Gives where a request comes from, for limits: an IPv4 address, or the network of an IPv6 one."""
    return place_of(request.client.host if request.client else "")


def place_of(host: str) -> str:
    """Gives the place of an address; an IPv6 subscriber holds a whole /64, however its addresses are written.

    >>> place_of("192.0.2.7"), place_of("2001:db8::7"), place_of("2001:db8:0:0:ffff::1"), place_of("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::/64', '2001:db8::/64', '192.0.2.7')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped is not None else str(ip_network((int(address), 64), strict=False))


def _roles(visit: Visit, found: Dossier, on: date) -> frozenset[str]:
    """What the visitor is to a dossier."""
    if visit.rule.audience == "public":
        account = visit.account
        return frozenset({"owner"}) if account is not None and found.account == account.id else frozenset()
    agent = visit.agent
    return frozenset() if agent is None else agent.roles_in(found.territory, found.scheme, on)
