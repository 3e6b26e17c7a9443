"""How a granted sum becomes a payment order, and the envelope it is taken from."""

from __future__ import annotations

from typing import Any, Literal

from guichet.model.base import Value
from guichet.model.types import Cents, Identifier, Text


class Payee(Value):
    """Which fields of the form say who is paid, and where."""

    name: Identifier
    """The field that holds the account holder's name."""
    iban: Identifier
    """The field that holds the account."""
    bic: Identifier | None = None
    """The field that holds its BIC."""


class PluginUse(Value):
    """A plugin chosen by key, with the options it declares."""

    plugin: Identifier
    """The plugin's key."""
    options: dict[str, Any] = {}
    """Its options."""


class WriteBackUse(PluginUse):
    """Another software that is told each decision: the one where the applicant filed."""

    number: Identifier
    """The field that holds the dossier's number there; a dossier without one is not told."""


class Payment(Value):
    """The road of the money: payee, writer of the daily files, delivery, imputation, what comes back."""

    payee: Payee
    """Who is paid."""
    writer: PluginUse
    """The payment writer that makes the day's file."""
    delivery: PluginUse
    """How the file leaves."""
    label: Text
    """The label of the transfer, with placeholders."""
    imputation: dict[str, Text] = {}
    """Accounting references, opaque strings; a territory's payer may replace them."""
    imputations: dict[Identifier, dict[str, Text]] = {}
    """Amount → its own references, over those of `imputation`: the file then has a line for each amount of an order."""
    details: dict[Identifier, Identifier] = {}
    """Name → field: what else the columns of the file may quote of the payee, as `{name}`."""
    facts: tuple[Identifier, ...] = ()
    """The fields, definitions and amounts from which the sum follows, shown in the statement of sums due."""
    paid_by: Text = ""
    """The body that pays from a bank account of its own; left out, the territory's public accountant pays."""
    signed_by: Identifier | None = None
    """The signatory of the statement of sums due; left out, the issuer of the decision."""
    returns: PluginUse | None = None
    """The return reader of what the accountant, or the finance software, answers."""


class Envelope(Value):
    """The budget, where there is one. An aid of right only alerts when it is spent."""

    ceiling: Cents
    """The sum that may be committed."""
    across: Literal["territory", "all_territories"] = "territory"
    """One budget for each territory, or one for all."""
    when_spent: Literal["wait", "alert"] = "wait"
    """`wait`: a grant without funds waits its turn; `alert`: it is granted, and agents are alerted."""
