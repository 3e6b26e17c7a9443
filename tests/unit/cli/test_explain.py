"""`guichet explain`: one dossier in words and in JSON, in both languages, from the same structure."""

import json
from pathlib import Path

import pytest

from declarations import a_library
from guichet.locale import Language
from guichet.settings import Settings
from guichet_cli.main import run
from mended import a_dossier, a_trial


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explained(case: str, *more: str, language: Language = "fr") -> int:
    Path("cas.json").write_text(case, "utf-8")
    return run(["explain", "essai", "--case", "cas.json", "--on", "2020-05-10", *more], Settings(language=language))


def test_a_failed_criterion_says_what_was_found_what_is_expected_and_how_far(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert explained('{\n  "effectif": 12,\n  "annule": true,\n  "perte": 300\n}\n') == 0
    said = capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
    assert "✗ Au plus dix salariés : non rempli (2 de trop)" in said
    assert "« Effectif » : 12, attendu ≤ 10" in said
    assert "- Effectif : 10 ou moins au lieu de 12 → éligible, 300 € (2 de moins)" in said
    assert "- date du dépôt" not in said  # judged on the day of the decision


def test_the_amount_shows_its_case_formula_values_and_the_cap_that_bit(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained('{"effectif": 3, "annule": true, "perte": 900}', language="en") == 0
    said = capsys.readouterr().out
    assert "case: the answer to “Annulé” is yes" in said
    assert "formula: “Perte retenue”" in said
    assert "cap reached: €500" in said
    assert "Effectif: 11 or more instead of 3 → not eligible (8 more)" in said


def test_a_missing_answer_says_what_waits_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained('{"effectif": 3, "annule": true}') == 0
    assert "Perte : attendu par le montant" in capsys.readouterr().out.replace("\xa0", " ")


def test_json_holds_the_same_in_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained('{"effectif": 12, "annule": true, "perte": 900}', "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["outcome"], found["version"]) == ("not_eligible", "2020-05-01")
    petit = found["criteria"][0]
    assert (petit["id"], petit["state"], petit["measures"][0]["threshold"]) == ("petit", "failed", "10")
    assert [(one["input"], one["outcome"], one["amount_cents"]) for one in found["changes"]] == [
        ("effectif", "eligible", 50_000),
        ("decided_on", "eligible", 50_000),
    ]


def test_cases_are_explained_one_by_one_and_a_refused_one_at_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cas.jsonl").write_text('{"effectif": 3, "annule": false}\n{"efectif": 3}\n', "utf-8")
    assert run(["explain", "essai", "--cases", "cas.jsonl", "--json"], Settings(language="fr")) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["outcome"] == "not_eligible"
    assert "cas.jsonl:2:2" in told.err


def test_a_mistake_in_a_case_of_several_lines_is_shown_at_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained('{\n  "effectif": 3,\n  "anule": true\n}\n') == 2
    assert "cas.json:3:3" in capsys.readouterr().err
    assert explained('{\n  "effectif": 3,\n  "annule" true\n}\n') == 2
    assert "cas.json:3:12" in capsys.readouterr().err


def test_an_example_is_explained_by_its_id_on_its_own_day_or_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = "{title: Trop, on: 2020-05-10, answers: {effectif: 12}, expect: {outcome: not_eligible}}"
    (tmp_path / "schemes/essai/examples.yaml").write_text(f"format: 1\nexamples:\n  trop: {case}\n", "utf-8")
    assert run(["explain", "essai", "--example", "trop"], Settings(language="fr")) == 0
    assert "non rempli (2 de trop)" in capsys.readouterr().out.replace("\xa0", " ")
    assert run(["explain", "essai", "--example", "trop", "--on", "2020-06-02"], Settings(language="fr")) == 0
    assert "de trop" not in capsys.readouterr().out
    assert run(["explain", "essai", "--example", "trp"], Settings(language="fr")) == 2
    assert 'vouliez-vous dire "trop"' in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["explain"], ["explain", "essai"], ["explain", "essai", "--dossier", "AAAAAAAAAA"]]
)
def test_what_is_to_be_explained_must_be_said_once(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments, Settings(language="fr")) == 2
    assert "rien à expliquer" in capsys.readouterr().err


def test_a_stored_dossier_is_explained_by_its_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_trial(tmp_path, f"sqlite:///{tmp_path / 'guichet.sqlite3'}") as (cases, _):
        dossier = a_dossier(cases)
    settings = Settings(language="fr", instance=tmp_path)
    assert run(["explain", "--dossier", dossier.reference], settings) == 0
    assert "Au plus dix salariés" in capsys.readouterr().out
    assert run(["explain", "--dossier", "ZZZZZZZZZZ"], settings) == 2
    assert "aucun dossier n'a la référence" in capsys.readouterr().err


@pytest.mark.parametrize("more", [("--on", "2020-05-10"), ("--territory", "reg-53")])
def test_a_stored_dossier_has_its_own_day_and_place(more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--dossier", "7K3M9QXW2F", *more], Settings(language="fr")) == 2
    assert "--dossier RÉFÉRENCE seul" in capsys.readouterr().err
