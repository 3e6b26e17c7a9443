"""Forms that come after filing: what each is for, what must hold, and who settles it."""

from __future__ import annotations

from guichet.model.base import Value
from guichet.model.rules import Criterion
from guichet.model.types import Duration, Expression, Flag, Identifier, Text

__all__ = ["LATER_FORMS", "LaterForm"]

LATER_FORMS: tuple[str, ...] = ("new_iban", "payment_request", "extension", "appeal", "bank_account")
"""The forms after the application that the core knows what to do with."""


class LaterForm(Value):
    """How a form that comes after filing lives: its rules, and whether an agent accepts what is filed."""

    title: Text = ""
    """Its name, as people read it; left out, that of its first page."""
    text: Text = ""
    """What the applicant reads where it is asked: why, and what happens then."""
    criteria: dict[Identifier, Criterion] = {}
    """What must hold for it to be filed, each with the reason an applicant reads otherwise."""
    checked_by_agent: Flag = False
    """Whether an agent accepts or refuses what is filed; otherwise its rules alone do. An appeal always is."""
    due: Expression = ""
    """For a payment request: what its proofs make due, such as a rate of the justified cost. It reads this form's
    answers and the parameters, not those of the application."""
    pays: Identifier | None = None
    """For a payment request: which of several amounts is paid on proofs; left out, the whole grant is."""
    within: Duration | None = None
    """For a payment request: how long after the decision it may be filed; an accepted `extension` makes it longer."""
