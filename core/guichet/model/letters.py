"""Letters (documents from a template) and notices (messages sent at an event)."""

from __future__ import annotations

from typing import Literal

from guichet.model.base import Value
from guichet.model.types import Identifier, Text

LetterEvent = Literal[
    "granted", "granted_in_part", "refused", "inadmissible", "dropped", "revoked", "transferred", "claimed"
]
NoticeEvent = Literal[
    "filed",
    "to_complete",
    "completed",
    "message",
    "decided",
    "waiting_for_funds",
    "payment_ordered",
    "payment_suspended",
    "payment_resumed",
    "payment_rejected",
    "new_iban",
    "new_iban_filed",
    "later_filed",
    "later_accepted",
    "later_refused",
    "paid",
]


MAIL = "email"
"""The key of the channel by which every message leaves."""


class Letter(Value):
    """A letter: the text that makes its body, its subject, and who signs."""

    subject: Text
    """The subject line."""
    text: Identifier
    """The id of an entry of `texts`."""
    renderer: Identifier = "typst_letter"
    """The key of the document renderer."""
    joint: Text = ""
    """A second sender named in the heading: the State and the Région notify together."""

    @property
    def texts(self) -> dict[tuple[str, ...], str]:
        """The text it names, by the path of the key that names it."""
        return {("text",): self.text}


class AlsoSent(Value):
    """The same event, told through another channel than mail."""

    to: Identifier
    """The field of the application that holds the address there, such as a telephone number."""
    text: Identifier
    """The id of an entry of `texts`."""


class Notice(Value):
    """A message to the applicant: a mail, and what else is sent at the same event."""

    subject: Text
    """The subject line."""
    text: Identifier
    """The id of an entry of `texts`."""
    also: dict[Identifier, AlsoSent] = {}
    """Other channels, by the key of their plugin, each with a message of its own."""

    @property
    def texts(self) -> dict[tuple[str, ...], str]:
        """The texts it names, by the path of the key that names each."""
        return {("text",): self.text, **{("also", key, "text"): one.text for key, one in self.also.items()}}
