"""Envelopes: taken by deciding acts under their ceiling, alerting for an aid of right, released by revocation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from databases import SteppedClock, each_address
from guichet.catalogue import write_snapshot
from guichet.model.records import Dossier
from guichet.services import envelopes
from guichet.services.cases import UseCases
from guichet.services.envelopes import commit_grant, release_grant, resume_waiting
from guichet.storage import Tx, dossiers, journal, outbox
from guichet.storage import envelopes as stored
from guichet.worker.loop import drain
from worked import DAY, a_filed_dossier, an_instance, decided, publish_snapshot

FLAT = "haute-savoie-1000"


def a_flat_dossier(cases: UseCases, **values: Any) -> Dossier:
    given: dict[str, Any] = {"title": "Durand", "phase": "instruction", "computed_cents": 100_000}
    return a_filed_dossier(cases, scheme=FLAT, territory="dep-74", **{**given, **values})


def grant(cases: UseCases, dossier: Dossier, cents: int = 100_000) -> bool:
    """Decide as the deciding act does: what is not funded is not granted."""
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

    class UnfundedError(Exception):
        pass

    def act(tx: Tx) -> None:
        granted = decided(cases, tx, dossier, cents=cents)
        if not commit_grant(cases, tx, compiled, granted.dossier, granted.decision):
            raise UnfundedError

    try:
        cases.store.act(act)
    except UnfundedError:
        return False
    return True


def spend_all_but(cases: UseCases, cents: int) -> None:
    """Lower what is left of the flat aid's envelope."""
    big = a_flat_dossier(cases)
    assert grant(cases, big, 300_000_000 - cents)


def test_a_grant_is_committed_and_the_ledger_adds_up(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        assert grant(cases, a_flat_dossier(cases))
        (envelope,) = cases.store.read(lambda tx: stored.all_envelopes(tx, FLAT))
        assert (envelope.ceiling_cents, envelope.committed_cents) == (300_000_000, 100_000)
        assert envelope.territory == "dep-74"
        assert cases.store.read(lambda tx: stored.ledger_cents(tx, envelope.id)) == 100_000


def test_without_funds_nothing_is_granted_and_nothing_taken(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        spend_all_but(cases, 99_999)
        dossier = a_flat_dossier(cases)
        assert not grant(cases, dossier)
        (envelope,) = cases.store.read(lambda tx: stored.all_envelopes(tx, FLAT))
        assert envelope.left_cents == 99_999
        assert cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id)).phase == "instruction"


def test_an_aid_of_right_is_granted_beyond_its_ceiling_and_says_so_once(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        first = a_filed_dossier(cases)
        assert grant(cases, first, 25_000_000_000 - 100)
        second, third = a_filed_dossier(cases), a_filed_dossier(cases)
        assert grant(cases, second)
        assert grant(cases, third)
        (envelope,) = cases.store.read(lambda tx: stored.all_envelopes(tx, "fds-volet-2"))
        alerts = [line for line in cases.store.read(lambda tx: journal.page(tx, "reg-53")) if "overspent" in line.kind]
    assert envelope.territory is None
    assert (envelope.left_cents or 0) < 0
    assert [line.subject for line in alerts] == [second.id]


@each_address
def test_the_last_euros_are_granted_once_whoever_comes_together(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, scheme=FLAT, published=("dep-74",)) as cases:
        spend_all_but(cases, 300_000)
        asking = [a_flat_dossier(cases) for _ in range(8)]
        won: list[bool] = []
        threads = [Thread(target=lambda one=one: won.append(grant(cases, one))) for one in asking]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (envelope,) = cases.store.read(lambda tx: stored.all_envelopes(tx, FLAT))
        assert sorted(won) == [False] * 5 + [True] * 3
        assert envelope.left_cents == 0
        assert cases.store.read(lambda tx: stored.ledger_cents(tx, envelope.id)) == envelope.committed_cents


def test_a_revocation_calls_back_those_who_wait_by_filing_instant(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",), clock=clock) as cases:
        compiled = cases.snapshots.current(FLAT, "dep-74")
        assert compiled is not None
        paid = a_flat_dossier(cases)
        assert grant(cases, paid, 200_000)
        spend_all_but(cases, 200_000)
        late = a_flat_dossier(cases, waiting_for_funds=True, filed_at=DAY + timedelta(hours=3))
        early = a_flat_dossier(cases, waiting_for_funds=True, filed_at=DAY + timedelta(hours=1))
        middle = a_flat_dossier(cases, waiting_for_funds=True, filed_at=DAY + timedelta(hours=2))

        def waiting() -> list[str]:
            every = cases.store.read(lambda tx: [dossiers.by_id(tx, one.id) for one in (early, middle, late)])
            return [one.id for one in every if one.waiting_for_funds]

        resume_waiting(cases, {"scheme": FLAT, "territory": "dep-74"})
        assert len(waiting()) == 3
        held = cases.store.act(lambda tx: release_grant(tx, paid))
        assert held == 200_000
        drain(cases)
        assert waiting() == [late.id]


def test_a_big_request_first_in_line_is_not_overtaken(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        spend_all_but(cases, 150_000)
        big = a_flat_dossier(cases, waiting_for_funds=True, computed_cents=200_000)
        small = a_flat_dossier(cases, waiting_for_funds=True, filed_at=DAY + timedelta(hours=1))
        resume_waiting(cases, {"scheme": FLAT, "territory": "dep-74"})
        for one in (big, small):
            assert cases.store.read(lambda tx, one=one: dossiers.by_id(tx, one.id)).waiting_for_funds


def test_a_raised_ceiling_is_taken_from_the_scheme_published_now(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        compiled = cases.snapshots.current(FLAT, "dep-74")
        assert compiled is not None
        low = {"scheme": FLAT, "territory": "dep-74", "ceiling_cents": 100}
        cases.store.act(lambda tx: stored.open_envelope(tx, **low))
        found = cases.store.act(lambda tx: envelopes.envelope_of(cases, tx, compiled, "dep-74"))
        assert found is not None
        assert found.ceiling_cents == 300_000_000


def test_a_grant_goes_back_to_the_envelope_it_was_taken_from(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        dossier = a_flat_dossier(cases)
        assert grant(cases, dossier)
        compiled = cases.snapshots.current(FLAT, "dep-74")
        assert compiled is not None
        assert compiled.scheme.envelope is not None
        shared = compiled.scheme.envelope.model_copy(update={"across": "all_territories"})
        body = write_snapshot(compiled.scheme.model_copy(update={"envelope": shared}), "dep-74", {})
        cases.store.act(lambda tx: publish_snapshot(tx, body))
        cases.snapshots.refresh()
        assert grant(cases, a_flat_dossier(cases))
        assert cases.store.act(lambda tx: release_grant(tx, dossier)) == 100_000
        found = cases.store.read(lambda tx: stored.all_envelopes(tx, FLAT))
        assert {one.territory: one.committed_cents for one in found} == {"dep-74": 0, None: 100_000}


def test_nothing_is_queued_when_nothing_was_held(tmp_path: Path) -> None:
    with an_instance(tmp_path, scheme=FLAT, published=("dep-74",)) as cases:
        dossier = a_flat_dossier(cases)
        assert cases.store.act(lambda tx: release_grant(tx, dossier)) == 0
        assert cases.store.read(outbox.counts) == {}
