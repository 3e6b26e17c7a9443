"""An applicant gives up a filed dossier before it is decided, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import HS1000
from drafting import a_draft, a_filed, an_account, an_instructor, the_dossier_of
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing
from guichet.services.pre_instruction import pre_instruct
from guichet.services.refusals import NotFound, WrongPhase
from guichet.services.tracking import track
from guichet.services.withdrawals import withdraw
from guichet.storage import dossiers, journal
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


def test_a_withdrawn_dossier_is_closed_and_journalled_with_its_reason(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_filed(cases, account)
    closed = withdraw(cases, account, reference, " J'ai repris mon activité. ")
    assert (closed.phase, closed.end, closed.stage) == ("closed", "withdrawn", None)
    events = cases.store.read(lambda tx: journal.of_subject(tx, closed.id))
    assert events[-1].kind == "withdrawn"
    assert "J'ai repris mon activité." in (events[-1].body or "")
    assert pre_instruct(cases, closed.id).phase == "closed"


def test_the_timeline_of_a_withdrawn_dossier_ends_there(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_filed(cases, account)
    withdraw(cases, account, reference)
    tracking = track(cases, account, reference)
    assert [milestone.kind for milestone in tracking.milestones] == ["filed", "withdrawn"]
    assert (tracking.silent_on, tracking.may_withdraw, tracking.decision) == (None, False, None)


def test_a_dossier_that_waits_for_an_answer_can_be_withdrawn(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_filed(cases, account)
    pre_instruct(cases, the_dossier_of(cases, reference).id)
    ask_missing(cases, an_instructor(cases), the_dossier_of(cases, reference).id, ("iban",), "x")
    assert not withdraw(cases, account, reference).to_complete


def test_neither_a_draft_nor_a_closed_dossier_can_be_withdrawn(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_filed(cases, account)
    withdraw(cases, account, reference)
    for gone in (reference, a_draft(cases, account, HS1000, "dep-74").reference):
        with pytest.raises(WrongPhase):
            withdraw(cases, account, gone)


def test_a_decided_dossier_cannot_be_withdrawn(cases: UseCases) -> None:
    account = an_account(cases)
    dossier = the_dossier_of(cases, a_filed(cases, account))
    cases.store.act(lambda tx: dossiers.save(tx, dossiers.lock(tx, dossier.id), by="x", phase="decided", end="refused"))
    with pytest.raises(WrongPhase):
        withdraw(cases, account, dossier.reference)


def test_someone_elses_dossier_is_not_found(cases: UseCases) -> None:
    reference = a_filed(cases, an_account(cases))
    with pytest.raises(NotFound):
        withdraw(cases, an_account(cases, "other@exemple.fr"), reference)
