"""What a token of the HTTP API may do."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["VERBS", "Verb"]

Verb = Literal["submit", "read", "read_answers", "read_bank_account", "read_payment"]
"""`submit` files dossiers and follows those it filed; `read` follows all of them; the others show more of them."""

VERBS: tuple[Verb, ...] = get_args(Verb)
