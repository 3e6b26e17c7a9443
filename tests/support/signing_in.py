"""How a person signs in during a journey: the mails they read, the codes they type."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode

from pyotp.totp import TOTP

from browsing import Browser
from guichet.services.agent_sign_in import set_credentials
from guichet.services.cases import UseCases
from guichet.storage import Tx, agents
from instances import run_duties

__all__ = [
    "PASSWORD",
    "an_agent",
    "code_of",
    "last_mail",
    "link_of",
    "mails",
    "sign_in_agent",
    "sign_in_applicant",
    "totp_of",
]

PASSWORD = "une phrase pour les essais"
_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def mails(cases: UseCases) -> list[Path]:
    """Give the mails written so far, the oldest first, once the duties that wait are done."""
    run_duties(cases)
    return sorted(cases.folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)


def last_mail(cases: UseCases) -> str:
    """Give the text of the latest mail."""
    return message_from_bytes(mails(cases)[-1].read_bytes(), policy=policy.default).get_content()


def code_of(mail: str) -> str:
    """Give the six digits of a mail."""
    found = re.search(r"\b\d{6}\b", mail)
    assert found, mail
    return found[0]


def link_of(mail: str) -> str:
    """Give the first address of a mail."""
    found = re.search(r"https?://\S+", mail)
    assert found, mail
    return found[0]


def sign_in_applicant(browser: Browser, cases: UseCases, territory: str, email: str, then: str = "") -> Browser:
    """Sign an applicant in by the code of the mail, and give the browser on the page that follows."""
    query = f"?{urlencode({'suite': then})}" if then else ""
    browser.go(f"/t/{territory}/connexion{query}")
    browser.fill(email=email).send()
    return browser.fill(code=code_of(last_mail(cases))).send()


def an_agent(
    cases: UseCases,
    email: str = "agent@exemple.fr",
    *,
    role: str = "instructor",
    territory: str = "reg-53",
    body: str = "collectivite",
    organisation: str = "Service des aides",
    scheme: str | None = None,
    ends_on: date | None = None,
    name: str = "Nolwenn Tanguy",
) -> str:
    """Give the id of an agent with one more assignment, password and phone known to the tests."""

    def act(tx: Tx) -> tuple[str, bool]:
        made = agents.ensure(tx, email=email, name=name)
        where = agents.ensure_organisation(tx, territory=territory, body=body, name=organisation)
        agents.assign(
            tx,
            agent_id=made.id,
            role=role,
            organisation_id=where.id,
            territory=territory,
            scheme=scheme,
            ends_on=ends_on,
        )
        return made.id, made.password_hash is None

    agent_id, is_new = cases.store.act(act)
    if is_new:
        set_credentials(cases, agent_id, password=PASSWORD, totp_secret=_SECRET)
    return agent_id


def totp_of(cases: UseCases) -> str:
    """Give the code that the phone of a test's agent shows now."""
    return TOTP(_SECRET).at(cases.clock.now())


def sign_in_agent(browser: Browser, cases: UseCases, email: str = "agent@exemple.fr", then: str = "") -> Browser:
    """Sign an agent in with password and code, and give the browser on the page that follows.

    A code serves once: the clock moves by half a minute when the agent signs in again.
    """
    query = f"?{urlencode({'suite': then})}" if then else ""
    browser.go(f"/agents/connexion{query}")
    browser.fill(email=email, password=PASSWORD).send()
    browser.fill(code=totp_of(cases)).send()
    if browser.path == "/agents/connexion/code":
        cases.clock.advance(seconds=30)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        browser.fill(code=totp_of(cases)).send()
    return browser
