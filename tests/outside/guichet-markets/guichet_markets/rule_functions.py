"""A function that rules may call: how many markets a stallholder lost between two days."""

from datetime import date

from guichet import DATE, INTEGER, Signature


def markets_lost(closed: date, reopened: date, a_week: int) -> int | None:
    """Give the whole weeks between two days times the markets a week; None when the days do not follow."""
    if reopened < closed or a_week < 0:
        return None
    return (reopened - closed).days // 7 * a_week


MARKETS_LOST = Signature(
    name="markets_lost",
    words={"fr": "marchés_perdus", "en": "markets_lost"},
    parameters=(DATE, DATE, INTEGER),
    returns=INTEGER,
    call=markets_lost,
    label={"fr": "les marchés perdus de {0} à {1}", "en": "the markets lost from {0} to {1}"},
)
