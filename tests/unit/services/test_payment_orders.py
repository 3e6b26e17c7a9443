"""Orders made by decisions: whom to pay, exactly, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from guichet.services import payment_orders
from guichet.services.refusals import Refused
from guichet.storage import Tx, payment_runs
from guichet.storage import payments as orders
from guichet.storage.errors import AlreadyOrderedError
from paying import order_of_grant, ordered
from worked import a_filed_dossier, an_instance, decided


def test_an_order_names_the_holder_of_the_account_exactly(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        made = ordered(cases, answers={"titulaire": "SARL L'Étoile & Fils", "bic": "AGRIFRPP"})
        reference = cases.store.read(lambda tx: payment_runs.waiting(tx, [made]))[0].dossier
    assert (made.payee, made.iban, made.bic) == ("SARL L'Étoile & Fils", "FR7630006000011234567890189", "AGRIFRPP")
    assert (made.cents, made.siret, made.state) == (200_000, "73282932000074", "ordered")
    assert made.label == f"FDS VOLET 2 {reference}"


def test_nothing_is_ordered_for_practice_or_for_no_money(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        assert order_of_grant(cases, practice=True) is None
        assert order_of_grant(cases, cents=0) is None


def test_a_form_that_does_not_say_whom_to_pay_refuses_the_decision(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, pytest.raises(Refused) as refusal:
        ordered(cases, answers={"iban": None})
    assert refusal.value.code == "payee_missing"


@each_address
def test_an_instalment_is_ordered_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

        def act(tx: Tx) -> None:
            granted = decided(cases, tx, dossier)
            for _ in range(2):
                payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)

        with pytest.raises(AlreadyOrderedError):
            cases.store.act(act)
        assert cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id)) == []
