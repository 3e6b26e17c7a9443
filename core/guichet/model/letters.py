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


class Notice(Value):
    """A message to the applicant."""

    subject: Text
    """The subject line."""
    text: Identifier
    """The id of an entry of `texts`."""
