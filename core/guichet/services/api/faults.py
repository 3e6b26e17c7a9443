"""Why a request of the API is refused, part by part: where in the body, and the sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guichet.locale import Language, Texts
from guichet.services.refusals import Refused

__all__ = ["BodyRefused", "Fault", "KeyReused", "MalformedBody", "pointer_to", "sorted_faults"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong part of a body: a JSON pointer (RFC 6901), a stable code, and a sentence."""

    pointer: str
    code: str
    detail: str


class MalformedBody(Refused):
    """The body is no JSON that can be taken; nothing more can be said of it."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(f"malformed_{code}", **data)


class BodyRefused(Refused):
    """The body is JSON, and some of what it says cannot be taken."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("body_refused", count=len(self.faults))


class KeyReused(Refused):
    """The idempotency key came before with another body."""

    def __init__(self) -> None:
        super().__init__("key_reused")


def pointer_to(*parts: str | int) -> str:
    """Give the JSON pointer of a part of a body.

    >>> pointer_to("answers", "dettes", 0, "a/b")
    '/answers/dettes/0/a~1b'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def sorted_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Give the first fault of each place, by place."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.pointer, fault)
    return tuple(first[pointer] for pointer in sorted(first))


def a_fault(pointer: str, code: str, language: Language, **values: object) -> Fault:
    """Give a fault whose sentence is a text of the API's own."""
    return Fault(pointer, code, Texts(language)(f"api.fault_{code}", **values))
