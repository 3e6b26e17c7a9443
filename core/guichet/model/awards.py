"""An aid given without a request: dossiers made from a list."""

from __future__ import annotations

from guichet.model.base import Value
from guichet.model.types import Identifier


class Award(Value):
    """Dossiers made from a reference list, nobody filing: each row is one, told by its address."""

    list: Identifier
    """The reference list whose rows are awarded."""
    answers: dict[Identifier, Identifier]
    """Field of the application → column of the list that answers it."""
    email: Identifier
    """The column that holds the address of who is awarded: there they are told, and sign in to give an account."""
