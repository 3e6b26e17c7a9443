"""A dossier sent back: what was said at the stage it returns to no longer counts."""

from __future__ import annotations

from pathlib import Path

from guichet.services.decisions import decide_all
from guichet.services.rulings import Ruling
from guichet.storage import decisions
from instructing import favourable, instructing, read_again, selected


def test_a_returned_dossier_forgets_the_answers_of_its_opinion(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)

        decide_all(cases, people.decider, selected([dossier]), Ruling("return_to", reason="Précisez."), None)

        after = read_again(cases, dossier)
        assert (after.stage, after.outcome, after.computed_cents) == ("opinion", "undetermined", None)
        assert "pret_raisonnable" not in after.checks
        assert after.checks["sincerite"] is True
        assert cases.store.read(lambda tx: decisions.opinions(tx, dossier.id)) == []
