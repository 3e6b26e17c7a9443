"""One call of the contract of each hook, by which a hostile object is tried."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from guichet.plugin.contracts import (
    Attached,
    BatchHeader,
    DecisionTold,
    ExportColumn,
    Message,
    NoOptions,
    OutgoingFile,
    PaymentOrder,
    ScreenAsked,
)
from guichet.testing import a_context, a_letter, an_order

__all__ = ["CALLS"]


def an_imputed_order() -> PaymentOrder:
    """An order with something in it that can be changed."""
    return an_order(imputation={"ej": "1", "poste": "2"})


def an_export() -> tuple[Any, ...]:
    """A table of one cell, and where it goes."""
    return [ExportColumn("A")], iter([("x",)]), io.BytesIO(), NoOptions(), a_context()


A_HEADER = BatchHeader(id="B-1", number=1, date=date(2020, 4, 20), scheme="aide", territory="reg-53")
CALLS: dict[str, tuple[str, str, Any]] = {
    "rule_functions": ("siren", "call", lambda: ("55204944776279",)),
    "field_types": ("money", "parse", lambda: ("12", NoOptions(), a_context(secrets={"a": "b"}))),
    "list_sources": (
        "csv",
        "rows",
        lambda: (io.BytesIO(b"siren\n1\n"), "siren", {"reference": "text"}, NoOptions(), a_context()),
    ),
    "payment_writers": ("chorus_pivot", "write", lambda: (A_HEADER, [an_imputed_order()], NoOptions(), a_context())),
    "deliveries": ("folder", "deliver", lambda: (OutgoingFile("a.csv", b"a"), NoOptions(), a_context())),
    "notification_channels": (
        "email",
        "send",
        lambda: (Message("M-1", "a@exemple.fr", "S", "B", (Attached("a.pdf", "x/y", b"z"),)), NoOptions(), a_context()),
    ),
    "document_renderers": ("typst_letter", "render", lambda: (a_letter(), NoOptions(), a_context())),
    "exporters": (
        "csv",
        "write",
        an_export,
    ),
    "write_backs": (
        "demarches_simplifiees",
        "write_back",
        lambda: (DecisionTold("D-1", "12", "7K3M9QXW2F", "granted", "", date(2020, 4, 20)), NoOptions(), a_context()),
    ),
    "data": ("state_aid", "declarations", tuple),
    "return_readers": ("finance_return", "lines", lambda: (io.BytesIO(b"x"), NoOptions(), a_context())),
    "prefill_sources": (
        "base_adresse",
        "ask",
        lambda: (frozenset({"a"}), {"siret": "x"}, NoOptions(), NoOptions(), a_context()),
    ),
    "screens": ("outside_calls", "show", lambda: (ScreenAsked("reg-53"), NoOptions(), a_context())),
    "identity_providers": ("oidc", "door", lambda: (NoOptions(), a_context())),
}
"""Hook → a shipped object, a method of its contract, fresh arguments."""
