"""How an advance is paid back."""

from __future__ import annotations

from guichet.model.base import Value
from guichet.model.types import Duration, Text


class Repayment(Value):
    """The schedule of a repayable advance, without interest: a grace, then equal instalments.

    The last instalment takes the cents left over; none is of nothing: a sum of fewer cents than instalments is paid
    back in as many instalments as it has cents.
    """

    grace: Duration
    """How long after the day of the decision the first instalment is due."""
    over: Text
    """From the first instalment to the end of the last one's period: a duration, or the name of a definition of one."""
    every: Duration
    """The time between two instalments. The last one takes the cents left over, and none is of nothing."""
    legal: Text = ""
    """The article it comes from."""
    unverified: Text = ""
    """Why the sources do not settle it, shown by `guichet check`."""
