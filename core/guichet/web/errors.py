"""What stops a request, as exceptions; `error_pages` makes the page of each."""

from __future__ import annotations

from litestar.exceptions import (
    ClientException,
    HTTPException,
    NotFoundException,
    PermissionDeniedException,
    TooManyRequestsException,
)

from guichet.model.records import Dossier

__all__ = ["BadRequest", "BodyTooLarge", "ExpiredForm", "NotNow", "NotVisible", "SignInNeeded", "TooMany"]


class NotVisible(NotFoundException):
    """Absent, or not to be seen by who asks: the answer is the same."""


class BadRequest(ClientException):
    """The request is malformed: no browser sends it from our pages."""


class BodyTooLarge(HTTPException):
    """More was sent than the route takes."""

    status_code = 413

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(detail="body too large")


class ExpiredForm(PermissionDeniedException):
    """The token of the form is missing or not this session's: an old page, or another site's."""


class TooMany(TooManyRequestsException):
    """Too many tries; later ones will be taken."""

    def __init__(self, retry_after: int = 900) -> None:
        self.retry_after = retry_after
        super().__init__(detail="too many requests", headers={"Retry-After": str(retry_after)})


class SignInNeeded(Exception):  # noqa: N818  reads as the fact it states
    """Who asks must sign in first; `url` is the page to send them to, `lost` says that they were sending something."""

    def __init__(self, url: str, *, lost: bool = False) -> None:
        self.url, self.lost = url, lost
        super().__init__(url)


class NotNow(HTTPException):
    """The person may see this dossier, but its phase does not allow what was asked."""

    status_code = 409

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        super().__init__(detail="not in this phase")
