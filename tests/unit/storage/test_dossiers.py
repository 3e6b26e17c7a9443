"""Dossiers are inserted once, found by those who may see them, and changed under a guarded revision."""

from __future__ import annotations

import pytest

from databases import SteppedClock, each_database
from guichet.model.records import Dossier
from guichet.storage import Store, Tx, dossiers
from guichet.storage.errors import NotFoundError, StaleDossier
from stored import a_dossier, a_snapshot


@each_database
def test_a_dossier_is_read_back_as_it_was_written(store: Store) -> None:
    answers = {"effectif": 3, "secteur": "s1", "ca_mensuel_moyen": 1_234_50, "lignes": ({"mois": "2020-03"},)}
    made = store.act(lambda tx: a_dossier(tx, answers=answers, practice=True, columns={"besoin": 200_000}))

    assert store.read(lambda tx: dossiers.by_id(tx, made.id)) == made
    assert made.answers["lignes"] == ({"mois": "2020-03"},)


@each_database
def test_the_second_of_two_agents_learns_who_came_first(store: Store, clock: SteppedClock) -> None:
    seen = store.act(a_dossier)
    clock.move(minutes=3)
    first = clock.now()
    store.act(lambda tx: dossiers.save(tx, seen, by="Maëlle Kerbrat", stage="decision"))
    clock.move(minutes=1)

    with pytest.raises(StaleDossier) as refused:
        store.act(lambda tx: dossiers.save(tx, seen, by="Yann Le Bihan", stage="opinion"))

    assert (refused.value.by, refused.value.at) == ("Maëlle Kerbrat", first)
    assert store.read(lambda tx: dossiers.by_id(tx, seen.id)).stage == "decision"


@each_database
def test_a_saved_dossier_is_the_one_read_back(store: Store) -> None:
    seen = store.act(a_dossier)

    saved = store.act(lambda tx: dossiers.save(tx, seen, by="agent", phase="decided", end="granted", granted_cents=1))

    assert saved.revision == 2
    assert store.read(lambda tx: dossiers.by_id(tx, seen.id)) == saved


def test_a_reference_is_found_as_a_person_types_it(store: Store) -> None:
    made = store.act(a_dossier)
    typed = f"{made.reference[:5]}-{made.reference[5:]}".lower().replace("0", "o")

    assert store.read(lambda tx: dossiers.by_reference(tx, typed)) == made


def test_outside_the_territories_a_dossier_is_not_there(store: Store) -> None:
    made = store.act(a_dossier)

    assert store.read(lambda tx: dossiers.by_reference(tx, made.reference, territories=["reg-84"])) is None
    assert store.read(lambda tx: dossiers.find(tx, "le goff", places=[("reg-84", None)])) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "le goff",
            "LE GÖFF",
            "732829320",
            "732 829 320",
            "73282932000074",
            "7328 2932",
            "Anne@exemple.fr",
            "anne@ex",
        ),
        *("Durand", "Madame Durand", "jean francois", "Jean-François", "O Brien", "o’brien", "02 99 00"),
    ],
)
def test_the_helpdesk_finds_a_dossier_by_what_the_caller_says(store: Store, text: str) -> None:
    payee, phone = "Mlle Durand Jean-François O'Brien", {"joindre_au": "+33299000001"}
    made = store.act(lambda tx: a_dossier(tx, payee=payee, answers=phone))

    assert store.read(lambda tx: dossiers.find(tx, text, places=[("reg-53", None)])) == [made]


@pytest.mark.parametrize("text", ["02 99 00 00 01", "02.99.00.00.01", "+33 2 99 00 00 01", "0033299000001"])
def test_the_helpdesk_finds_a_dossier_by_a_telephone_number_however_it_is_said(store: Store, text: str) -> None:
    made = store.act(lambda tx: a_dossier(tx, answers={"associes": [{"portable": "+33299000001"}]}))
    store.act(lambda tx: a_dossier(tx, answers={"joindre_au": "+33299000002"}))

    found = store.read(lambda tx: dossiers.find(tx, text, places=[("reg-53", None)]))
    assert [one.id for one in found] == [made.id]


def test_a_reference_is_found_in_a_line_of_a_bank_statement(store: Store) -> None:
    made = store.act(a_dossier)

    line = f"VIR AIDE URGENCE DEPT 74 {made.reference.lower()}"
    assert store.read(lambda tx: dossiers.find(tx, line, places=[("reg-53", None)])) == [made]


@pytest.mark.parametrize("text", ["anne", "nne@exemple.fr", "@exemple.fr", "anne@ exemple.fr"])
def test_an_address_is_not_fished_for_by_its_end_or_by_a_few_letters(store: Store, text: str) -> None:
    store.act(a_dossier)

    assert store.read(lambda tx: dossiers.find(tx, text, places=[("reg-53", None)])) == []


def test_a_percent_sign_in_the_search_box_matches_nothing_by_magic(store: Store) -> None:
    store.act(a_dossier)

    assert store.read(lambda tx: dossiers.find(tx, "%", places=[("reg-53", None)])) == []


def test_drafts_are_not_shown_to_agents(store: Store) -> None:
    store.act(lambda tx: a_dossier(tx, phase="draft", stage=None, filed_at=None))

    assert store.read(lambda tx: dossiers.find(tx, "goff", places=[("reg-53", None)])) == []
    assert store.read(lambda tx: dossiers.same_siren(tx, "fds-volet-2", "732829320")) == []


def test_other_dossiers_of_the_same_company_and_account_are_found(store: Store) -> None:
    def two(tx: Tx) -> tuple[Dossier, Dossier]:
        return a_dossier(tx, iban_hash="a"), a_dossier(tx, iban_hash="a", territory="reg-84", siren="552100554")

    one, other = store.act(two)

    assert store.read(lambda tx: dossiers.same_iban(tx, "a")) == [one, other]
    assert store.read(lambda tx: dossiers.same_siren(tx, "fds-volet-2", "552100554")) == [other]
    assert store.read(lambda tx: dossiers.by_account(tx, str(one.account))) == [other, one]


def test_an_unknown_id_is_an_error(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.read(lambda tx: dossiers.by_id(tx, "nothing"))


def test_a_draft_has_blank_values(store: Store) -> None:
    def start(tx: Tx) -> Dossier:
        return dossiers.start(tx, scheme="s", territory="reg-53", snapshot_hash=a_snapshot(tx), by="anne")

    made = store.act(start)

    assert (made.phase, made.answers, made.revision, made.title) == ("draft", {}, 1, "")
