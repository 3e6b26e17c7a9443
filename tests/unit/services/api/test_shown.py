"""What a token that reads payments is shown of them: sums and states, never an account."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from databases import sqlite_url
from guichet.model.api import VERBS, Verb
from guichet.model.records import ApiToken
from guichet.services import payment_orders
from guichet.services.api.shown import Shower
from guichet.storage import Tx
from worked import ANSWERS, a_filed_dossier, an_instance, decided

NOW = datetime(2020, 4, 20, tzinfo=UTC)
TOKEN = ApiToken("t", "x", "h", ("reg-53",), (), VERBS, 600, NOW, NOW + timedelta(days=1), None, None)


def test_payments_are_sums_and_states(tmp_path: Path) -> None:
    with an_instance(tmp_path, sqlite_url(tmp_path)) as cases:
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

        def act(tx: Tx) -> None:
            granted = decided(cases, tx, dossier, cents=200_050)
            payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)

        cases.store.act(act)

        def shown(*verbs: Verb) -> dict[str, object]:
            token = replace(TOKEN, verbs=verbs)
            return dict(cases.store.read(lambda tx: Shower(cases, tx, token).one(current(tx))))

        def current(tx: Tx):
            from guichet.storage import dossiers

            return dossiers.by_id(tx, dossier.id)

        paid = shown("read", "read_payment")
        (order,) = paid["payments"]  # pyright: ignore[reportGeneralTypeIssues]  a list of one
        assert (order["amount"], order["state"], order["instalment"]) == ("2000.50", "ordered", 1)
        assert paid["granted_amount"] == "2000.50"
        assert str(ANSWERS["iban"]) not in json.dumps(paid, default=str)
        assert str(ANSWERS["titulaire"]) not in json.dumps(paid, default=str)
        assert "payments" not in shown("read", "read_answers")
        assert str(ANSWERS["iban"]) in json.dumps(shown("read", "read_answers", "read_bank_account"), default=str)
