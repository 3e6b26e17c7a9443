"""How a person signs in during a journey: the mails they read, the codes they type."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

from browsing import Browser
from guichet.services.cases import UseCases
from instances import run_duties

__all__ = ["code_of", "last_mail", "link_of", "mails", "sign_in_applicant"]


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
    browser.go(f"/t/{territory}/connexion" + (f"?suite={then}" if then else ""))
    browser.fill(email=email).send()
    return browser.fill(code=code_of(last_mail(cases))).send()
