"""What a token of the HTTP API may do, and who may send dossiers."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

__all__ = ["VERBS", "Sender", "Verb"]

Verb = Literal["submit", "read", "read_answers", "read_bank_account", "read_payment"]
"""`submit` files dossiers and follows those it filed; `read` follows all of them; the others show more of them."""

VERBS: tuple[Verb, ...] = get_args(Verb)


class Sender(Protocol):
    """Who sends dossiers: a token of the API, or a list whose rows are dossiers."""

    @property
    def id(self) -> str:
        """What tells it apart, for keys and counts."""
        ...

    @property
    def name(self) -> str:
        """What the journal calls it."""
        ...
