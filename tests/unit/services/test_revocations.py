"""A decision undone: what it held is let go of, what was paid is not, and the application is decided again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from databases import each_address
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.documents import content_of
from guichet.services.letters import write_letter
from guichet.services.new_accounts import ask_new_account
from guichet.services.payment_orders import order_payment
from guichet.services.payments import run_payments
from guichet.services.refusals import NotFound, Refused, WrongPhase
from guichet.services.revocations import paid_cents
from guichet.services.suspensions import suspend_payments
from guichet.storage import Tx, decisions, files, grants, journal
from guichet.storage import payments as orders
from instructing import (
    an_agents_browser,
    an_applicants_browser,
    head_of_act,
    read_again,
)
from pdfs import text_of
from revoking import committed, decide, granted, revoke
from worked import SCHEME

ON = date(2020, 4, 20)


def orders_of(cases: UseCases, dossier: Dossier) -> list[str]:
    return [one.state for one in cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))]


@each_address
def test_what_the_decision_held_is_let_go_of_and_the_application_is_decided_again(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, granted(tmp_path, url) as (cases, people, dossier):
        cases.clock.move(days=10)  # type: ignore[attr-defined]  a test's clock
        done = revoke(cases, people.decider, dossier)

        after = read_again(cases, dossier)
        assert (after.phase, after.stage, after.end, after.granted_cents) == ("instruction", "decision", None, None)
        assert (done.paid_cents, committed(cases), orders_of(cases, dossier)) == (0, 0, ["rejected"])
        key = {"scheme": SCHEME, "scope": "", "key": str(after.grant_key)}
        assert cases.store.read(lambda tx: grants.holder(tx, **key)) is None
        first, second = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        assert (first.kind, second.kind, second.act_number, second.issuer) == (
            "granted", "revoked", "2020-53-R1", "prefet_region",
        )  # fmt: skip
        events = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
        assert [line.kind for line in events][-1] == "decision_revoked"
        assert run_payments(cases, ON).lines == 0

        assert decide(cases, people, dossier) == []
        assert (read_again(cases, dossier).end, committed(cases)) == ("granted", 200_000)
        assert [run_payments(cases, ON).lines for _ in range(2)] == [1, 0]


def test_the_letter_of_a_revocation_is_written_with_its_reasons_and_notified(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        done = revoke(cases, people.decider, dossier)
        write_letter(cases, {"dossier": dossier.id, "decision": done.decision.id})
        (found,) = [one for one in cases.store.read(lambda tx: files.documents(tx, dossier.id)) if one.kind == "letter"]
        assert "retrait-aide" in found.file_name
        read_back = text_of(content_of(cases, found))
        for told in ("est retirée", "2020-53-R1", "Condition mal vérifiée", "telerecours"):
            assert told in read_back
        assert cases.store.read(lambda tx: decisions.by_id(tx, done.decision.id)).notified_at is not None
        with an_applicants_browser(cases, dossier) as applicant:
            page = applicant.go(f"/t/reg-53/dossiers/{dossier.reference}")
            assert page.sees("Décision retirée", "2020-53-R1", "Condition mal vérifiée")
            assert f"documents/{found.id}" in page.body


def test_money_that_was_paid_is_shown_to_recover_and_never_paid_again(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        run_payments(cases, ON)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        with pytest.raises(Refused, match="payment_under_way"):
            revoke(cases, people.decider, dossier)
        cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))

        assert revoke(cases, people.decider, dossier, ground="fraud").paid_cents == 200_000

        assert (committed(cases), orders_of(cases, dossier)) == (200_000, ["paid"])
        with an_agents_browser(cases, people.decider) as agent:
            assert agent.go(f"/agents/dossiers/{dossier.reference}").sees("À recouvrer", "titre de perception")
        assert decide(cases, people, dossier) == ["paid_before"]
        assert decide(cases, people, dossier, "refuse", "Fausse déclaration.") == []
        assert run_payments(cases, ON).lines == 0


@each_address
def test_a_payment_told_while_its_decision_is_undone_is_known_to_be_paid(address: Any, tmp_path: Path) -> None:
    """The accountant suspends, then pays; the return is being read when the decision is undone."""
    with address(tmp_path) as url, granted(tmp_path, url) as (cases, people, dossier):
        run_payments(cases, ON)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "suspended"))
        moved, ended = Event(), Event()

        def tell(tx: Tx) -> None:
            orders.move(tx, order.id, "paid")
            moved.set()
            ended.wait(1)

        with ThreadPoolExecutor(2) as threads:
            told = threads.submit(cases.store.act, tell)
            assert moved.wait(10)
            undone = threads.submit(revoke, cases, people.decider, dossier, ground="fraud")
            told.result()
            assert undone.result().paid_cents == 200_000
        assert orders_of(cases, dossier) == ["paid"]
        assert decide(cases, people, dossier) == ["paid_before"]


def test_a_grant_whose_payment_comes_later_is_refused_too_while_that_money_is_out(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        run_payments(cases, ON)
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        cases.store.act(lambda tx: orders.move(tx, order.id, "paid"))
        undone = revoke(cases, people.decider, dossier).decision
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
        with pytest.raises(Refused, match="paid_before"):
            cases.store.act(lambda tx: order_payment(cases, tx, compiled, dossier, undone, cents=0))


def test_no_new_account_brings_back_an_order_of_a_decision_undone(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        run_payments(cases, ON)
        suspend_payments(cases, SCHEME, "reg-53", "Contrôle.")
        (order,) = cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))
        revoke(cases, people.decider, dossier)
        assert orders_of(cases, dossier) == ["rejected"]
        assert cases.store.act(lambda tx: ask_new_account(cases, tx, order, by="system", reason="rejected")) is False


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        ("instructor", {}, "not_revocable"),
        ("decider", {"reason": " "}, "revocation_without_reason"),
        ("decider", {"number": " "}, "act_number_missing"),
        ("decider", {"day": date(2020, 4, 21)}, "act_in_the_future"),
        ("decider", {"day": date(2020, 4, 19)}, "act_before_filing"),
    ],
)
def test_a_revocation_is_an_act_of_the_deciding_body(
    tmp_path: Path, who: str, changes: dict[str, Any], code: str
) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        with pytest.raises(Refused) as refusal:
            revoke(cases, getattr(people, who), dossier, **changes)
        assert refusal.value.code == code
        assert read_again(cases, dossier) == dossier


def test_a_stranger_sees_nothing_to_revoke(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier), pytest.raises(NotFound):
        revoke(cases, people.stranger, dossier)


@pytest.mark.parametrize(
    ("days", "ground", "code"),
    [(122, "illegal", ""), (123, "illegal", "revocation_ground"), (400, "fraud", ""), (400, "conditions", "")],
)
def test_an_illegal_decision_is_undone_within_four_months_and_no_later(
    tmp_path: Path, days: int, ground: str, code: str
) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        cases.clock.move(days=days)  # type: ignore[attr-defined]  a test's clock; 122 days after 20 April is 20 August
        if not code:
            assert revoke(cases, people.decider, dossier, ground=ground).dossier.phase == "instruction"
            return
        with pytest.raises(Refused) as refusal:
            revoke(cases, people.decider, dossier, ground=ground)
        assert refusal.value.code == code


@each_address
def test_two_revocations_at_once_are_one(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, granted(tmp_path, url) as (cases, people, dossier):
        outcomes: list[str] = []
        start = Barrier(4)

        def one(number: int) -> None:
            start.wait(30)
            try:
                revoke(cases, people.decider if number % 2 else people.other_decider, dossier)
                outcomes.append("done")
            except (Refused, WrongPhase) as error:
                outcomes.append(error.code)

        threads = [Thread(target=one, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("done") == 1
        assert committed(cases) == 0
        kinds = [one.kind for one in cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))]
        assert kinds == ["granted", "revoked"]


def test_the_deciding_body_undoes_it_on_the_page_of_the_dossier(tmp_path: Path) -> None:
    with granted(tmp_path) as (cases, people, dossier):
        address = f"/agents/dossiers/{dossier.reference}"
        with an_agents_browser(cases, people.instructor) as agent:
            assert not agent.go(address).sees("Retirer la décision")
        with an_agents_browser(cases, people.decider) as agent:
            form = agent.go(address).form(action="/retrait")
            form.fill({"raison_retrait": "Erreur de calcul.", "numero_retrait": "2020-53-R1"}).send()
            assert agent.sees("Choisissez le fondement du retrait")
            form = agent.go(address).form(action="/retrait")
            signatory = head_of_act(cases).signatory
            answers = {
                "motif_retrait": "illegal",
                "raison_retrait": "Erreur de calcul.",
                "numero_retrait": "2020-53-R1",
            }
            form.fill({**answers, "signataire_retrait": signatory}).send()
            assert agent.sees("La décision est retirée", "Erreur de calcul.")
        assert read_again(cases, dossier).phase == "instruction"
        assert paid_cents(cases.store.read(lambda tx: orders.of_dossier(tx, dossier.id))) == 0
