"""What many people do at the same instant comes out as if they had taken turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from databases import each_address, each_database, opened, postgres_store
from guichet.storage import Store, Tx, batches, dossiers, envelopes, grants, idempotency, journal, outbox, payments
from guichet.storage.errors import AlreadyGrantedError, EnvelopeExhaustedError
from guichet.storage.tables import envelope, grant
from stored import SCHEME, TERRITORY, a_decision, a_dossier


def all_at_once(number: int, work: Callable[[int], Any], *, threads: int = 50) -> list[Any]:
    """Give what each of many threads found, errors included."""
    start = Barrier(min(number, threads))

    def one(index: int) -> Any:
        if index < start.parties:
            start.wait(30)
        try:
            return work(index)
        except Exception as error:
            return error

    with ThreadPoolExecutor(threads) as people:
        return list(people.map(one, range(number)))


def kinds(answers: list[Any]) -> Counter[str]:
    return Counter(type(answer).__name__ for answer in answers)


def journal_is_whole(store: Store) -> bool:
    return store.read(lambda tx: journal.verify(tx, TERRITORY).faults) == []


@each_address
def test_two_writers_of_the_same_dossier_one_is_told_it_is_stale(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        stores = [opened(url), opened(url)]  # two processes would open it twice in the same way
        seen = stores[0].act(a_dossier)

        def save(index: int) -> object:
            def act(tx: Tx) -> None:
                dossiers.save(tx, seen, by=f"agent {index}", stage="decision")
                tx.journal(TERRITORY, "opinion", seen.id, f"agent {index}")

            return stores[index].act(act)

        answers = kinds(all_at_once(2, save))

        assert answers == {"NoneType": 1, "StaleDossier": 1}
        assert stores[0].read(lambda tx: dossiers.by_id(tx, seen.id)).revision == 2
        assert len(stores[0].read(lambda tx: journal.of_subject(tx, seen.id))) == 1
        assert journal_is_whole(stores[1])
        for store in stores:
            store.close()


@each_database
def test_of_200_grants_of_one_key_exactly_one_is_taken(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        ids = [made.id for made in store.act(lambda tx: [a_dossier(tx) for _ in range(200)])]

        def take(index: int) -> None:
            def act(tx: Tx) -> None:
                grants.take(tx, scheme=SCHEME, scope="all", key="732829320", dossier=ids[index])
                tx.journal(TERRITORY, "granted", ids[index])

            store.act(act)

        answers = all_at_once(200, take)

        assert kinds(answers) == {"NoneType": 1, "AlreadyGrantedError": 199}
        winner = store.read(lambda tx: grants.holder(tx, scheme=SCHEME, scope="all", key="732829320"))
        assert {error.dossier for error in answers if isinstance(error, AlreadyGrantedError)} == {winner}
        assert len(store.read(lambda tx: journal.page(tx, TERRITORY))) == 1
        assert journal_is_whole(store)


@pytest.mark.postgres
def test_sabotage_without_the_unique_row_a_key_is_granted_many_times() -> None:
    with postgres_store() as store:
        made = store.act(lambda tx: [a_dossier(tx) for _ in range(2)])
        store.act(lambda tx: tx.run(text('ALTER TABLE "grant" DROP CONSTRAINT pk_grant')))
        both_have_looked = Barrier(2, timeout=30)

        def take(index: int) -> None:
            def act(tx: Tx) -> None:
                if grants.holder(tx, scheme=SCHEME, scope="all", key="k") is not None:
                    raise AlreadyGrantedError(scheme=SCHEME, scope="all", dossier="")
                both_have_looked.wait()
                tx.run(insert(grant).values(scheme=SCHEME, scope="all", key="k", dossier=made[index].id))

            store.act(act)

        assert kinds(all_at_once(2, take, threads=2)) == {"NoneType": 2}


@each_database
def test_50_threads_never_take_an_envelope_over_its_ceiling(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        budget = store.act(
            lambda tx: envelopes.open_envelope(tx, scheme=SCHEME, territory=TERRITORY, ceiling_cents=1_000_00)
        )
        made = store.act(a_dossier)

        def commit(_index: int) -> None:
            def act(tx: Tx) -> None:
                envelopes.commit(tx, budget.id, cents=30_00, dossier=made.id)
                tx.journal(TERRITORY, "committed", made.id)

            store.act(act)

        answers = all_at_once(50, commit)

        assert kinds(answers) == {"NoneType": 33, "EnvelopeExhaustedError": 17}
        assert {error.left_cents for error in answers if isinstance(error, EnvelopeExhaustedError)} == {10_00}
        assert store.read(lambda tx: envelopes.by_id(tx, budget.id)).committed_cents == 990_00
        assert store.read(lambda tx: envelopes.ledger_cents(tx, budget.id)) == 990_00
        assert journal_is_whole(store)


@pytest.mark.postgres
def test_sabotage_without_the_guarded_update_the_envelope_no_longer_agrees_with_its_ledger() -> None:
    with postgres_store() as store:
        budget = store.act(
            lambda tx: envelopes.open_envelope(tx, scheme=SCHEME, territory=TERRITORY, ceiling_cents=None)
        )
        made = store.act(a_dossier)

        def commit(_index: int) -> None:
            def act(tx: Tx) -> None:
                held = envelopes.by_id(tx, budget.id).committed_cents
                tx.run(update(envelope).where(envelope.c.id == budget.id).values(committed_cents=held + 1_00))
                envelopes._write(tx, budget.id, made.id, None, 1_00, "commitment")

            store.act(act)

        all_at_once(60, commit, threads=15)

        after = store.read(lambda tx: envelopes.by_id(tx, budget.id)).committed_cents
        assert after < store.read(lambda tx: envelopes.ledger_cents(tx, budget.id))


@each_database
def test_acts_that_take_two_dossiers_in_opposite_orders_all_end(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        pair = [made.id for made in store.act(lambda tx: [a_dossier(tx), a_dossier(tx)])]

        def cross(index: int) -> None:
            def act(tx: Tx) -> None:
                for dossier_id in pair if index % 2 else reversed(pair):
                    seen = dossiers.lock(tx, dossier_id)
                    dossiers.save(tx, seen, by="crossing")

            store.act(act)

        assert kinds(all_at_once(6, cross, threads=3)) == {"NoneType": 6}
        assert {store.read(lambda tx, id_=id_: dossiers.by_id(tx, id_)).revision for id_ in pair} == {7}


@each_database
def test_each_duty_is_claimed_by_one_worker(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:
        store.act(lambda tx: [outbox.put(tx, "mail", {"n": n}) for n in range(200)])

        def work(index: int) -> list[str]:
            mine: list[str] = []
            while rows := store.act(lambda tx: outbox.claim(tx, f"worker {index}", limit=7)):
                for row in rows:
                    store.act(lambda tx, row=row: outbox.done(tx, row))
                mine.extend(row.id for row in rows)
            return mine

        claimed = [id_ for ids in all_at_once(8, work) for id_ in ids]

        assert len(claimed) == len(set(claimed)) == 200
        assert store.read(outbox.counts) == {("mail", "done"): 200}


@each_database
def test_a_request_sent_30_times_at_once_works_once(database, tmp_path: Path) -> None:
    with database(tmp_path) as store:

        def file(_index: int) -> object:
            return store.act(lambda tx: idempotency.once(tx, "file", "key", lambda: a_dossier(tx).reference))

        answers = all_at_once(30, file, threads=15)

        assert len(set(answers)) == 1
        assert store.read(lambda tx: len(dossiers.find(tx, "goff", places=[(TERRITORY, None)]))) == 1


@each_database
def test_two_payment_runs_at_once_put_each_order_in_one_file(database, tmp_path: Path) -> None:
    def prepare(tx: Tx) -> None:
        for _ in range(20):
            made = a_dossier(tx)
            act = a_decision(tx, made)
            payments.order(
                tx,
                scheme=SCHEME,
                territory=TERRITORY,
                dossier=made.id,
                decision=act.id,
                cents=2_000_00,
                payee="Le Goff",
                iban="FR7630006000011234567890189",
            )

    with database(tmp_path) as store:
        store.act(prepare)

        def run(_index: int) -> int:
            def act(tx: Tx) -> int:
                due = payments.due(tx, SCHEME, TERRITORY)
                if not due:
                    return 0
                day = tx.now.date()
                return batches.write(
                    tx, scheme=SCHEME, territory=TERRITORY, payer="dgfip", on_day=day, orders=due
                ).lines

            return store.act(act)

        assert sorted(all_at_once(6, run)) == [0, 0, 0, 0, 0, 20]


@each_database
def test_the_journal_of_many_territories_stays_chained_under_load(database, tmp_path: Path) -> None:
    territories = ["reg-53", "reg-84", "dep-74"]
    with database(tmp_path) as store:

        def act(index: int) -> None:
            def write(tx: Tx) -> None:
                for offset in range(3):
                    tx.journal(territories[(index + offset) % 3], "event", data={"index": index})

            store.act(write)

        all_at_once(60, act)

        for territory in territories:
            chain = store.read(lambda tx, territory=territory: journal.verify(tx, territory))
            assert (chain.number, chain.faults) == (60, [])
