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
    OutgoingFile,
    PaymentOrder,
    ScreenAsked,
)
from guichet.testing import a_context, a_letter, an_order
from worked import the_plugins

__all__ = ["CALLS"]


def an_imputed_order() -> PaymentOrder:
    """An order with something in it that can be changed."""
    return an_order(imputation={"ej": "1", "poste": "2"})


def chosen(family: str, key: str, **declared: Any) -> Any:
    """The options of a shipped object, as a declaration gives them."""
    return getattr(the_plugins(), family)[key].Options.model_validate(declared)


CSV = {"separator": ";", "encoding": "utf-8", "decimal_mark": ","}
A_HEADER = BatchHeader(id="B-1", number=1, date=date(2020, 4, 20), scheme="aide", territory="reg-53")
CALLS: dict[str, tuple[str, str, Any]] = {
    "rule_functions": ("siren", "call", lambda: ("55204944776279",)),
    "field_types": (
        "money",
        "parse",
        lambda: ("12", chosen("field_types", "money"), a_context(secrets={"a": "b"})),
    ),
    "list_sources": (
        "csv",
        "rows",
        lambda: (
            io.BytesIO(b"siren;reference\n1;a\n"),
            "siren",
            {"reference": "text"},
            chosen("list_sources", "csv", **CSV),
            a_context(),
        ),
    ),
    "payment_writers": (
        "chorus_pivot",
        "write",
        lambda: (
            A_HEADER,
            [an_imputed_order()],
            chosen(
                "payment_writers",
                "chorus_pivot",
                **CSV,
                dates="jj/mm/aaaa",
                columns={"lot": "{batch}", "numero_dp": "{order}", "montant": "{amount}", "poste": "{poste}"},
            ),
            a_context(),
        ),
    ),
    "deliveries": (
        "folder",
        "deliver",
        lambda: (OutgoingFile("a.csv", b"a"), chosen("deliveries", "folder"), a_context()),
    ),
    "notification_channels": (
        "email",
        "send",
        lambda: (
            Message("M-1", "a@exemple.fr", "S", "B", (Attached("a.pdf", "x/y", b"z"),)),
            chosen("notification_channels", "email"),
            a_context(),
        ),
    ),
    "document_renderers": (
        "typst_letter",
        "render",
        lambda: (a_letter(), chosen("document_renderers", "typst_letter"), a_context()),
    ),
    "exporters": (
        "csv",
        "write",
        lambda: ([ExportColumn("A")], iter([("x",)]), io.BytesIO(), chosen("exporters", "csv"), a_context()),
    ),
    "write_backs": (
        "demarches_simplifiees",
        "write_back",
        lambda: (
            DecisionTold("D-1", "12", "7K3M9QXW2F", "granted", "", date(2020, 4, 20)),
            chosen("write_backs", "demarches_simplifiees", demarche="7", token="secret:ds", instructor="I-1"),
            a_context(secrets={"ds": "any"}),
        ),
    ),
    "data": ("state_aid", "declarations", tuple),
    "return_readers": (
        "finance_return",
        "lines",
        lambda: (
            io.BytesIO("ref;etat;jour\r\nP-1;payé;20/04/2020\r\n".encode()),
            chosen(
                "return_readers",
                "finance_return",
                **CSV,
                dates="jj/mm/aaaa",
                columns={"order": "ref", "status": "etat", "date": "jour"},
                statuses={"payé": "paid"},
            ),
            a_context(),
        ),
    ),
    "prefill_sources": (
        "api_entreprise",
        "ask",
        lambda: (
            frozenset({"name"}),
            {"siret": "55204944776279"},
            the_plugins().prefill_sources["api_entreprise"].Use.model_validate({"object": "essai"}),
            chosen("prefill_sources", "api_entreprise", token="secret:t", recipient="22740001700074", context="x"),
            a_context(secrets={"t": "any"}),
        ),
    ),
    "screens": (
        "outside_calls",
        "show",
        lambda: (ScreenAsked("reg-53"), chosen("screens", "outside_calls"), a_context()),
    ),
    "identity_providers": (
        "oidc",
        "door",
        lambda: (
            chosen(
                "identity_providers",
                "oidc",
                base_url="https://qui.exemple.fr",
                client_id="guichet",
                client_secret="secret:oidc",
            ),
            a_context(secrets={"oidc": "any"}),
        ),
    ),
}
"""Hook → a shipped object, a method of its contract, fresh arguments."""
