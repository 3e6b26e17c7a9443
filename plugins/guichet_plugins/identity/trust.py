"""What must hold of what a provider signs; each check is small, named, and tried by an attack of its own."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import new as new_hash
from hmac import compare_digest
from typing import Any

from guichet import Refused

__all__ = ["CHECKS", "BadSettings", "Checks", "Distrusted", "Expected", "ForPerson", "for_person", "require"]

Said = Mapping[str, Any]


class ForPerson(Refused):
    """A refusal whose sentence is written for who signs in; any other speaks to the operator and is only logged."""


class BadSettings(ForPerson):
    """The installation cannot ask the provider as it is set; the log says what to mend."""

    def __init__(self, error: Refused) -> None:
        super().__init__(
            fr="Cette installation n’est pas bien réglée pour ce service d’identité. Connectez-vous autrement.",
            en="This installation is not well set for this identity service. Sign in another way.",
        )
        self.error = error

    def __str__(self) -> str:
        return str(self.error)


@contextmanager
def for_person() -> Iterator[None]:
    """Keep what speaks to the operator from being read by who signs in."""
    try:
        yield
    except ForPerson:
        raise
    except Refused as error:
        raise BadSettings(error) from error


class Distrusted(ForPerson):
    """What came from the provider cannot be believed; `check` says which check refused it, for the log."""

    def __init__(self, check: str) -> None:
        super().__init__(
            fr="La réponse du service d’identité n’a pas pu être vérifiée. Recommencez ; si cela se répète, "
            "connectez-vous par courriel.",
            en="What the identity service answered could not be verified. Start again; if it happens again, "
            "sign in by e-mail.",
        )
        self.check = check

    def __str__(self) -> str:
        return f"answer not believed: {self.check}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What this sign-in lets the provider say."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    now: datetime
    tolerance_s: int
    is_enough: Callable[[str], bool]
    """Whether a level is at least one that was asked for."""
    access_token: str = field(repr=False)
    algorithm: str = ""


Checks = Mapping[str, Callable[[Said, Expected], bool]]


def require(said: Said, expected: Expected, checks: Checks, names: tuple[str, ...]) -> None:
    """Raise Distrusted, naming the first check that does not hold; one that is not among `checks` is not made."""
    for name in names:
        if name in checks and not checks[name](said, expected):
            raise Distrusted(name)


def _issuer(said: Said, expected: Expected) -> bool:
    return said.get("iss") == expected.issuer


def _audience(said: Said, expected: Expected) -> bool:
    """This site alone, or this site among others when the token says it was made for it."""
    audience = said.get("aud")
    if isinstance(audience, str):
        return audience == expected.client_id
    if not isinstance(audience, list) or expected.client_id not in audience:
        return False
    return audience == [expected.client_id] or said.get("azp") == expected.client_id


def _authorised_party(said: Said, expected: Expected) -> bool:
    return said.get("azp", expected.client_id) == expected.client_id


def _expiry(said: Said, expected: Expected) -> bool:
    end = _instant(said, "exp")
    return end is not None and expected.now.timestamp() < end + expected.tolerance_s


def _issue(said: Said, expected: Expected) -> bool:
    """A token is made when it is asked for, which was now: its age tells how far apart the clocks are."""
    made = _instant(said, "iat")
    return made is not None and abs(expected.now.timestamp() - made) <= expected.tolerance_s


def _start(said: Said, expected: Expected) -> bool:
    start = _instant(said, "nbf") if "nbf" in said else 0
    return start is not None and start <= expected.now.timestamp() + expected.tolerance_s


def _nonce(said: Said, expected: Expected) -> bool:
    nonce = said.get("nonce")
    return isinstance(nonce, str) and compare_digest(nonce.encode(), expected.nonce.encode())


def _level(said: Said, expected: Expected) -> bool:
    level = said.get("acr", "")
    return isinstance(level, str) and expected.is_enough(level)


def _access_token(said: Said, expected: Expected) -> bool:
    """OpenID Connect Core 3.1.3.6: the left half of the digest of the access token, when the provider gives it."""
    if "at_hash" not in said:
        return True
    digest = new_hash(f"sha{expected.algorithm[2:]}", expected.access_token.encode()).digest()
    mine = urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")
    return isinstance(said["at_hash"], str) and compare_digest(said["at_hash"].encode(), mine.encode())


def _subject(said: Said, expected: Expected) -> bool:  # noqa: ARG001  a subject is looked at alone
    subject = said.get("sub")
    return isinstance(subject, str) and 0 < len(subject) <= 255 and subject.isascii() and subject.isprintable()


def _instant(said: Said, name: str) -> int | None:
    """A number of seconds; a token that writes it otherwise says nothing."""
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


CHECKS: Checks = {
    "iss": _issuer,
    "aud": _audience,
    "azp": _authorised_party,
    "exp": _expiry,
    "iat": _issue,
    "nbf": _start,
    "nonce": _nonce,
    "acr": _level,
    "at_hash": _access_token,
    "sub": _subject,
}
