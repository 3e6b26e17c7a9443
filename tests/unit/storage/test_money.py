"""Money is committed under its ceiling, granted once, ordered once, and put in one file."""

from __future__ import annotations

from dataclasses import dataclass
from traceback import format_exc

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from databases import each_database
from guichet.model.records import Batch, Decision, Dossier, Envelope, PaymentOrder
from guichet.storage import Store, Tx, batches, envelopes, grants, payments
from guichet.storage.errors import (
    AlreadyGrantedError,
    AlreadyOrderedError,
    ConstraintError,
    EnvelopeExhaustedError,
    OrderMovedError,
)
from stored import SCHEME, TERRITORY, a_decision, a_dossier


@dataclass(frozen=True)
class Decided:
    """A decided dossier and what is needed to pay it."""

    dossier: Dossier
    decision: Decision


def decided(tx: Tx) -> Decided:
    dossier = a_dossier(tx)
    return Decided(dossier, a_decision(tx, dossier))


def an_order(tx: Tx, of: Decided, cents: int = 2_000_00, instalment: int = 1) -> PaymentOrder:
    return payments.order(
        tx,
        scheme=SCHEME,
        territory=TERRITORY,
        dossier=of.dossier.id,
        decision=of.decision.id,
        instalment=instalment,
        cents=cents,
        payee="Boulangerie Le Goff",
        iban="FR7630006000011234567890189",
    )


def a_batch(tx: Tx, orders: list[PaymentOrder]) -> Batch:
    day = tx.now.date()
    return batches.write(tx, scheme=SCHEME, territory=TERRITORY, payer="dgfip", on_day=day, orders=orders)


def an_envelope(tx: Tx, ceiling: int | None = 1_000_00, *, alert_only: bool = False) -> Envelope:
    return envelopes.open_envelope(tx, scheme=SCHEME, territory=TERRITORY, ceiling_cents=ceiling, alert_only=alert_only)


@each_database
def test_an_envelope_refuses_what_it_has_not_and_the_act_goes_on(store: Store) -> None:
    def act(tx: Tx) -> int:
        budget, dossier = an_envelope(tx), a_dossier(tx)
        envelopes.commit(tx, budget.id, cents=900_00, dossier=dossier.id)
        with pytest.raises(EnvelopeExhaustedError) as refused:
            envelopes.commit(tx, budget.id, cents=100_01, dossier=dossier.id)
        assert refused.value.left_cents == 100_00
        return envelopes.commit(tx, budget.id, cents=100_00, dossier=dossier.id).committed_cents

    assert store.act(act) == 1_000_00


@each_database
def test_an_aid_of_right_only_alerts(store: Store) -> None:
    def act(tx: Tx) -> Envelope:
        return envelopes.commit(tx, an_envelope(tx, alert_only=True).id, cents=1_500_00, dossier=a_dossier(tx).id)

    assert store.act(act).left_cents == -500_00


@each_database
def test_what_a_dossier_holds_is_given_back_whole_or_in_part(store: Store) -> None:
    def act(tx: Tx) -> tuple[int, int, int]:
        budget, dossier = an_envelope(tx), a_dossier(tx)
        envelopes.commit(tx, budget.id, cents=900_00, dossier=dossier.id)
        part = envelopes.release(tx, budget.id, dossier=dossier.id, cents=300_00).committed_cents
        with pytest.raises(ValueError, match="holds 60000"):
            envelopes.release(tx, budget.id, dossier=dossier.id, cents=600_01)
        rest = envelopes.release(tx, budget.id, dossier=dossier.id).committed_cents
        return part, rest, envelopes.ledger_cents(tx, budget.id)

    assert store.act(act) == (600_00, 0, 0)
    budget = store.read(lambda tx: envelopes.all_envelopes(tx, SCHEME))[0]
    assert [line.cents for line in store.read(lambda tx: envelopes.ledger(tx, budget.id))] == [900_00, -300_00, -600_00]


@each_database
def test_a_ceiling_is_raised_but_not_lowered_below_what_is_committed(store: Store) -> None:
    def act(tx: Tx) -> None:
        budget = an_envelope(tx)
        envelopes.commit(tx, budget.id, cents=900_00, dossier=a_dossier(tx).id)
        with pytest.raises(EnvelopeExhaustedError):
            an_envelope(tx, 899_99)
        assert an_envelope(tx, 2_000_00).left_cents == 1_100_00

    store.act(act)


