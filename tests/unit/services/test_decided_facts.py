"""A decision rests on what was known that day: a list read anew since changes no reason of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guichet.model.records import Dossier, ListRow
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.services.tracking import explain_filed
from guichet.storage import dossiers
from guichet.storage.list_imports import import_rows
from instructing import a_siret, dossiers_to_instruct, head_of_act, instructing, selected


def now(cases: UseCases, dossier: Dossier) -> Dossier:
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def import_volet1(cases: UseCases, *numbers: int) -> None:
    columns = {"reference": "REF", "amount": 150_000, "month": "2020-03"}
    rows = [ListRow(a_siret(number)[:9], columns) for number in numbers]
    on, seal = date(2020, 4, 21), "1" * 64
    import_rows(cases.store, rows, scheme="fds-volet-2", list_="volet1", as_of=on, sha256=seal, shrinks=True)


def test_a_list_imported_after_a_refusal_adds_no_reason_to_it(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (refused,) = dossiers_to_instruct(cases, answers={"effectif": 0})
        give_opinions(cases, people.instructor, selected([refused]), Answers(favourable=False))
        ruling = Ruling("refuse")
        assert not decide_all(cases, people.decider, selected([now(cases, refused)]), ruling, head_of_act(cases)).left
        assert refused.account is not None
        before = explain_filed(cases, refused.account, refused.reference).assessment.result.failed

        import_volet1(cases, 500)
        dossiers_to_instruct(cases, 1)  # the same company files once more

        explained = explain_filed(cases, refused.account, refused.reference)
        assert explained.assessment.result.failed == before == ("un_salarie",)
        assert explained.assessment.facts.other_dossiers == 0


def test_a_list_imported_before_the_decision_counts(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (made,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected([made]), Answers(favourable=True))
        import_volet1(cases, 500)

        result = decide_all(cases, people.decider, selected([now(cases, made)]), Ruling("grant"), head_of_act(cases))

        assert [one.code for one in result.left] == ["not_eligible_to_grant"]
