"""What stops a request of the API, besides what stops any request."""

from __future__ import annotations

from collections.abc import Collection

from litestar.exceptions import HTTPException

from guichet.model.api import Verb

__all__ = ["Forbidden", "KeyNeeded", "TooFast", "Unauthorised", "WrongMediaType"]


class Unauthorised(HTTPException):
    """No token, or one that is worth nothing: both answer alike."""

    status_code = 401


class Forbidden(HTTPException):
    """The token reaches this place, and does not allow this."""

    status_code = 403

    def __init__(self, verbs: Collection[Verb]) -> None:
        self.verbs = tuple(sorted(verbs))
        super().__init__(detail="not allowed by the token")


class WrongMediaType(HTTPException):
    """The body is not of the type that the route takes."""

    status_code = 415

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(detail="media type")


class KeyNeeded(HTTPException):
    """A filing came without an idempotency key that can be kept."""

    status_code = 400


class TooFast(HTTPException):
    """The token made all the requests of its minute."""

    status_code = 429

    def __init__(self, limit: int, seconds: int) -> None:
        self.limit, self.seconds = limit, seconds
        super().__init__(detail="too many requests", headers={"Retry-After": str(seconds)})
