"""What an applicant reads of the result of a filed dossier."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from guichet.services.assessments import assess, compiled_for
from guichet.web.teleservice.explained import change_lines, outcome_view
from instructing import dossiers_to_instruct, instructing


def told(folder: Path, **answers: Any) -> list[str]:
    with instructing(folder) as (cases, _):
        (made,) = dossiers_to_instruct(cases, answers=answers)
        found = cases.store.read(lambda tx: assess(cases, tx, made, compiled_for(cases, made)))
        return [line.replace("\u202f", " ").replace("\xa0", " ") for line in change_lines(found, "fr")]


def test_an_aid_that_is_due_says_what_would_give_another_amount_and_not_what_would_lose_it(tmp_path: Path) -> None:
    lines = told(tmp_path, actif_disponible=0, dettes_30j=800_000)
    assert any("Chiffre d'affaires" in line and "montant" in line for line in lines)
    assert [line for line in lines if "non éligible" in line] == []


def test_an_aid_that_is_not_due_says_what_would_open_it(tmp_path: Path) -> None:
    (line,) = told(tmp_path, effectif=0)
    assert line.startswith("Nombre de salariés au 1er mars 2020 : 1 salarié ou plus au lieu de 0 salarié → éligible")


def test_what_did_not_answer_is_named_and_a_function_that_broke_leaves_no_empty_name(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, _):
        (made,) = dossiers_to_instruct(cases)
        found = cases.store.read(lambda tx: assess(cases, tx, made, compiled_for(cases, made)))

    def read(*silent: str) -> str:
        result = found.result._replace(outcome="undetermined", amount=None, unavailable=silent, provisional=None)
        return outcome_view(replace(found, result=result), None, "fr")["text"]

    assert "(Nombre de salariés au 1er mars 2020)" in read("effectif")
    assert read("departement_of").startswith("Le calcul n’est pas possible pour l’instant.")
