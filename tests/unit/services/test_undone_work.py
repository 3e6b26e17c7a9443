"""What was owed for a dossier and given up is read beside it, by who may read it, until it is done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guichet.model.records import Dossier, PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.dossier_views import read_dossier
from guichet.services.refusals import NotFound
from guichet.services.undone_work import undone_of
from guichet.storage import Tx, dossiers, outbox
from instructing import an_agents_browser, dossiers_to_instruct, instructing
from paying import ordered


def given_up(cases: UseCases, kind: str, **payload: object) -> None:
    """A duty of this kind that is tried no more."""

    def act(tx: Tx) -> None:
        made = outbox.put(tx, kind, payload)
        (held,) = [one for one in outbox.claim(tx, "one", limit=1000, kinds=[kind]) if one.id == made]
        outbox.bury(tx, held, "boom")

    cases.store.act(act)


def revived(cases: UseCases) -> None:
    for one in cases.store.read(outbox.dead):
        cases.store.act(lambda tx, one=one: outbox.revive(tx, one.id))


def undone(cases: UseCases, agent: str, dossier: Dossier) -> tuple[str, ...]:
    return read_dossier(cases, agent, dossier.reference).undone


def test_a_letter_that_never_left_is_read_beside_its_dossier_and_no_other(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        mine, other = dossiers_to_instruct(cases, 2)
        given_up(cases, "letter", dossier=mine.id, decision="one")
        given_up(cases, "receipt", dossier=mine.id)
        given_up(cases, "letter", dossier=other.id[:-1], decision=mine.id)
        assert undone(cases, people.instructor, mine) == ("receipt", "letter")
        assert undone(cases, people.instructor, other) == ()
        with pytest.raises(NotFound):
            read_dossier(cases, people.stranger, mine.reference)
        revived(cases)
        assert undone(cases, people.instructor, mine) == ()


def test_the_page_says_what_was_not_done_and_what_to_do_in_both_languages(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people), an_agents_browser(cases, people.instructor) as browser:
        (mine,) = dossiers_to_instruct(cases)
        page = f"/agents/dossiers/{mine.reference}"
        assert "guichet worker" not in browser.client.get(page).text
        given_up(cases, "letter", dossier=mine.id, decision="one")
        french, english = browser.client.get(page).text, browser.client.get(f"{page}?lang=en").text
        assert "Le courrier de la décision n’est jamais parti" in french
        assert "guichet worker --drain --revive" in french
        assert "The letter of the decision never left" in english
        assert "boom" not in french + english  # what a plugin said may hold anything


def test_the_helpdesk_reads_that_a_letter_is_not_on_its_way(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people), an_agents_browser(cases, people.helpdesk) as browser:
        (mine,) = dossiers_to_instruct(cases)
        given_up(cases, "letter", dossier=mine.id, decision="one")
        page = browser.client.get(f"/agents/accueil/{mine.reference}")
        assert (page.status_code, "Le courrier de la décision n’est jamais parti" in page.text) == (200, True)


def test_a_payment_file_that_did_not_leave_is_read_beside_each_dossier_it_pays(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, _):
        order = ordered(cases)
        dossier = cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))
        given_up(cases, "pay", scheme=order.scheme, territory="reg-28", day="2020-04-21")

        def told(now: PaymentOrder) -> tuple[str, ...]:
            return cases.store.read(lambda tx: undone_of(tx, dossier, [now]))

        assert told(order) == ()
        given_up(cases, "pay", scheme=order.scheme, territory=order.territory, day="2020-04-21")
        given_up(cases, "deliver_batch", batch="batch-1")
        assert told(order) == ("pay",)
        assert told(replace(order, batch="batch-1")) == ("deliver_batch",)
        assert told(replace(order, batch="batch-2", state="transmitted")) == ()
