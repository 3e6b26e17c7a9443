"""Another account: asked where it helps, filed once with its receipt, kept beside the old one, paid once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from databases import each_address
from guichet.catalogue import write_snapshot
from guichet.model.later_form import LaterForm
from guichet.model.records import Dossier, PaymentOrder
from guichet.model.rules import Criterion
from guichet.services.cases import UseCases
from guichet.services.later_forms import file_later, opened_later, settle_later
from guichet.services.new_accounts import ask_for_account, ask_new_account
from guichet.services.payments import run_payments
from guichet.services.refusals import Incomplete, NotFound, Refused
from guichet.storage import Tx, agents, dossiers, journal, later_filings, payment_runs
from guichet.storage import payments as orders
from guichet.storage.tables import outbox
from paying import HS, ON, local_order, run_later
from worked import an_instance, publish_snapshot, snapshot_of

GOOD = {"titulaire": "LUCIE FAVRE", "iban": "FR14 2004 1010 0505 0001 3M02 606"}
PLAIN = "FR1420041010050500013M02606"


def dossier_of(cases: UseCases, order: PaymentOrder) -> Dossier:
    return cases.store.read(lambda tx: dossiers.by_id(tx, order.dossier))


def sent_back(cases: UseCases, **answers: Any) -> PaymentOrder:
    """An order that left and came back for its account."""
    order = local_order(cases, **answers)
    run_payments(cases, ON)
    cases.store.act(lambda tx: orders.move(tx, order.id, "rejected", reason="Compte clos"))
    cases.store.act(lambda tx: ask_new_account(cases, tx, order, by="system", reason="rejected"))
    return order


def answer(cases: UseCases, order: PaymentOrder, posted: dict[str, str] | None = None) -> Any:
    dossier = dossier_of(cases, order)
    return file_later(cases, dossier.account or "", dossier.reference, "new_iban", posted or GOOD)


def test_an_order_that_another_took_the_place_of_is_asked_no_account(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        first = sent_back(cases)
        assert answer(cases, first) == {}
        second = cases.store.read(lambda tx: orders.of_dossier(tx, first.dossier))[-1]
        reference, finance = dossier_of(cases, first).reference, an_agent(cases, "finance")
        with pytest.raises(Refused, match="account_not_at_fault"):
            ask_for_account(cases, finance, reference, first.reference)
        cases.store.act(lambda tx: orders.move(tx, second.id, "rejected", reason="Compte clos"))
        ask_for_account(cases, finance, reference, second.reference)
        with pytest.raises(Refused, match="account_asked_already"):
            ask_for_account(cases, finance, reference, first.reference)
        assert answer(cases, first, {**GOOD, "titulaire": "L FAVRE"}) == {}


def an_agent(cases: UseCases, role: str) -> str:
    def act(tx: Tx) -> str:
        made = agents.ensure(tx, email=f"{role}@exemple.fr", name=role)
        where = agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Département")
        agents.assign(tx, agent_id=made.id, role=role, organisation_id=where.id, territory="dep-74")
        return made.id

    return cases.store.act(act)


@each_address
def test_a_rejected_order_gives_way_to_another_of_the_same_instalment(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)
        assert answer(cases, order) == {}
        before, after = cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))
        assert (before.state, before.iban) == ("rejected", order.iban)
        assert (after.state, after.iban, after.decision, after.cents) == (
            "ordered",
            PLAIN,
            before.decision,
            before.cents,
        )
        assert after.reference != before.reference
        told = [cases.store.read(lambda tx, one=one: orders.told_of(tx, one.id)) for one in (before, after)]
        assert told[0] == told[1]
        (change,) = cases.store.read(lambda tx: later_filings.changes_of(tx, order.dossier))
        assert (change.iban_before, change.iban, change.new_order) == (order.iban, PLAIN, after.id)
        assert [run_later(cases).lines for _ in range(2)] == [1, 0]


@each_address
def test_of_eight_answers_at_once_one_is_taken(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)

        def one(_: int) -> str:
            try:
                return "taken" if answer(cases, order) == {} else "refused"
            except NotFound:
                return "absent"

        with ThreadPoolExecutor(8) as people:
            found = Counter(people.map(one, range(8)))
        assert found == {"taken": 1, "absent": 7}
        states = [one.state for one in cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))]
        assert states == ["rejected", "ordered"]


def test_an_order_set_aside_for_its_payee_is_mended_where_it_stands(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases, titulaire="+33 LUCIE")
        run_payments(cases, ON)
        ((aside, reference),) = cases.store.read(payment_runs.set_aside)
        ask_for_account(cases, an_agent(cases, "finance"), reference, aside.reference)
        refused = answer(cases, order, {**GOOD, "titulaire": "=LUCIE"})
        assert "tableur" in refused["titulaire"]
        assert answer(cases, order) == {}
        (mended,) = cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))
        assert (mended.id, mended.payee, mended.iban, mended.set_aside_reason) == (order.id, "LUCIE FAVRE", PLAIN, None)
        assert run_later(cases).lines == 1


def test_the_form_refuses_what_would_fail_again_and_stays_open(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)
        assert "n’a pas pu être payé" in answer(cases, order, {**GOOD, "iban": order.iban})["iban"]
        assert "iban" in answer(cases, order, {**GOOD, "iban": PLAIN[:-1] + "7"})
        with pytest.raises(Incomplete) as refusal:
            answer(cases, order, {"titulaire": "LUCIE FAVRE"})
        assert refusal.value.missing == ("iban",)
        (filing,) = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert (filing.state, filing.answers) == ("asked", {})
        assert answer(cases, order, {**GOOD, "titulaire": "L. FAVRE"}) == {}


def test_nobody_else_reads_or_files_it(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)
        dossier = dossier_of(cases, order)
        for work in (opened_later, lambda *one: file_later(*one, GOOD)):
            with pytest.raises(NotFound):
                work(cases, "someone-else", dossier.reference, "new_iban")
        with pytest.raises(NotFound):
            opened_later(cases, dossier.account or "", dossier.reference, "appeal")


def test_the_messages_and_the_journal_hold_no_account(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)
        answer(cases, order)
        payloads = cases.store.read(lambda tx: tx.all(select(outbox.c.payload)))
        events = cases.store.read(lambda tx: journal.of_subject(tx, order.dossier))
        said = " ".join([*(str(row.payload) for row in payloads), *(event.body or "" for event in events)])
        assert "3M02606" not in said
        assert "890189" not in said
        assert {row.payload.get("event") for row in payloads} >= {"new_iban", "new_iban_filed"}


def test_another_account_is_asked_only_where_it_helps_and_once(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = local_order(cases)
        run_payments(cases, ON)
        dossier, finance = dossier_of(cases, order), an_agent(cases, "finance")
        with pytest.raises(Refused, match="account_not_at_fault"):
            ask_for_account(cases, finance, dossier.reference, order.reference)
        cases.store.act(lambda tx: orders.move(tx, order.id, "rejected"))
        with pytest.raises(NotFound):
            ask_for_account(cases, finance, dossier.reference, "0000000000")
        with pytest.raises(Refused, match="not_for_you"):
            ask_for_account(cases, an_agent(cases, "supervisor"), dossier.reference, order.reference)
        ask_for_account(cases, finance, dossier.reference, order.reference)
        with pytest.raises(Refused, match="account_asked_already"):
            ask_for_account(cases, finance, dossier.reference, order.reference)


def checked_by_agents(cases: UseCases, **criteria: Criterion) -> None:
    """Publish the scheme with an agent who checks each new account, and rules of the form's own."""
    from guichet.catalogue import read_snapshot  # the shipped scheme, changed and published again

    scheme, _ = read_snapshot(snapshot_of(HS, "dep-74").body)
    later = {"new_iban": LaterForm(checked_by_agent=True, criteria=criteria)}
    body = write_snapshot(scheme.model_copy(update={"later_forms": later}), "dep-74", {})
    cases.store.act(lambda tx: publish_snapshot(tx, body))
    cases.snapshots.refresh()


