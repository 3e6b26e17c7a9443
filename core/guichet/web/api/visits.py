"""What is known of one request of the API: its token, its language, its body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import BinaryIO

from litestar import Request

from guichet.locale import Language
from guichet.model.records import ApiToken
from guichet.web.errors import NotVisible
from guichet.web.security.forms import Form

__all__ = ["KEY", "ApiVisit", "api_visit_of", "language_asked", "token_of"]

KEY = "api_visit"
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,20})?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*", re.ASCII)


@dataclass(slots=True)
class ApiVisit:
    """Another software's request."""

    language: Language
    token: ApiToken | None = None
    body: bytes = b""
    file: BinaryIO | None = None
    form: Form = field(default_factory=Form)
    """The parts of an application sent with its files."""

    def close(self) -> None:
        """Lets the temporary file go."""
        if self.file is not None:
            self.file.close()
        self.form.close()


def api_visit_of(request: Request) -> ApiVisit:
    """Gives the visit of a request that came through the door of the API."""
    return request.scope["state"][KEY]


def token_of(request: Request) -> ApiToken:
    """Gives the token of a request; raises NotVisible on a route that lets others in."""
    token = api_visit_of(request).token
    if token is None:
        raise NotVisible
    return token


def language_asked(header: str) -> Language:
    """Gives the language that an `Accept-Language` header prefers; French when it says nothing of ours.

    >>> language_asked(""), language_asked("en-GB,en;q=0.9,fr;q=0.8"), language_asked("de, fr;q=0.5, en;q=0.1")
    ('fr', 'en', 'fr')
    """
    best: Language = "fr"
    weight = 0.0
    for part in header[:500].split(","):
        found = _RANGE.fullmatch(part)
        name = found[1].lower() if found else ""
        if found is not None and name in ("fr", "en"):
            wanted = float(found[2] or "1")
            if wanted > weight:
                best, weight = ("en" if name == "en" else "fr"), wanted
    return best
