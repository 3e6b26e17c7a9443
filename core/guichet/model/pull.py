"""What a scheme says of dossiers filed in another software: the rows of a list become dossiers here."""

from __future__ import annotations

from guichet.model.base import Value
from guichet.model.types import Identifier, Text

__all__ = ["Pull"]


class Pull(Value):
    """Rows of a list of the territory's own, each of which becomes a dossier, filed once."""

    list: Identifier
    """The list whose rows are dossiers filed elsewhere; `across: territory`."""
    email: Identifier
    """The column of the applicant's address."""
    fields: dict[Identifier, Identifier]
    """Field of the form → column of the list."""
    values: dict[Identifier, dict[Text, Text]] = {}
    """Field → what a column says → what the field takes, for choices that are worded otherwise there."""
    files: dict[Identifier, Identifier] = {}
    """Field of the form → the place of the row's files that the list names; brought after the filing, one by one."""
    attested: tuple[Identifier, ...] = ()
    """What the other software made the applicant declare, among what the form asks to attest."""
