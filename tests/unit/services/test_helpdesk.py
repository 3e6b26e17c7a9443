"""The helpdesk: finds a dossier, says where it stands, notes calls; never what only instruction may know."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from guichet.services.dossier_search import find_for_agent
from guichet.services.helpdesk import HelpdeskView, note_call, read_for_helpdesk, search_for_helpdesk
from guichet.services.messages import write_as_agent
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, agents, exchanges, journal
from instructing import a_siret, dossiers_to_instruct, instructing
from worked import SCHEME


def test_the_search_finds_by_reference_siren_name_and_address(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (one,) = dossiers_to_instruct(cases, email="Anne.Martin@exemple.fr")
        dossiers_to_instruct(cases, first=2, email="bob@exemple.fr")
        spaced = f"{one.reference[:4].lower()} {one.reference[4:]}"

        for text in (one.reference, spaced, a_siret(1)[:9], "atelier 1", "anne.martin@exemple.fr"):
            found = search_for_helpdesk(cases, people.helpdesk, text)
            assert [hit.dossier.id for hit in found] == [one.id], text
        assert search_for_helpdesk(cases, people.helpdesk, "  ") == ()


def test_a_misspelt_name_is_answered_by_near_ones_and_says_so(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (one,) = dossiers_to_instruct(cases)

        (hit,) = search_for_helpdesk(cases, people.helpdesk, "ateleir")
        assert (hit.dossier.id, hit.near) == (one.id, True)
        with pytest.raises(NotFound):
            search_for_helpdesk(cases, people.stranger, "ateleir")


def test_it_finds_nothing_of_another_territory(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (theirs,) = dossiers_to_instruct(cases, territory="reg-28")

        assert search_for_helpdesk(cases, people.helpdesk, theirs.reference) == ()
        with pytest.raises(NotFound):
            read_for_helpdesk(cases, people.helpdesk, theirs.reference)


def test_dossiers_of_other_schemes_push_none_of_theirs_out_of_the_answer(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        others = dossiers_to_instruct(cases, 3)
        (theirs,) = dossiers_to_instruct(cases, territory="reg-28")

        def act(tx: Tx) -> None:
            body = agents.ensure_organisation(tx, territory="reg-28", body="region", name="Région")
            who = {"agent_id": people.helpdesk, "organisation_id": body.id}
            agents.assign(tx, role="helpdesk", territory="reg-28", scheme=SCHEME, **who)
            agents.assign(tx, role="instructor", territory="reg-28", scheme=SCHEME, **who)
            agents.assign(tx, role="admin", territory="reg-53", scheme="another", **who)

        cases.store.act(act)
        assert len({one.title for one in others} & {theirs.title}) == 1
        (found,) = find_for_agent(cases, people.helpdesk, theirs.title, limit=1)
        assert found[0].id == theirs.id


@pytest.mark.parametrize("who", ["instructor", "decider", "finance", "stranger"])
def test_only_the_helpdesk_has_its_page(tmp_path: Path, who: str) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        with pytest.raises(NotFound):
            read_for_helpdesk(cases, getattr(people, who), dossier.reference)
        with pytest.raises(NotFound):
            note_call(cases, getattr(people, who), dossier.reference, "Bonjour")


def test_a_call_is_noted_with_who_and_when(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        note_call(cases, people.helpdesk, dossier.reference, " Demande le délai. ")

        (answered,) = read_for_helpdesk(cases, people.helpdesk, dossier.reference).calls
        assert (answered.by, answered.call.note) == ("Loïc Perrot", "Demande le délai.")
        kinds = [event.kind for event in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert kinds[-1] == "call_noted"
        with pytest.raises(Refused):
            note_call(cases, people.helpdesk, dossier.reference, "  ")
        assert len(cases.store.read(lambda tx: exchanges.calls(tx, dossier.id))) == 1


def test_the_view_holds_no_account_no_amount_and_no_opinion(tmp_path: Path) -> None:
    names = {one.name for one in fields(HelpdeskView)}

    assert not names & {"opinions", "orders", "attachments", "documents", "explanation", "assessment"}


def test_the_helpdesk_writes_to_nobody(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        with pytest.raises(NotFound):
            write_as_agent(cases, people.helpdesk, dossier.id, "Bonjour")
        with pytest.raises(Refused):
            write_as_agent(cases, people.finance, dossier.id, "Bonjour")
