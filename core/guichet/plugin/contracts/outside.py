"""Outside calls: what a plugin asks of a service elsewhere, through the one door the core keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from ssl import SSLContext, create_default_context
from typing import Any, Literal, NoReturn, Protocol, TypeVar

from guichet.plugin.contracts.saying_no import Refused, Unavailable

T = TypeVar("T")

CallOutcome = Literal["answered", "unavailable", "timeout", "no_connection", "reset", "too_big", "refused"]


@dataclass(frozen=True, slots=True)
class Pace:
    """What a service allows by its rules, for one whose replies do not say it: so many calls in so many seconds."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a service.

    Args:
        service: The family of limits and the name in the log (`api_entreprise`): one quota and one breaker each.
        url: Absolute; its host must be one the operator allows.
        purpose: Why it is asked, in words, for the call log. No personal data.
        params: Added to the address.
        timeout_s: How long one answer may take, from the first byte sent to the last received.
        patience_s: How long the call may wait for its turn when the service is short of quota.
        repeatable: Whether it may be sent again after a failure; when None, a GET or HEAD may.
        most_bytes: The longest answer taken.
        pace: What the service allows, where its replies do not say it.
    """

    service: str
    method: str
    url: str
    purpose: str
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    timeout_s: float = 10.0
    patience_s: float = 2.0
    repeatable: bool | None = None
    most_bytes: int = 16 * 1024 * 1024
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered: header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Give the body read as JSON, numbers with a decimal point as Decimal.

        Raises:
            Unavailable: The body is not JSON.
        """
        try:
            return json.loads(self.body, parse_float=Decimal, parse_constant=_refuse_constant)
        except (ValueError, RecursionError, InvalidOperation) as error:
            raise Unavailable(
                fr="Le service a répondu autre chose que du JSON.", en="The service answered something else than JSON."
            ) from error


class Outside(Protocol):
    """The door to other services: quota, retries and breaker are kept there, and each call is logged."""

    def ask(self, call: Call, read: Callable[[Reply], T]) -> T:
        """Send a call and give what `read` makes of the reply.

        `read` sees statuses below 500 but 429. It raises Unavailable for an answer that is none (an error in a 200).

        Raises:
            Refused: The host is not allowed, or the service redirects elsewhere.
            Unavailable: The service is silent, failing, out of quota, or failed too often to be asked now.
        """
        ...

    def check_line(self, host: str, port: int) -> None:
        """Raise Refused unless the operator allows `host:port`, for a protocol that the door itself does not speak."""
        ...

    def trust(self) -> SSLContext:
        """Give what checks the certificate of who is called by such a protocol: the operator's authorities count."""
        ...


class NoOutside:
    """The door of a moment without outside: it refuses every call."""

    def ask(self, call: Call, read: Callable[[Reply], T]) -> T:
        """Refuse."""
        raise Refused(
            fr=f"Aucun appel extérieur n'est possible ici (service « {call.service} »).",
            en=f'No outside call can be made here (service "{call.service}").',
        )

    def check_line(self, host: str, port: int) -> None:
        """Refuse."""
        raise Refused(
            fr=f"Aucun appel extérieur n'est possible ici (« {host}:{port} »).",
            en=f'No outside call can be made here ("{host}:{port}").',
        )

    def trust(self) -> SSLContext:
        """Give what believes the authorities of this machine alone."""
        return create_default_context()

    def within(self, territory: str = "", dossier: str = "") -> Outside:
        """Give itself, whoever asks."""
        return self


class OutsideDoor(Protocol):
    """Gives an Outside that knows for whom it asks, for the log."""

    def within(self, territory: str = "", dossier: str = "") -> Outside:
        """Give the door for a territory and a dossier."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A call as the log keeps it: who asked whom, why, and how it went; nothing of what was said."""

    at: datetime
    service: str
    host: str
    method: str
    purpose: str
    territory: str
    dossier: str
    outcome: CallOutcome
    status: int | None
    milliseconds: int
    breaker_open: bool = False
    """Whether this call made the service be left alone."""
    quota_left: int | None = None
    """The calls the service still allowed after it, where it said so."""
    quota_until: datetime | None = None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
