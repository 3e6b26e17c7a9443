"""A site with providers of its own: their stand-ins over real sockets, and how a person goes through one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from browsing import Browser, a_browser
from guichet.plugin.contracts import IdentityProvider
from guichet.services.cases import UseCases
from guichet.web.app import create_app
from guichet_plugins.identity.franceconnect import FranceConnect
from guichet_plugins.identity.oidc import Oidc
from guichet_plugins.identity.proconnect import ProConnect
from guichet_plugins.identity.signing import Signer
from guichet_plugins.identity.standin import StandIn
from guichet_plugins.identity.trust import CHECKS
from instances import an_instance
from sandboxes import Sandbox, sandbox
from signing_in import code_of, last_mail

__all__ = [
    "SECRET",
    "IdentitySite",
    "an_identity_site",
    "code_for",
    "come_back",
    "departure_of",
    "first_time",
    "go_through",
    "is_signed_in",
    "leave_for",
    "query_of",
    "without",
]

SECRET = "le secret partagé avec le fournisseur, assez long"
_CLASSES: Mapping[str, type[Any]] = {"franceconnect": FranceConnect, "proconnect": ProConnect, "oidc": Oidc}


@dataclass
class IdentitySite:
    """The site, a browser on it, and each provider: its stand-in by key, and where it is served."""

    cases: UseCases
    browser: Browser
    standins: dict[str, StandIn] = field(default_factory=dict)
    served: dict[str, Sandbox] = field(default_factory=dict)

    def another_browser(self) -> Browser:
        """Give the browser of somebody else."""
        return a_browser(create_app(self.cases), address="192.0.2.99")

    def sabotaged(self, *checks: str, **options: str) -> Browser:
        """Give a browser on the same site whose providers leave checks out, or have other options: the sabotage."""
        found = {**self.cases.plugins.identity_providers}
        for key in self.standins:
            found[key] = _CLASSES[key](without(*checks))
        services = {key: {**given, **options} for key, given in self.cases.services.items()}
        plugins = replace(self.cases.plugins, identity_providers=found)
        return a_browser(create_app(replace(self.cases, plugins=plugins, services=services)), address="192.0.2.98")


@contextmanager
def an_identity_site(
    folder: Path,
    providers: Sequence[str] = ("franceconnect",),
    *,
    options: Mapping[str, Mapping[str, str]] | None = None,
    checks_off: Sequence[str] = (),
    schemes: Sequence[str] = ("aide-simple",),
    **instance: Any,
) -> Iterator[IdentitySite]:
    """Serve a site and the stand-ins of its providers.

    Args:
        options: key → options over the usual ones.
        checks_off: checks that the providers leave out: the sabotage.
    """
    with an_instance(folder, schemes=schemes, territories=["reg-53", "reg-84"], **instance) as bare:
        site = IdentitySite(bare, a_browser(create_app(bare)))
        services: dict[str, dict[str, str]] = {}
        found: dict[str, IdentityProvider[Any]] = dict(bare.plugins.identity_providers)
        with _all_served(site, providers):
            for key in providers:
                found[key] = _CLASSES[key](without(*checks_off))
                services[key] = {
                    "base_url": site.served[key].url,
                    "client_id": f"guichet-{key}",
                    "client_secret": f"secret:{key}",
                    **(options or {}).get(key, {}),
                }
            plugins = replace(bare.plugins, identity_providers=found)
            secrets = {**bare.secrets, **dict.fromkeys(providers, SECRET)}
            site.cases = replace(bare, plugins=plugins, services=services, secrets=secrets)
            site.browser.client.close()
            with a_browser(create_app(site.cases)) as browser:
                site.browser = browser
                yield site


@contextmanager
def _all_served(site: IdentitySite, providers: Sequence[str]) -> Iterator[None]:
    if not providers:
        yield
        return
    key, *others = providers
    standin = StandIn(key, now=lambda: site.cases.clock.now().timestamp())  # type: ignore[arg-type]  a known kind
    standin.signer = _signer(key)
    with sandbox(standin) as served:
        site.standins[key], site.served[key] = standin, served
        with _all_served(site, others):
            yield


@cache
def _signer(key: str) -> Signer:
    """The keys of a provider, made once for a run: making them is slow."""
    return Signer()


def without(*names: str) -> dict[str, Any]:
    """Give the checks but some."""
    assert set(names) <= set(CHECKS), names
    return {name: check for name, check in CHECKS.items() if name not in names}


def code_for(departure: str, person: str = "", email: str = "") -> str:
    """Choose a person at the stand-in and give the address it sends the browser back to."""
    chosen = {"_person": person} if person else {"_email": email}
    reply = httpx.get(f"{departure}&{urlencode(chosen)}")
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


def departure_of(browser: Browser) -> str:
    """Give the address that the page of departure opens."""
    assert browser.status == 200, (browser.status, browser.text)
    content = browser.document.xpath("string(//meta[@http-equiv='refresh']/@content)")
    found = re.fullmatch(r"0;url=(http.+)", content)
    assert found, browser.text
    return found[1]


def leave_for(browser: Browser, provider: str = "franceconnect", territory: str = "reg-53") -> str:
    """Press the provider's button on the sign-in page and give where the browser is sent."""
    browser.go(f"/t/{territory}/connexion" if territory else "/agents/connexion")
    browser.form(action=f"avec/{provider}").send()
    return departure_of(browser)


def go_through(
    browser: Browser,
    provider: str = "franceconnect",
    *,
    person: str = "camille",
    email: str = "",
    territory: str = "reg-53",
) -> Browser:
    """Leave, choose, come back."""
    back = code_for(leave_for(browser, provider, territory), "" if email else person, email)
    return come_back(browser, back)


def come_back(browser: Browser, address: str) -> Browser:
    """Open the address a provider sent back, on this site."""
    parts = urlsplit(address)
    return browser.go(f"{parts.path}?{parts.query}")


def first_time(site: IdentitySite, browser: Browser, *, person: str = "camille", account: str = "") -> Browser:
    """Go through a provider and link to the account of an address: the provider's own unless another is given."""
    go_through(browser, person=person)
    browser.fill(**({"email": account} if account else {})).send()
    return browser.fill(code=code_of(last_mail(site.cases))).send()


def is_signed_in(browser: Browser) -> bool:
    """Whether the browser holds an applicant's session."""
    return browser.go("/t/reg-53/dossiers").path == "/t/reg-53/dossiers"


def query_of(address: str) -> dict[str, str]:
    """Give the parameters of an address."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