@each_database
def test_a_dossier_draws_on_its_territory_before_the_whole_scheme(store: Store) -> None:
    def act(tx: Tx) -> tuple[str, str]:
        whole = envelopes.open_envelope(tx, scheme=SCHEME, territory=None, ceiling_cents=1)
        again = envelopes.open_envelope(tx, scheme=SCHEME, territory=None, ceiling_cents=2)
        mine = an_envelope(tx)
        found = envelopes.find(tx, SCHEME, TERRITORY), envelopes.find(tx, SCHEME, "reg-84")
        assert found == (mine, again)
        return whole.id, again.id

    one, two = store.act(act)
    assert one == two


@each_database
def test_the_database_itself_holds_the_ceiling_and_the_ledger(store: Store) -> None:
    def act(tx: Tx) -> None:
        envelopes.commit(tx, an_envelope(tx).id, cents=1_00, dossier=a_dossier(tx).id)

    store.act(act)
    for change in (
        "UPDATE envelope SET committed_cents = 100001",
        "UPDATE envelope SET committed_cents = -1",
        "UPDATE ledger_line SET cents = 2",
        "DELETE FROM ledger_line",
    ):
        with pytest.raises(ConstraintError):
            store.act(lambda tx, change=change: tx.run(text(change)))


@each_database
def test_a_grant_is_taken_once_and_again_after_its_release(store: Store) -> None:
    one, other = store.act(lambda tx: [a_dossier(tx), a_dossier(tx)])

    def take(dossier: Dossier) -> None:
        store.act(lambda tx: grants.take(tx, scheme=SCHEME, scope="all", key="732829320", dossier=dossier.id))

    take(one)
    take(one)
    with pytest.raises(AlreadyGrantedError) as refused:
        take(other)
    assert refused.value.dossier == one.id
    assert store.act(lambda tx: grants.release(tx, one.id)) == 1
    take(other)


@each_database
def test_an_instalment_is_ordered_once_unless_the_first_order_was_rejected(store: Store) -> None:
    made = store.act(decided)
    first = store.act(lambda tx: an_order(tx, made))

    with pytest.raises(AlreadyOrderedError):
        store.act(lambda tx: an_order(tx, made))
    store.act(lambda tx: an_order(tx, made, instalment=2))
    store.act(lambda tx: payments.move(tx, first.id, "rejected", reason="IBAN clos"))
    again = store.act(lambda tx: an_order(tx, made))

    assert len(store.read(lambda tx: payments.of_dossier(tx, made.dossier.id))) == 3
    assert again.reference != first.reference


@each_database
def test_an_order_of_nothing_is_refused_by_the_database(store: Store) -> None:
    made = store.act(decided)

    with pytest.raises(ConstraintError):
        store.act(lambda tx: an_order(tx, made, cents=0))


@each_database
def test_each_order_goes_into_exactly_one_file(store: Store) -> None:
    orders = store.act(lambda tx: [an_order(tx, decided(tx)) for _ in range(3)])
    assert store.read(lambda tx: payments.due(tx, SCHEME, TERRITORY)) == orders

    batch = store.act(lambda tx: a_batch(tx, payments.due(tx, SCHEME, TERRITORY)))

    assert (batch.number, batch.lines, batch.cents) == (1, 3, 6_000_00)
    assert store.read(lambda tx: payments.due(tx, SCHEME, TERRITORY)) == []
    assert [order.id for order in store.read(lambda tx: batches.orders(tx, batch.id))] == [o.id for o in orders]
    with pytest.raises(OrderMovedError):
        store.act(lambda tx: a_batch(tx, orders[:1]))
    assert store.act(lambda tx: a_batch(tx, [an_order(tx, decided(tx))])).number == 2


@each_database
def test_one_hostile_name_sets_one_order_aside(store: Store) -> None:
    good, hostile = store.act(lambda tx: [an_order(tx, decided(tx)) for _ in range(2)])
    store.act(lambda tx: payments.set_aside(tx, hostile.id, "caractère interdit"))

    assert [order.id for order in store.read(lambda tx: payments.due(tx, SCHEME, TERRITORY))] == [good.id]
    store.act(lambda tx: payments.take_back(tx, hostile.id))
    assert len(store.read(lambda tx: payments.due(tx, SCHEME, TERRITORY))) == 2


