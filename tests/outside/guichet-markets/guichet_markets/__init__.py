"""What guichet-markets gives to Guichet: each hook is called once, at start."""

from guichet import hookimpl
from guichet_markets.field_types import Licence
from guichet_markets.payment_writers import Ledger
from guichet_markets.rule_functions import MARKETS_LOST


@hookimpl
def register_field_types() -> list[object]:
    """Give the number of a licence."""
    return [Licence()]


@hookimpl
def register_rule_functions() -> list[object]:
    """Give the count of markets lost."""
    return [MARKETS_LOST]


@hookimpl
def register_payment_writers() -> list[object]:
    """Give the ledger."""
    return [Ledger()]
