"""The reasons of a decision: those of the opinion, those of the decider."""

from __future__ import annotations

from pathlib import Path

from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.storage import decisions, payments
from instructing import dossiers_to_instruct, favourable, head_of_act, instructing, read_again, selected


def test_a_refusal_carries_the_reasons_the_region_wrote(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        answers = Answers(
            False, checks={"risque_cessation": False}, reasons={"risque_cessation": "echeances_couvertes"}
        )
        give_opinions(cases, people.instructor, selected([dossier]), answers)

        decide_all(cases, people.decider, selected([read_again(cases, dossier)]), Ruling("refuse"), head_of_act(cases))

        (decision,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        said = {"criterion": "risque_cessation", "reason": "l'entreprise peut payer ses prochaines échéances."}
        assert said in decision.reasons
        assert read_again(cases, dossier).end == "refused"
        assert cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id)) == []


def test_a_part_is_granted_with_its_reason(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        ruling = Ruling("grant_in_part", cents=150_000, reason="Besoin couvert en partie.")

        decide_all(cases, people.decider, selected([dossier]), ruling, head_of_act(cases))

        after = read_again(cases, dossier)
        assert (after.end, after.granted_cents) == ("granted_in_part", 150_000)
        (decision,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        assert decision.reasons[-1] == {"criterion": "", "reason": "Besoin couvert en partie."}
