"""Who is asking: the visit of one request, with its session, its token and what was posted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest

from litestar import Request

from guichet.locale import Language
from guichet.model.records import Account
from guichet.services.agents import SignedAgent
from guichet.services.practice_accounts import is_practice
from guichet.services.sessions import Known
from guichet.web.access import Rule
from guichet.web.security.cookies import Cookie
from guichet.web.security.forms import Form

__all__ = ["Visit", "csrf_of", "form_of", "visit_of"]

_KEY = "visit"


def csrf_of(session_id: str) -> str:
    """Gives the token of a session: only who holds the id can know it, and it tells nothing of the id."""
    return sha256(f"guichet csrf {session_id}".encode()).hexdigest()


@dataclass(slots=True)
class Visit:
    """What is known of who asks, for the time of one request."""

    rule: Rule
    cookie_name: str
    cookies: dict[str, str]
    session_id: str = ""
    known: Known | None = None
    form: Form = field(default_factory=Form)
    answers: list[Cookie] = field(default_factory=list[Cookie])
    """Cookies to set with the answer."""
    dossier_checked: bool = False
    practice: bool = False
    """Whether the page is about practice dossiers."""
    secure: bool = True
    language: Language | None = None
    """Of this page, once somebody has asked."""

    @property
    def account(self) -> Account | None:
        """The applicant who has signed in."""
        return self.known.account if self.known else None

    @property
    def agent(self) -> SignedAgent | None:
        """The agent who has signed in with password and code."""
        return self.known.agent if self.known and self.known.session.kind == "agent" else None

    @property
    def practises(self) -> bool:
        """Whether this page must say that it is practice: its dossiers are, or who is signed in only practises."""
        return self.practice or (self.account is not None and is_practice(self.account.email))

    @property
    def half(self) -> SignedAgent | None:
        """The agent whose code is awaited."""
        return self.known.agent if self.known and self.known.session.kind == "half" else None

    def csrf(self) -> str:
        """Gives the token of the forms of this page; who has no session yet gets one without rights."""
        if not self.session_id:
            self.renew(secrets.token_hex(32))
        return csrf_of(self.session_id)

    def renew(self, session_id: str) -> None:
        """Makes the browser use another session id from now on."""
        self.session_id = session_id
        self.answers = [cookie for cookie in self.answers if cookie.name != self.cookie_name]
        self.answers.append(Cookie(self.cookie_name, session_id, None, self.secure))

    def forget(self) -> None:
        """Leaves the browser without the session id it was about to get."""
        self.session_id = ""
        self.answers = [cookie for cookie in self.answers if cookie.name != self.cookie_name]

    def token_matches(self, token: str) -> bool:
        """Whether a posted token is this session's, compared in constant time."""
        return bool(self.session_id) and compare_digest(csrf_of(self.session_id).encode(), token.encode())


def visit_of(request: Request) -> Visit:
    """Gives the visit of a request; raises KeyError where no route was found."""
    return request.scope["state"][_KEY]


def form_of(request: Request) -> Form:
    """Gives what was posted; its token has been checked."""
    return visit_of(request).form