def test_an_agent_may_check_each_account_before_it_is_used(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        checked_by_agents(cases)
        order = sent_back(cases)
        dossier, finance = dossier_of(cases, order), an_agent(cases, "finance")
        answer(cases, order)
        (filing,) = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert filing.state == "filed"
        assert len(cases.store.read(lambda tx: orders.of_dossier(tx, order.dossier))) == 1
        with pytest.raises(Refused, match="decision_without_reason"):
            settle_later(cases, finance, dossier.reference, filing.id, accept=False)
        settle_later(cases, finance, dossier.reference, filing.id, accept=False, reason="RIB illisible")
        answer(cases, order)
        refused, again = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert (refused.state, refused.settled_reason, again.state) == ("refused", "RIB illisible", "filed")
        settle_later(cases, finance, dossier.reference, again.id, accept=True)
        with pytest.raises(Refused, match="later_settled"):
            settle_later(cases, finance, dossier.reference, again.id, accept=True)
        assert run_later(cases).lines == 1


def test_a_form_has_rules_of_its_own(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        rule = Criterion(
            label="Compte en France", when='starts_with(iban, "FR")', otherwise="Un compte en France, et non {iban}."
        )
        checked_by_agents(cases, en_france=rule)
        order = sent_back(cases)
        refused = answer(cases, order, {**GOOD, "iban": "DE89 3704 0044 0532 0130 00"})
        assert refused["en_france"].startswith("Un compte en France, et non DE89")
        assert answer(cases, order) == {}


def test_an_order_replaced_meanwhile_is_not_replaced_twice(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=HS, published=("dep-74",)) as cases:
        order = sent_back(cases)
        names = ("scheme", "territory", "dossier", "decision", "cents")
        values: dict[str, Any] = {name: getattr(order, name) for name in names}
        cases.store.act(lambda tx: orders.order(tx, **values, payee="A", iban=PLAIN))
        with pytest.raises(Exception, match="account_not_at_fault"):
            answer(cases, order)
        (filing,) = cases.store.read(lambda tx: later_filings.of_dossier(tx, order.dossier))
        assert filing.state == "asked"
