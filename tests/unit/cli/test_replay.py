"""`guichet replay`: who gains, who loses, by how much, whom to examine again; nothing is decided."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock
from declarations import a_library, with_change
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.settings import Settings
from guichet.storage import dossiers
from guichet_cli import replay_files
from guichet_cli.main import run
from mended import a_dossier, a_trial
from worked import opened_cases

CASES = [
    {"@reference": "A", "@territory": "dep-73", "effectif": 15, "annule": True, "perte": 300},
    {"@reference": "B", "@territory": "dep-74", "effectif": 3, "annule": True, "perte": 300},
    {"@reference": "C", "@territory": "dep-74", "effectif": 30, "annule": True, "perte": 300},
    {"@reference": "D", "@territory": "dep-74", "effectif": 15, "annule": True},
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def replayed(capsys: pytest.CaptureFixture[str], *words: str, after: str = "2020-06-10") -> dict[str, Any]:
    Path("cas.jsonl").write_text("".join(json.dumps(case) + "\n" for case in CASES), "utf-8")
    capsys.readouterr()
    given = ["--cases", "cas.jsonl"] if "--cases" not in words else []
    settings = Settings(language="fr")
    assert run(["replay", "essai", "--from", "2020-05-10", "--to", after, *given, *words, "--json"], settings) == 0
    return json.loads(capsys.readouterr().out)


def test_who_gains_is_counted_by_territory_with_its_sum(capsys: pytest.CaptureFixture[str]) -> None:
    found = replayed(capsys)["totals"]
    assert (found["dep-73"]["gains"], found["dep-73"]["raised_cents"]) == (1, 30_000)
    assert (found["dep-74"]["same"], found["dep-74"]["open"], found["all"]["dossiers"]) == (2, 1, 4)
    assert (found["all"]["amount_before_cents"], found["all"]["amount_after_cents"]) == (30_000, 60_000)


def test_the_refused_that_the_new_rules_grant_are_listed_by_reference_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = replayed(capsys, "--out", "sortie")["reexamination"]
    assert [(one["reference"], one["change"], one["to_ask"]) for one in listed] == [
        ("A", "gains", []),
        ("D", "open", ["Perte"]),
    ]
    lines = (folder / "sortie/reexamination.csv").read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines, delimiter=";"))
    assert [row[0] for row in rows] == ["référence", "A", "D"]
    assert json.loads((folder / "sortie/reexamination.json").read_text("utf-8")) == listed
    assert len((folder / "sortie/dossiers.csv").read_text("utf-8").splitlines()) == 5


def test_a_changed_declaration_may_be_the_new_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "projet.yaml").write_text(with_change("value: 500 €", "value: 200 €"), "utf-8")
    found = replayed(capsys, after="projet.yaml@2020-05-10")["totals"]["all"]
    assert (found["lowered"], found["lowered_cents"], found["gains"]) == (1, 10_000, 0)


def test_what_exists_is_not_overwritten_and_a_wrong_case_is_said_at_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faux.jsonl").write_text('{"@reference": "A", "effectif": 3, "annule": false}\n{"efectif": 1}\n', "utf-8")
    words = ["replay", "essai", "--from", "2020-05-10", "--to", "2020-06-10", "--cases", "faux.jsonl"]
    assert run([*words], Settings(language="fr")) == 2
    assert "faux.jsonl:2:2" in capsys.readouterr().err
    (folder / "sortie").mkdir()
    assert run([*words, "--out", "sortie"], Settings(language="fr")) == 2
    assert "sortie existe déjà" in capsys.readouterr().err


def refused(cases: UseCases, clock: SteppedClock, dossier: Dossier) -> None:
    cases.store.act(
        lambda tx: dossiers.save(
            tx, dossier, by="system", phase="decided", end="refused", stage=None, decided_at=clock.now()
        )
    )


def test_stored_dossiers_are_replayed_and_left_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_trial(tmp_path, f"sqlite:///{tmp_path / 'guichet.sqlite3'}") as (cases, clock):
        one = a_dossier(cases)
        other = a_dossier(cases, email="bruno@exemple.fr", effectif=3)
        undecided = a_dossier(cases, email="carole@exemple.fr")
        refused(cases, clock, one)
        kept = [cases.store.read(lambda tx, each=each: dossiers.by_id(tx, each.id)) for each in (one, other)]
    settings = Settings(language="fr", instance=tmp_path)
    words = ["replay", "essai", "--from", "2020-05-10", "--to", "2020-06-10"]
    assert run([*words, "--json"], settings) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["totals"]["dep-73"]["gains"] == 2
    assert [line["reference"] for line in found["reexamination"]] == [one.reference]  # the other is judged again anyway
    assert undecided.reference not in str(found)
    assert "anne@" not in str(found)
    assert run([*words, "--territory", "dep-74"], settings) == 0
    assert "Rien n’est décidé" in capsys.readouterr().out
    cases = opened_cases(f"sqlite:///{tmp_path / 'guichet.sqlite3'}", tmp_path / "instance")
    try:
        assert [cases.store.read(lambda tx, each=each: dossiers.by_id(tx, each.id)) for each in (one, other)] == kept
    finally:
        cases.store.close()


def test_a_data_file_gives_the_same_as_its_cases_one_by_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one_by_one = replayed(capsys)
    (folder / "cas.csv").write_text(
        "reference,territory,effectif,annule,perte\n"
        "A,dep-73,15,true,300\nB,dep-74,3,true,300\nC,dep-74,30,true,300\nD,dep-74,15,true,\n",
        "utf-8",
    )
    whole = replayed(capsys, "--cases", "cas.csv")
    assert whole == one_by_one
    assert whole["totals"]["all"]["ask"] == 1


@pytest.mark.parametrize(
    ("value", "cell"),
    [(["=1"], "'=1"), (" =1", "' =1"), ("\uff0b1", "'\uff0b1"), (-1200, "-1200"), ("-1 an", "'-1 an"), (None, "")],
)
def test_a_cell_of_a_replay_is_no_formula_and_a_difference_stays_a_number(value: object, cell: str) -> None:
    assert replay_files._cell(value) == cell
