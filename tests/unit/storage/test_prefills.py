"""What sources said of a dossier is kept field by field, the latest word in the place of the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from databases import each_database
from guichet.model.records import Prefilled
from guichet.storage import Store, Tx, prefills
from stored import a_dossier


def said(tx: Tx, dossier: str, field: str = "naf", **changes: object) -> Prefilled:
    plain = Prefilled(
        dossier, field, "insee", "naf", "given", "49.10Z", {"fr": "l'Insee", "en": "Insee"}, date(2020, 4, 12),
        "told", tx.now, tx.real_now,
    )  # fmt: skip
    return replace(plain, **changes)


@each_database
def test_the_latest_word_takes_the_place_of_the_one_before(store: Store) -> None:
    def act(tx: Tx) -> str:
        dossier = a_dossier(tx).id
        prefills.keep(tx, [said(tx, dossier), said(tx, dossier, "adresse", value={"city": "Rennes"})])
        prefills.keep(tx, [said(tx, dossier, state="not_known", value=None)])
        return dossier

    dossier = store.act(act)
    found = store.read(lambda tx: prefills.of_dossier(tx, dossier))
    assert {name: (one.state, one.value) for name, one in found.items()} == {
        "naf": ("not_known", None),
        "adresse": ("given", {"city": "Rennes"}),
    }
    assert found["adresse"].provider == {"fr": "l'Insee", "en": "Insee"}
    assert found["adresse"].as_of == date(2020, 4, 12)


@each_database
def test_some_fields_are_forgotten_and_others_stay(store: Store) -> None:
    def act(tx: Tx) -> str:
        dossier = a_dossier(tx).id
        prefills.keep(tx, [said(tx, dossier), said(tx, dossier, "adresse")])
        prefills.forget(tx, dossier, ["naf"])
        prefills.forget(tx, dossier, [])
        return dossier

    dossier = store.act(act)
    assert set(store.read(lambda tx: prefills.of_dossier(tx, dossier))) == {"adresse"}
