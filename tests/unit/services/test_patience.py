"""A source that hangs costs one page its wait; the next ones hardly wait, until it answers in time again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic

from drafting import a_draft
from guichet.services.patience import BRIEF_S, PAGE_WAIT_S, Patience
from guichet.services.prefills import prefill_draft
from prefilling import COMPANY, a_prefilling


def test_a_source_that_kept_a_page_waiting_is_hardly_waited_for() -> None:
    at = [0.0]
    patience = Patience(lambda: at[0])
    assert patience.seconds("insee") == PAGE_WAIT_S
    patience.kept_waiting("insee")
    assert patience.seconds("insee") == BRIEF_S
    assert patience.seconds("other") == PAGE_WAIT_S
    patience.answered("insee", PAGE_WAIT_S + 1)
    assert patience.seconds("insee") == BRIEF_S, "it came, too late for a page"
    patience.answered("insee", 0.2)
    assert patience.seconds("insee") == PAGE_WAIT_S
    patience.kept_waiting("insee")
    at[0] = 61.0
    assert patience.seconds("insee") == PAGE_WAIT_S, "nobody has asked it for a minute"


def test_the_operator_says_how_long_a_page_waits() -> None:
    patience = Patience(lambda: 0.0, page_wait_s=0.05)
    assert patience.seconds("insee") == 0.05
    patience.kept_waiting("insee")
    assert patience.seconds("insee") == 0.05, "never longer than a page may wait"
    patience.answered("insee", 0.06)
    patience.answered("other", 0.01)
    assert patience.seconds("other") == 0.05


def test_a_source_that_hangs_costs_one_page_its_wait_and_the_next_draft_hardly_any(tmp_path: Path) -> None:
    with a_prefilling(tmp_path) as at, at.api.silent():
        at.save(siret=COMPANY)
        waits: list[float] = []
        for _ in range(3):
            began = monotonic()
            prefill_draft(at.cases, at.draft())
            waits.append(monotonic() - began)
            at.reference = a_draft(at.cases, at.account, "essai", "dep-74").reference
            at.save(siret=COMPANY)
        assert waits[0] >= PAGE_WAIT_S
        assert min(waits[1:]) < PAGE_WAIT_S
        assert at.cases.patience.seconds("api_entreprise") == BRIEF_S


def test_without_memory_every_draft_would_wait(tmp_path: Path) -> None:
    """The sabotage: each page with a patience of its own."""
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        for _ in range(2):
            began = monotonic()
            with at.api.silent():
                prefill_draft(replace(at.cases, patience=Patience()), at.draft())
            assert monotonic() - began >= PAGE_WAIT_S
            at.reference = a_draft(at.cases, at.account, "essai", "dep-74").reference
            at.save(siret=COMPANY)
