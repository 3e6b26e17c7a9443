"""Payment on proofs, more time, an appeal: filed unasked, settled by an agent, paid once, never over the grant."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from databases import each_address
from guichet.catalogue import write_snapshot
from guichet.engine import balances
from guichet.services import payment_requests
from guichet.services.refusals import NotFound, Refused
from guichet.services.rulings import Ruling
from guichet.services.tracking import track
from guichet.storage import dossiers
from settling import PLACE, SCHEME, Life, a_life
from worked import publish_snapshot


def test_what_is_paid_on_proofs_waits_and_the_rest_is_ordered_with_the_decision(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert life.dossier.granted_cents == 790_000
        assert life.paid() == [(1, 90_000)]
        assert life.openable() == ("payment_request", "extension")


def test_requests_are_paid_once_each_up_to_the_grant(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert life.request("4 000", "1 000.01") == {}
        assert life.paid() == [(1, 90_000)]
        with pytest.raises(NotFound):
            life.request("1")
        life.settle("payment_request", accept=True)
        assert life.paid() == [(1, 90_000), (2, 350_001)]
        with pytest.raises(Refused):
            life.settle("payment_request", accept=True)
        assert life.request("20 000") == {}
        life.settle("payment_request", accept=True)
        assert life.paid() == [(1, 90_000), (2, 350_001), (3, 349_999)]
        assert sum(cents for _, cents in life.paid()) == life.dossier.granted_cents
        assert life.openable() == ()
        with pytest.raises(NotFound):
            life.request("1")


def test_what_was_accepted_is_worth_the_same_when_the_rate_changes_afterwards(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        _rate_from(life, date(2020, 9, 1), "50")
        life.decide(Ruling("grant"))
        life.request("4 000")
        life.settle("payment_request", accept=True)
        life.cases.clock.advance(days=60)  # type: ignore[attr-defined]  # mid September
        life.request("1 000")
        life.settle("payment_request", accept=True)
        assert life.paid() == [(1, 90_000), (2, 280_000), (3, 50_000)]


def _rate_from(life: Life, day: date, percent: str) -> None:
    """Publish the scheme with another rate from a day on, and bring the dossier to it."""
    compiled = life.cases.snapshots.current(SCHEME, PLACE)
    assert compiled is not None
    declared = compiled.scheme.parameters["taux_subvention"]
    (first,) = declared.values.values()
    values = {**declared.values, day: first.model_copy(update={"value": f"{percent} %"})}
    parameters = {**compiled.scheme.parameters, "taux_subvention": declared.model_copy(update={"values": values})}
    body = write_snapshot(compiled.scheme.model_copy(update={"parameters": parameters}), PLACE, {})
    digest = life.cases.store.act(lambda tx: publish_snapshot(tx, body))
    life.cases.snapshots.refresh()
    life.cases.store.act(lambda tx: dossiers.save(tx, life.dossier, by="test", snapshot_hash=digest))
    life.dossier = life.now()


def test_without_its_cap_a_request_would_pay_more_than_was_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: with the protection off, the sum goes over."""
    monkeypatch.setattr(payment_requests, "balance_of", lambda due, granted, ordered: sum(due) - sum(ordered))
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        life.request("20 000")
        life.settle("payment_request", accept=True)
        assert sum(cents for _, cents in life.paid()) > (life.dossier.granted_cents or 0)


def test_a_refused_request_says_why_and_may_be_filed_again(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        life.request("1 000")
        with pytest.raises(Refused):
            life.settle("payment_request", accept=False)
        life.settle("payment_request", accept=False, reason="La facture n'est pas acquittée.")
        assert life.paid() == [(1, 90_000)]
        assert "payment_request" in life.openable()
        assert life.request("1 000") == {}


def test_a_request_that_proves_nothing_more_is_refused_with_its_reason(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert "factures" in life.request("0")


@each_address
def test_an_extension_makes_the_delay_longer(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_life(tmp_path, url=url) as life:
        life.decide(Ruling("grant"))
        assert "jusqu_au" in life.ask("extension", {"motif": "Chantier retardé.", "jusqu_au": "2021-07-15"})
        assert life.ask("extension", {"motif": "Chantier retardé.", "jusqu_au": "2021-10-31"}) == {}
        life.cases.clock.advance(days=366)  # type: ignore[attr-defined]  # the day after the delay of twelve months
        assert life.openable() == ()
        life.settle("extension", accept=True)
        assert life.openable() == ("payment_request", "extension")
        life.cases.clock.advance(days=107)  # type: ignore[attr-defined]  # 31 October
        assert "payment_request" in life.openable()
        life.cases.clock.advance(days=1)  # type: ignore[attr-defined]  # 1 November
        assert life.openable() == ()


@each_address
def test_an_appeal_puts_a_refused_dossier_back_before_the_deciding_body(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_life(tmp_path, url=url, commune="33063") as life:
        life.decide(Ruling("refuse", reason="Hors de la région."))
        assert life.openable() == ("appeal",)
        assert life.ask("appeal", {"motif": "Mon établissement est à Toulouse."}) == {}
        assert life.dossier.phase == "decided"
        life.cases.clock.advance(days=90)  # type: ignore[attr-defined]  # longer than silence lasts
        life.settle("appeal", accept=True)
        assert (life.now().phase, life.now().stage, life.now().end) == ("instruction", "validation", None)
        silent_on = track(life.cases, life.dossier.account or "", life.dossier.reference).silent_on
        assert silent_on is not None
        assert silent_on > life.cases.today(PLACE), "the clock did not run while it was decided"


def test_nothing_of_this_is_open_before_a_decision(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        assert life.openable() == ()
        with pytest.raises(NotFound):
            life.ask("appeal", {"motif": "Trop long."})


@given(
    due=st.lists(st.integers(0, 10**7), max_size=5),
    granted=st.integers(0, 10**7),
    ordered=st.lists(st.integers(0, 10**7), max_size=5),
)
def test_a_balance_never_takes_the_whole_over_the_grant(due: list[int], granted: int, ordered: list[int]) -> None:
    found = balances.balance_of(due, granted, ordered)
    assert found >= 0
    assert found == 0 or found + sum(ordered) == min(sum(due), granted)
