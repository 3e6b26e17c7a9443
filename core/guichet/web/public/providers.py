"""What both sign-ins through another site share: the buttons, the page of departure, the cookies of the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hmac import compare_digest
from typing import Any

from litestar import Request

from guichet.locale import format_date
from guichet.model.records import IdentityAudience, PersonIdentity
from guichet.services import arrivals, identities, identity_doors, identity_sessions
from guichet.services.identities import Begun
from guichet.services.identity_doors import NotTrusted, ProviderSilent
from guichet.services.refusals import Refused
from guichet.services.sign_in import TooManySignIns
from guichet.web.errors import TooMany
from guichet.web.pages import Page, language_of, render, texts_of
from guichet.web.security.cookies import Cookie
from guichet.web.security.people import client_place
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of, site_of

__all__ = [
    "ARRIVED",
    "begin",
    "buttons",
    "come_back",
    "departed_page",
    "departure_page",
    "keep",
    "kept",
    "leaving",
    "left",
    "name_of",
    "not_yet_linked",
    "person_rows",
    "said_of",
    "take",
    "way_of",
]

ARRIVED = "guichet-arrivee"
_BEGUN = "guichet-identite"
_LEFT = "guichet-sortie"
_LEAVING_S = 600


def buttons(request: Request, audience: IdentityAudience, base: str) -> list[dict[str, str]]:
    """Give the providers that a sign-in page offers, each with the address its button posts to."""
    found = identity_doors.offered(cases_of(request), audience, language_of(request))
    return [
        {"action": f"{base}/avec/{one.key}", "label": one.label, "about": one.about, "picture": one.picture}
        for one in found
    ]


def not_yet_linked(request: Request, base: str) -> list[dict[str, str]]:
    """Give the providers that the applicant who has signed in has not linked to the account."""
    account = visit_of(request).account
    linked = identity_doors.linked_providers(cases_of(request), "applicant", account.id) if account is not None else ()
    return [one for one in buttons(request, "applicant", base) if one["action"].rpartition("/")[2] not in linked]


def begin(request: Request, key: str, audience: IdentityAudience, *, territory: str = "", path: str) -> Begun:
    """Begin a sign-in and keep its secret in the browser; raises NotTrusted, ProviderSilent, TooMany, NotFound."""
    try:
        begun = identities.begin(
            cases_of(request), key, audience, territory=territory, path=path, place=client_place(request)
        )
    except TooManySignIns as error:
        raise TooMany from error
    keep(request, _BEGUN, begun.secret, int(identities.ATTEMPT_LIFETIME.total_seconds()))
    return begun


def come_back(request: Request, key: str, audience: IdentityAudience) -> arrivals.Arrived:
    """Accept what the browser brings back; the cookie of the way is taken back whatever comes of it."""
    secret = take(request, _BEGUN)
    answer = {name: values[-1] for name, values in request.query_params.dict().items()}
    if any(len(values) > 1 for values in request.query_params.dict().values()):
        raise NotTrusted
    return identities.come_back(cases_of(request), key, audience, secret, answer)


def departure_page(request: Request, url: str, provider: str, *, leaving: bool = False) -> Page:
    """Give the page that sends the browser to a provider.

    A page and not a redirection: our policy lets forms lead nowhere else, redirections of their answers included.
    """
    say, agents = texts_of(request), visit_of(request).rule.audience == "agents"
    name = name_of(request, provider)
    return render(
        request,
        "sign_in/departure.html",
        title=say("identity.leaving_title" if leaving else "identity.departure_title", provider=name),
        layout="layouts/agent.html" if agents else "layouts/public.html",
        url=url,
        text=say("identity.leaving_text" if leaving else "identity.departure_text", provider=name),
        button=say("identity.go_on", provider=name),
    )


def departed_page(request: Request, url: str, provider: str) -> Page:
    """Give the page of departure to who has just signed out: a stranger, whose cookie is taken back."""
    visit = visit_of(request)
    name, visit.known, visit.session_id = visit.cookie_name, None, ""
    page = departure_page(request, url, provider, leaving=True)
    visit.answers.append(Cookie(name, "", None, visit.secure))
    return page


def leaving(request: Request, audience: IdentityAudience, back: str) -> tuple[str, str]:
    """Give the provider of the session about to close and the address that ends its session too; empty without one."""
    site = site_of(request)
    state = site.cases.ids.secret()
    provider, url = identity_sessions.leaving_address(site.cases, visit_of(request).session_id, audience, state)
    if url:
        keep(request, _LEFT, f"{state}.{back.strip('/').replace('/', '.')}", _LEAVING_S)
    return provider, url


def left(request: Request) -> str | None:
    """Give where the browser had signed out when it comes back from there; None when it did not leave from here."""
    state, _, back = take(request, _LEFT).partition(".")
    if not state or not compare_digest(state.encode(), request.query_params.get("state", "").encode()):
        return None
    return "/" + back.replace(".", "/")


def name_of(request: Request, key: str) -> str:
    """Give what sentences call a provider."""
    return identity_doors.provider_name(cases_of(request), key, language_of(request))


def said_of(request: Request, error: Refused) -> str:
    """Give the sentence of a refusal: the provider's own when it has one."""
    say = texts_of(request)
    if isinstance(error, NotTrusted) and error.text:
        return error.text[say.language]
    if isinstance(error, ProviderSilent):
        return say("identity.silent")
    return say(f"identity.{error.code}")


def keep(request: Request, name: str, value: str, seconds: int) -> None:
    """Keep a value in the browser for a while."""
    visit_of(request).answers.append(site_of(request).cookies.make(name, value, seconds))


def kept(request: Request, name: str) -> str:
    """Give a value kept in the browser; empty when there is none."""
    return visit_of(request).cookies.get(site_of(request).cookies.name(name), "")


def take(request: Request, name: str) -> str:
    """Give a value kept in the browser and take it back."""
    value = kept(request, name)
    if value:
        visit_of(request).answers.append(site_of(request).cookies.take_back(name))
    return value


def person_rows(request: Request, arrived: arrivals.Arrived) -> list[dict[str, str]]:
    """Give what the provider says of who arrived, as rows to read."""
    say, claims = texts_of(request), arrived.identity.claims
    rows: Mapping[str, Any] = {
        "given_name": claims.get("given_name", ""),
        "family_name": claims.get("family_name", "") or claims.get("usual_name", ""),
        "birthdate": _birth(claims.get("birthdate", "")),
        "siret": arrived.identity.siret,
        "email": arrived.identity.email,
    }
    return [{"label": say(f"identity.{name}"), "value": value} for name, value in rows.items() if value]


def way_of(request: Request, one: PersonIdentity, href: str) -> dict[str, str]:
    """Give a linked identity as its holder reads it: since when, the person the provider knows, where it is cut."""
    say, name = texts_of(request), name_of(request, one.provider)
    person = " ".join(filter(None, (one.claims.get("given_name", ""), one.claims.get("family_name", ""))))
    return {
        "text": say("identity.way_provider", provider=name, day=format_date(one.linked_at.date())),
        "person": say("identity.way_person", name=person, provider=name) if person else "",
        "href": href,
        "label": say("identity.unlink", provider=name),
    }


def _birth(text: str) -> str:
    """A date of birth as people write it; where day or month is unknown (`1971-00-00`), what is known of it."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return "/".join(part for part in reversed(text.split("-")) if part.strip("0"))
