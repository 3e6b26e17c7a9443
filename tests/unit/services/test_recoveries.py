"""What was paid and is owed back: claimed once, by an act, and each receipt counted once; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from databases import each_address
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.paid_after_all import pay_after_all
from guichet.services.payments import run_payments
from guichet.services.recoveries import claim_back, claims_of, drop_claim, money_came_back, note_reimbursement
from guichet.services.refusals import NotFound, Refused
from guichet.services.suspensions import resume_payments
from guichet.storage import Tx, agents, erasure, journal
from guichet.storage import payments as orders
from guichet.storage import recoveries as stored
from guichet.storage.recoveries import Recovery
from instructing import People, an_agents_browser, an_applicants_browser, favourable, head_of_act
from paying import run_later
from revoking import committed, decide, granted, revoke
from worked import SCHEME

ON = date(2020, 4, 20)


@contextmanager
def paid_then_revoked(folder: Path, url: str | None = None) -> Iterator[tuple[UseCases, People, Dossier]]:
    """A grant of 2 000 € paid, then undone: the money is out."""
    with granted(folder, url) as (cases, people, dossier):
        run_payments(cases, ON)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))
        revoke(cases, people.decider, dossier)
        yield cases, people, dossier


def claim(cases: UseCases, agent: str, dossier: Dossier, cents: int, **changes: Any) -> Recovery:
    given: dict[str, Any] = {"number": "TR-1", "reason": "Décision retirée.", "day": cases.today("reg-53")} | changes
    head = ActHead(head_of_act(cases).signatory, given["number"], given["day"])
    return claim_back(cases, agent, dossier.reference, cents, given["reason"], head)


def back(cases: UseCases, agent: str, dossier: Dossier, made: Recovery, cents: int, receipt: str = "P503-1") -> int:
    on = cases.today("reg-53")
    return note_reimbursement(cases, agent, dossier.reference, made.id, cents, on, receipt).left_cents


@each_address
def test_money_that_comes_back_in_parts_frees_the_dossier_and_the_envelope_once(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 200_000)
        assert back(cases, people.decider, dossier, made, 50_000) == 150_000
        assert (committed(cases), decide(cases, people, dossier)) == (200_000, ["paid_before"])
        assert back(cases, people.decider, dossier, made, 150_000, "P503-2") == 0
        assert committed(cases) == 0
        assert decide(cases, people, dossier) == []
        assert committed(cases) == 200_000
        assert run_payments(cases, ON).lines == 1
        lines = cases.store.read(lambda tx: [one.kind for one in journal.page(tx, "reg-53")])
        assert (lines.count("recovery_claimed"), lines.count("recovery_reimbursed")) == (1, 2)


@each_address
def test_another_dossier_of_the_same_company_is_granted_once_the_money_is_back(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        (other,) = favourable(cases, people, 1, grant_key=dossier.grant_key)
        assert decide(cases, people, other) == ["storage.already_granted"]
        made = claim(cases, people.decider, dossier, 200_000)
        assert back(cases, people.decider, dossier, made, 200_000) == 0
        assert decide(cases, people, other) == []
        assert decide(cases, people, dossier) == ["storage.already_granted"]
        assert run_payments(cases, ON).lines == 1


@each_address
def test_a_receipt_counts_once_and_nothing_is_claimed_or_noted_beyond_what_was_paid(
    address: Any, tmp_path: Path
) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 120_000)
        back(cases, people.decider, dossier, made, 20_000)
        refused: list[tuple[str, Any]] = []
        for attempt in (
            lambda: back(cases, people.decider, dossier, made, 20_000),
            lambda: back(cases, people.decider, dossier, made, 100_001, "P503-2"),
            lambda: back(cases, people.decider, dossier, made, 0, "P503-2"),
            lambda: back(cases, people.decider, dossier, made, 1, " "),
            lambda: claim(cases, people.decider, dossier, 80_001, number="TR-2"),
            lambda: claim(cases, people.decider, dossier, 80_000),
            lambda: claim(cases, people.decider, dossier, 80_000, number="TR-2", reason=" "),
            lambda: claim(cases, people.instructor, dossier, 80_000, number="TR-2"),
        ):
            with pytest.raises(Refused) as refusal:
                attempt()
            refused.append((refusal.value.code, refusal.value.data.get("cents")))
        assert refused == [
            ("reimbursement_noted", None),
            ("reimbursement_too_much", 100_000),
            ("reimbursement_too_much", 100_000),
            ("reimbursement_without_receipt", None),
            ("recovery_too_much", 80_000),
            ("recovery_number_taken", None),
            ("recovery_without_reason", None),
            ("not_recoverable", None),
        ]
        assert claim(cases, people.decider, dossier, 80_000, number="TR-2").cents == 80_000


def test_a_claim_that_is_dropped_keeps_what_came_back_and_the_rest_may_be_claimed_again(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 200_000)
        back(cases, people.decider, dossier, made, 60_000)
        drop_claim(cases, people.decider, dossier.reference, made.id, "Remise gracieuse à reprendre.")
        with pytest.raises(Refused, match="recovery_over"):
            drop_claim(cases, people.decider, dossier.reference, made.id, "Encore.")
        with pytest.raises(Refused, match="reimbursement_too_much"):
            back(cases, people.decider, dossier, made, 1, "P503-9")
        claim(cases, people.decider, dossier, 140_000, number="TR-2")
        found = cases.store.read(lambda tx: claims_of(tx, dossier))
        assert [(one.back_cents, one.left_cents) for one in found] == [(60_000, 0), (0, 140_000)]


def test_an_overpayment_is_claimed_while_the_decision_stands(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        with pytest.raises(Refused, match="not_recoverable"):
            claim(cases, people.decider, dossier, 50_000)
        run_payments(cases, ON)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))
        made = claim(cases, people.decider, dossier, 50_000, reason="Trop-perçu.")
        assert back(cases, people.decider, dossier, made, 50_000) == 0
        assert committed(cases) == 200_000, "the decision stands, and so does what it holds"


def test_a_stranger_and_a_claim_of_another_dossier_are_not_found(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 1_000)
        for reference, recovery in (("0000000000", made.id), (dossier.reference, "0")):
            with pytest.raises(NotFound):
                note_reimbursement(cases, people.decider, reference, recovery, 100, ON, "P503-1")


@each_address
def test_the_same_claim_and_the_same_receipt_from_four_agents_at_once_are_one(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        kept = at_once(lambda number: claim(cases, people.decider, dossier, 200_000, number=f"TR-{number}"))
        assert len(kept) == 1
        (made,) = cases.store.read(lambda tx: stored.of_dossier(tx, dossier.id))
        assert len(at_once(lambda _: back(cases, people.decider, dossier, made, 70_000))) == 1
        assert cases.store.read(lambda tx: stored.reimbursed(tx, dossier.id)) == 70_000


def at_once(work: Any) -> list[Any]:
    """Run four at the same instant and give what was not refused."""
    gate, kept = Barrier(4), list[Any]()

    def one(number: int) -> None:
        gate.wait()
        try:
            kept.append(work(number))
        except Refused:
            return

    threads = [Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return kept


def test_the_deciding_body_claims_and_notes_on_the_page_of_the_dossier(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier), an_agents_browser(cases, people.decider) as agent:
        page = f"/agents/dossiers/{dossier.reference}"
        agent.go(page)
        assert agent.sees("À recouvrer : 2 000 €")
        signatory = agent.document.xpath("//select[@name='signataire_titre']/option[@value!='']/@value")[0]
        typed = {"montant_titre": "2 500", "motif_titre": "Décision retirée.", "numero_titre": "2020-RCT-8"}
        agent.form(action="/recouvrements").fill({**typed, "signataire_titre": signatory}).send()
        assert agent.sees("0,01 € à 2 000 €")
        agent.form(action="/recouvrements").fill({"montant_titre": "2 000"}).send()
        assert agent.sees("Titre n° 2020-RCT-8", "2 000 €", "Décision retirée.", "reste 2 000 €")
        made = agent.document.xpath("//select[@name='titre_rendu']/option[@value!='']/@value")[0]
        noted = {"titre_rendu": made, "montant_rendu": "500,50", "reference_encaissement": "P503-12"}
        agent.form(action="/remboursements").fill(noted).send()
        assert agent.sees("reste 1 499,50 €", "P503-12")
        agent.form(action="/remboursements").fill(noted).send()
        assert agent.sees("déjà noté")
        agent.go(page).form(action="/abandon").fill({"titre_abandon": made, "motif_abandon": "Insolvable."}).send()
        assert agent.sees("Abandonné", "Insolvable.")


def test_the_finance_role_notes_what_came_back_and_neither_claims_nor_drops(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 200_000)
        for attempt in (
            lambda: claim(cases, people.finance, dossier, 1_000, number="TR-2"),
            lambda: drop_claim(cases, people.finance, dossier.reference, made.id, "Remise."),
            lambda: back(cases, people.instructor, dossier, made, 1_000),
        ):
            with pytest.raises(Refused, match="not_recoverable"):
                attempt()
        with an_agents_browser(cases, people.finance) as agent:
            agent.go(f"/agents/dossiers/{dossier.reference}")
            for closed in ("recouvrements", "abandon"):
                assert not agent.document.xpath(f"//form[contains(@action, '/{closed}')]")
            noted = {"titre_rendu": made.id, "montant_rendu": "500,50", "reference_encaissement": "P503-12"}
            agent.form(action="/remboursements").fill(noted).send()
            assert agent.sees("reste 1 499,50 €", "P503-12")
        assert back(cases, people.finance, dossier, made, 149_950, "P503-13") == 0
        assert committed(cases) == 0
        with an_agents_browser(cases, people.instructor) as agent:
            agent.go(f"/agents/dossiers/{dossier.reference}")
            assert not agent.document.xpath("//form[contains(@action, '/remboursements')]")


def test_who_decides_elsewhere_and_only_reads_here_finds_no_claim_to_make(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):

        def read_here(tx: Tx) -> None:
            body = agents.ensure_organisation(tx, territory="reg-53", body="region", name="Région")
            where = {"organisation_id": body.id, "territory": "reg-53"}
            agents.assign(tx, agent_id=people.stranger, role="supervisor", **where)

        cases.store.act(read_here)
        page = f"/agents/dossiers/{dossier.reference}"
        with an_agents_browser(cases, people.stranger) as agent:
            assert agent.go(page).status == 200
            for part in ("recouvrements", "remboursements", "abandon"):
                agent.post(f"{page}/{part}", {"_csrf_token": agent.go(page).token(), "montant_titre": "beaucoup"})
                assert agent.status == 404


def test_the_applicants_page_says_what_is_claimed_until_it_is_back(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):
        page = f"/t/reg-53/dossiers/{dossier.reference}"
        with an_applicants_browser(cases, dossier) as applicant:
            assert not applicant.go(page).sees("Somme à rendre")
            made = claim(cases, people.decider, dossier, 200_000)
            back(cases, people.decider, dossier, made, 50_000)
            assert applicant.go(page).sees("Somme à rendre : 1 500 € (titre n° TR-1 du ")
            back(cases, people.decider, dossier, made, 150_000, "P503-2")
            assert not applicant.go(page).sees("Somme à rendre")


@each_address
def test_a_dossier_is_not_forgotten_while_a_claim_on_it_is_open(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 200_000)
        assert decide(cases, people, dossier, "refuse", "Fausse déclaration.") == []
        later = datetime(2040, 1, 1, tzinfo=UTC)

        def due() -> list[str]:
            return cases.store.read(lambda tx: erasure.due(tx, SCHEME, "reg-53", {"refused": later}, later, limit=9))

        back(cases, people.decider, dossier, made, 150_000)
        assert due() == []
        back(cases, people.decider, dossier, made, 50_000, "P503-2")
        assert due() == [dossier.id]
        forgotten = cases.store.act(lambda tx: erasure.erase(tx, [dossier.id]))
        assert forgotten.ids == (dossier.id,)
        (kept,) = cases.store.read(lambda tx: stored.of_dossier(tx, dossier.id))
        assert (kept.cents, kept.reason, kept.act_number) == (200_000, "", "TR-1")


@each_address
def test_an_undone_decision_whose_transfer_comes_back_holds_nothing_any_more(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, paid_then_revoked(tmp_path, url) as (cases, people, dossier):
        made = claim(cases, people.decider, dossier, 200_000)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
        assert committed(cases) == 200_000
        money_came_back(cases, {"dossier": dossier.id})
        assert committed(cases) == 0
        drop_claim(cases, people.decider, dossier.reference, made.id, "Le virement est revenu.")
        assert decide(cases, people, dossier) == []
        money_came_back(cases, {"dossier": dossier.id})
        assert committed(cases) == 200_000, "the new decision holds its own"


def test_a_decision_taken_again_before_that_duty_holds_its_sum_once(tmp_path: Path) -> None:
    with paid_then_revoked(tmp_path) as (cases, people, dossier):
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
        assert decide(cases, people, dossier) == []
        assert committed(cases) == 200_000


@each_address
def test_nothing_leaves_while_what_an_undone_decision_paid_after_all_is_out(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, granted(tmp_path, url) as (cases, people, dossier):
        run_payments(cases, ON)
        (first,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, first.id, "rejected", reason="Compte clos"))
        revoke(cases, people.decider, dossier)
        assert decide(cases, people, dossier) == []
        cases.store.act(lambda tx: pay_after_all(tx, orders.lock(tx, first.id)))
        assert resume_payments(cases, SCHEME, "reg-53").orders == 1
        report = run_later(cases)
        assert (report.lines, ["décision retirée" in one.reason for one in report.set_aside]) == (0, [True])
        made = claim(cases, people.decider, dossier, 200_000)
        assert back(cases, people.decider, dossier, made, 199_999) == 1
        assert run_later(cases).lines == 0
        assert back(cases, people.decider, dossier, made, 1, "P503-2") == 0
        assert run_later(cases).lines == 1
        assert committed(cases) == 200_000
