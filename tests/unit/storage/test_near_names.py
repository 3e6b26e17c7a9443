"""A name that a caller spells otherwise finds the dossiers of a near name, the nearest first, and nothing else."""

from __future__ import annotations

import pytest

from databases import each_database
from guichet.storage import Store, Tx, accounts
from guichet.storage.near_names import find_near
from stored import a_dossier


def near(store: Store, text: str, territory: str = "reg-53") -> list[str]:
    return [one.title for one in store.read(lambda tx: find_near(tx, text, places=[(territory, None)]))]


@each_database
def test_a_misspelt_name_finds_who_was_meant_and_the_nearest_come_first(store: Store) -> None:
    for title in ("Garnaud", "Granaux", "Boulangerie Quéméner", "Guilloteau"):
        store.act(lambda tx, title=title: a_dossier(tx, title=title, siren="", payee=""))

    assert near(store, "Granaud") == ["Garnaud", "Granaux"]
    assert near(store, "KEMENER") == ["Boulangerie Quéméner"]
    assert near(store, "boulangerie kémener") == ["Boulangerie Quéméner"]


@pytest.mark.parametrize("text", ["Dupont", "Gar", "gar@exemple.fr", "Garnaud 74", "%", ""])
def test_nothing_is_guessed_of_another_name_a_short_one_an_address_or_a_number(store: Store, text: str) -> None:
    store.act(lambda tx: a_dossier(tx, title="Garnaud", payee=""))

    assert near(store, text) == []


def test_a_near_name_is_not_looked_for_elsewhere_nor_among_drafts(store: Store) -> None:
    store.act(lambda tx: a_dossier(tx, title="Garnaud", phase="draft", stage=None, filed_at=None))

    assert near(store, "Granaud") == []
    assert near(store, "Granaud", territory="reg-84") == []


def test_an_address_whose_domain_is_misspelt_finds_who_signed_in_with_it(store: Store) -> None:
    def act(tx: Tx) -> None:
        own = accounts.ensure(tx, "anne.legoff@exemple.fr")
        a_dossier(tx, title="Garnaud", account=own.id)

    store.act(act)
    assert near(store, "Anne.Legoff@exmple.fr") == ["Garnaud"]
    assert near(store, "anne@exemple.fr") == []
