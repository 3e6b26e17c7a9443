"""How a granted sum becomes a payment order, and the envelope it is taken from."""

from __future__ import annotations

from typing import Any, Literal

from guichet.model.base import Value
from guichet.model.types import Cents, Identifier, Text


class Payee(Value):
    """Which fields of the form say who is paid, and where."""

    name: Identifier
    iban: Identifier
    bic: Identifier | None = None


class PluginUse(Value):
    """A plugin chosen by key, with the options it declares."""

    plugin: Identifier
    options: dict[str, Any] = {}


class Payment(Value):
    """The road of the money: payee, writer of the daily file, delivery, imputation."""

    payee: Payee
    writer: PluginUse
    delivery: PluginUse
    label: Text
    """The label of the transfer, with placeholders."""
    imputation: dict[str, Text] = {}
    """Accounting references, opaque strings; a territory's payer may replace them."""


class Envelope(Value):
    """The budget, where there is one. An aid of right only alerts when it is spent."""

    ceiling: Cents
    across: Literal["territory", "all_territories"] = "territory"
    when_spent: Literal["wait", "alert"] = "wait"