@each_database
def test_a_sealed_batch_accepts_the_same_bytes_only_and_a_transmitted_one_is_frozen(store: Store) -> None:
    batch = store.act(lambda tx: a_batch(tx, [an_order(tx, decided(tx))]))
    with pytest.raises(OrderMovedError):
        store.act(lambda tx: batches.transmit(tx, batch.id))

    sealed = store.act(lambda tx: batches.seal(tx, batch.id, file_name="a.csv", sha256="a" * 64, size=10))
    assert store.act(lambda tx: batches.seal(tx, batch.id, file_name="a.csv", sha256="a" * 64, size=10)) == sealed
    with pytest.raises(OrderMovedError):
        store.act(lambda tx: batches.seal(tx, batch.id, file_name="a.csv", sha256="b" * 64, size=10))

    assert store.act(lambda tx: batches.transmit(tx, batch.id)) is True
    assert store.act(lambda tx: batches.transmit(tx, batch.id)) is False
    assert [o.state for o in store.read(lambda tx: batches.orders(tx, batch.id))] == ["transmitted"]


@each_database
def test_an_order_moves_by_legal_steps_only(store: Store) -> None:
    order = store.act(lambda tx: an_order(tx, decided(tx)))
    with pytest.raises(OrderMovedError):
        store.act(lambda tx: payments.move(tx, order.id, "paid"))
    batch = store.act(lambda tx: a_batch(tx, [order]))
    store.act(lambda tx: batches.seal(tx, batch.id, file_name="a.csv", sha256="a", size=1))
    store.act(lambda tx: batches.transmit(tx, batch.id))

    for step in ("suspended", "resumed", "paid"):
        assert store.act(lambda tx, step=step: payments.move(tx, order.id, step)).state == step
    with pytest.raises(OrderMovedError) as refused:
        store.act(lambda tx: payments.move(tx, order.id, "suspended"))
    assert refused.value.data["state"] == "paid"
    assert store.read(lambda tx: payments.counts(tx, SCHEME, [TERRITORY])) == {"paid": (1, 2_000_00)}


@each_database
def test_an_order_in_a_file_that_has_not_left_cannot_be_rejected_and_ordered_again(store: Store) -> None:
    made = store.act(decided)
    order = store.act(lambda tx: an_order(tx, made))
    store.act(lambda tx: a_batch(tx, [order]))

    with pytest.raises(OrderMovedError):
        store.act(lambda tx: payments.move(tx, order.id, "rejected"))
    with pytest.raises(AlreadyOrderedError):
        store.act(lambda tx: an_order(tx, made))


@each_database
def test_a_refusal_of_the_database_quotes_nothing_of_what_people_declared(store: Store) -> None:
    made = store.act(decided)
    try:
        store.act(lambda tx: an_order(tx, made, cents=-1))
    except ConstraintError:
        told = format_exc()
    assert "cents_positive" in told
    assert "Le Goff" not in told
    assert "FR7630006000011234567890189" not in told


@each_database
def test_a_statement_that_fails_quotes_none_of_its_values(store: Store) -> None:
    values = {"name": "Anne Le Goff"}
    try:
        store.act(lambda tx: tx.run(text("SELECT * FROM nowhere WHERE name = :name"), values))
    except DBAPIError:
        told = format_exc()
    assert "nowhere" in told
    assert "Le Goff" not in told


@each_database
@pytest.mark.parametrize(("first", "second"), [(TERRITORY, ""), ("", TERRITORY)])
def test_a_scope_published_anew_gives_no_second_grant(store: Store, first: str, second: str) -> None:
    one, other = store.act(lambda tx: [a_dossier(tx), a_dossier(tx)])
    store.act(lambda tx: grants.take(tx, scheme=SCHEME, scope=first, key="732829320", dossier=one.id))

    with pytest.raises(AlreadyGrantedError) as refused:
        store.act(lambda tx: grants.take(tx, scheme=SCHEME, scope=second, key="732829320", dossier=other.id))
    assert refused.value.dossier == one.id
    store.act(lambda tx: grants.take(tx, scheme="another", scope=second, key="732829320", dossier=other.id))


@each_database
def test_each_territory_may_grant_once_when_the_scheme_says_so(store: Store) -> None:
    one, other = store.act(lambda tx: [a_dossier(tx), a_dossier(tx)])
    for territory, dossier in (("reg-53", one), ("reg-11", other)):
        store.act(
            lambda tx, where=territory, of=dossier: grants.take(
                tx, scheme=SCHEME, scope=where, key="732829320", dossier=of.id
            )
        )
    assert store.read(lambda tx: grants.holder(tx, scheme=SCHEME, scope="reg-28", key="732829320")) is None
