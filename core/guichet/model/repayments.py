"""How an advance is paid back."""

from __future__ import annotations

from guichet.model.base import Value
from guichet.model.types import Duration, Text


class Repayment(Value):
    """The schedule of a repayable advance, without interest: a grace, then equal instalments."""

    grace: Duration
    """How long after the day of the decision the first instalment is due."""
    over: Text
    """From the first instalment to the end of the last one's period: a duration, or the name of a definition of one."""
    every: Duration
    """The time between two instalments."""
    legal: Text = ""
    """The article it comes from."""
    unverified: Text = ""
    """Why the sources do not settle it, shown by `guichet check`."""
